package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.write.OriginRegistry.OriginKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The rows of tables {@code spans} and {@code span_payloads} that a batch adds. */
final class SpanRows {

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

    static void insert(
            Connection connection,
            Collection<TraceChange> changes,
            long firstKey,
            long ingestedAtNs)
            throws SQLException {
        String statement =
                """
                INSERT INTO spans (id, trace_key, project_id, span_id, parent_span_id, name, span_kind,
                    start_ns, end_ns, ingested_at_ns, status_code, status_message,
                    model_name, prompt_tokens, completion_tokens, session_id, user_id,
                    input_preview, input_mime_type, output_preview, output_mime_type, document_count)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (TraceChange trace : changes) {
                for (DecodedSpan span : trace.spans()) {
                    insert.setLong(1, key++);
                    insert.setLong(2, trace.key());
                    insert.setLong(3, trace.projectKey());
                    insert.setString(4, span.spanId());
                    insert.setString(5, span.parentSpanId());
                    insert.setString(6, span.name());
                    insert.setString(7, span.kind());
                    insert.setLong(8, span.startNs());
                    insert.setLong(9, span.endNs());
                    insert.setLong(10, ingestedAtNs);
                    insert.setString(11, span.status());
                    insert.setString(12, span.statusMessage());
                    bindColumns(insert, span.columns());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static void bindColumns(PreparedStatement insert, DecodedSpan.Columns columns)
            throws SQLException {
        insert.setString(13, columns.modelName());
        SqlText.bindLong(insert, 14, columns.promptTokens());
        SqlText.bindLong(insert, 15, columns.completionTokens());
        insert.setString(16, columns.sessionId());
        insert.setString(17, columns.userId());
        insert.setString(18, columns.inputPreview());
        insert.setString(19, columns.inputMimeType());
        insert.setString(20, columns.outputPreview());
        insert.setString(21, columns.outputMimeType());
        insert.setInt(22, columns.documentCount());
    }

    void insertPayloads(
            Connection connection,
            Collection<TraceChange> changes,
            long firstKey,
            OriginKeys origins)
            throws SQLException {
        String statement =
                """
                INSERT INTO span_payloads (span_key, attributes, events, links, trace_state, otlp_kind,
                    resource_key, scope_key, content_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (TraceChange trace : changes) {
                for (DecodedSpan span : trace.spans()) {
                    DecodedSpan.Payload payload = span.payload();
                    insert.setLong(1, key++);
                    sql.bindJson(insert, 2, payload.attributes());
                    sql.bindJson(insert, 3, payload.events());
                    sql.bindJson(insert, 4, payload.links());
                    insert.setString(5, payload.traceState());
                    insert.setInt(6, payload.otlpKind());
                    insert.setLong(7, origins.resource(payload));
                    insert.setLong(8, origins.scope(payload));
                    insert.setLong(9, payload.contentHash());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
