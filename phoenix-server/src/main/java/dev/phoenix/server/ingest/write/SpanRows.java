package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.write.OriginRegistry.OriginKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of tables {@code spans} and {@code span_payloads} that a batch adds. */
final class SpanRows {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "trace_key",
                    "project_id",
                    "start_ns",
                    "end_ns",
                    "ingested_at_ns",
                    "prompt_tokens",
                    "completion_tokens",
                    "document_count",
                    "llm_marker",
                    "cumulative_error_count",
                    "cumulative_prompt_tokens",
                    "cumulative_completion_tokens",
                    "call_hash",
                    "span_id",
                    "parent_span_id",
                    "name",
                    "span_kind",
                    "status_code",
                    "status_message",
                    "model_name",
                    "session_id",
                    "user_id",
                    "input_preview",
                    "input_mime_type",
                    "output_preview",
                    "output_mime_type");

    private static final List<String> PAYLOAD_COLUMNS =
            List.of(
                    "span_key",
                    "resource_key",
                    "scope_key",
                    "content_hash",
                    "otlp_kind",
                    "attributes",
                    "events",
                    "links",
                    "trace_state",
                    "derivation");

    private final SqlText sql;

    SpanRows(SqlText sql) {
        this.sql = sql;
    }

    Set<String> known(Connection connection, Collection<String> spanIds) throws SQLException {
        Set<String> known = new HashSet<>();
        String query = "SELECT span_id FROM spans WHERE span_id " + sql.in();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, spanIds);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getString(1));
                }
            }
        }
        return known;
    }

    void insert(Connection connection, List<NewSpan> spans, long ingestedAtNs) throws SQLException {
        try (BulkInsert insert = sql.insert(connection, "spans", COLUMNS)) {
            for (NewSpan added : spans) {
                TraceChange trace = added.trace();
                DecodedSpan span = added.span();
                DecodedSpan.Columns columns = span.columns();
                SpanNode node = trace.tree().node(span.spanId());
                insert.bigint(added.key())
                        .bigint(trace.key())
                        .bigint(trace.projectKey())
                        .bigint(span.startNs())
                        .bigint(span.endNs())
                        .bigint(ingestedAtNs)
                        .bigint(columns.promptTokens())
                        .bigint(columns.completionTokens())
                        .integer(columns.documentCount())
                        .integer(columns.llmMarker())
                        .bigint(node.cumulative().errors())
                        .bigint(node.cumulative().promptTokens())
                        .bigint(node.cumulative().completionTokens())
                        .bigint(columns.callHash())
                        .text(span.spanId())
                        .text(span.parentSpanId())
                        .text(span.name())
                        .text(span.kind())
                        .text(span.status())
                        .text(span.statusMessage())
                        .text(columns.modelName())
                        .text(columns.sessionId())
                        .text(columns.userId())
                        .text(columns.inputPreview())
                        .text(columns.inputMimeType())
                        .text(columns.outputPreview())
                        .text(columns.outputMimeType())
                        .endRow();
            }
            insert.execute();
        }
    }

    void insertPayloads(Connection connection, List<NewSpan> spans, OriginKeys origins)
            throws SQLException {
        Map<Boolean, List<NewSpan>> byEffort =
                spans.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        span ->
                                                sql.isWorthEffort(
                                                        span.span().payload().attributes())));
        insertDocuments(connection, byEffort.getOrDefault(false, List.of()), origins);
        List<NewSpan> large = byEffort.getOrDefault(true, List.of());
        if (!large.isEmpty()) {
            sql.compressWithEffort(connection);
            insertDocuments(connection, large, origins);
        }
    }

    private void insertDocuments(Connection connection, List<NewSpan> spans, OriginKeys origins)
            throws SQLException {
        try (BulkInsert insert = sql.insert(connection, "span_payloads", PAYLOAD_COLUMNS)) {
            for (NewSpan added : spans) {
                DecodedSpan.Payload payload = added.span().payload();
                insert.bigint(added.key())
                        .bigint(origins.resource(payload))
                        .bigint(origins.scope(payload))
                        .bigint(payload.contentHash())
                        .integer(payload.otlpKind())
                        .document(payload.attributes())
                        .text(payload.events())
                        .text(payload.links())
                        .text(payload.traceState())
                        .text(payload.derivation())
                        .endRow();
            }
            insert.execute();
        }
    }
}
