package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.dialect.JsonValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of traces and spans that a revision reads and writes. */
final class RevisedRows {

    private final SqlText sql;
    private final Connection connection;

    RevisedRows(SqlText sql, Connection connection) {
        this.sql = sql;
        this.connection = connection;
    }

    /** By trace. */
    Map<Long, List<RevisedSpan>> spans(Collection<Long> traceKeys) throws SQLException {
        String query =
                "SELECT %s FROM %s WHERE s.trace_key %s ORDER BY s.id"
                        .formatted(RevisedSpan.COLUMNS, RevisedSpan.TABLES, sql.in());
        Map<Long, List<RevisedSpan>> spans = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, List.copyOf(traceKeys));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    RevisedSpan span = RevisedSpan.from(rows);
                    spans.computeIfAbsent(span.stored().traceKey(), any -> new ArrayList<>())
                            .add(span);
                }
            }
        }
        return spans;
    }

    /** The spans that their attributes show to be tools of Spring AI 1. */
    Set<Long> toolsOfRunningTotals(Collection<RevisedTrace> traces) throws SQLException {
        List<Long> named =
                traces.stream()
                        .flatMap(trace -> trace.spans().stream())
                        .filter(RevisedSpan::loopTool)
                        .map(span -> span.stored().key())
                        .toList();
        Set<Long> tools = new HashSet<>();
        if (named.isEmpty()) {
            return tools;
        }
        String query =
                "SELECT span_key, %s FROM span_payloads WHERE span_key %s"
                        .formatted(sql.document("attributes"), sql.in());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, named);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (isOfRunningTotals(JsonValues.read(row.getString(2)))) {
                        tools.add(row.getLong(1));
                    }
                }
            }
        }
        return tools;
    }

    /** Version 2 adds up nothing, and calls it {@code execute_tool}. */
    private static boolean isOfRunningTotals(JsonNode attributes) {
        return attributes.at("/spring/ai/kind").asString("").equals("tool_call")
                && attributes.at("/gen_ai/operation/name").asString("").equals("framework");
    }

    void storeSessionKeys(Collection<RevisedTrace> traces) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE traces SET session_key = ? WHERE id = ?")) {
            for (RevisedTrace trace : traces) {
                SqlText.bindLong(update, 1, trace.sessionKey());
                update.setLong(2, trace.before().key());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    void store(Collection<RevisedTrace> traces) throws SQLException {
        storeSums(traces);
        storeRepetitions(traces);
        storeTraces(traces.stream().filter(trace -> !trace.isGone()).toList());
        deleteTraces(traces.stream().filter(RevisedTrace::isGone).toList());
    }

    private void storeSums(Collection<RevisedTrace> traces) throws SQLException {
        Map<Sums, List<Long>> added = new LinkedHashMap<>();
        for (RevisedTrace trace : traces) {
            SpanTree tree =
                    SpanTree.anew(
                            trace.spans().stream()
                                    .map(
                                            span ->
                                                    span.stored()
                                                            .with(
                                                                    span.countedInTrace(),
                                                                    span.repetition()))
                                    .toList());
            tree.sum();
            for (RevisedSpan span : trace.spans()) {
                Sums missing =
                        tree.node(span.stored().spanId())
                                .cumulative()
                                .minus(span.stored().cumulative());
                if (!missing.isNone()) {
                    added.computeIfAbsent(missing, any -> new ArrayList<>())
                            .add(span.stored().key());
                }
            }
        }
        new TreeRows(sql).add(connection, added);
    }

    private void storeRepetitions(Collection<RevisedTrace> traces) throws SQLException {
        String statement =
                "UPDATE spans SET wraps_llm = 0, repeats = ?, repeated_span_id = ? WHERE id = ?";
        String costStatement = "UPDATE span_costs SET repeats = ? WHERE span_key = ?";
        try (PreparedStatement update = connection.prepareStatement(statement);
                PreparedStatement updateCost = connection.prepareStatement(costStatement)) {
            for (RevisedTrace trace : traces) {
                Map<Long, RevisedSpan> before = new HashMap<>();
                trace.spansBefore().forEach(span -> before.put(span.stored().key(), span));
                for (RevisedSpan span : trace.spans()) {
                    if (isChanged(before.get(span.stored().key()), span)) {
                        update.setInt(1, span.repetition().stored());
                        update.setString(2, span.repeatedSpanId());
                        update.setLong(3, span.stored().key());
                        update.addBatch();
                        updateCost.setInt(1, span.repetition().stored());
                        updateCost.setLong(2, span.stored().key());
                        updateCost.addBatch();
                    }
                }
            }
            update.executeBatch();
            updateCost.executeBatch();
        }
    }

    private static boolean isChanged(@Nullable RevisedSpan before, RevisedSpan now) {
        return before == null
                || before.stored().leftOut()
                || before.repetition() != now.repetition()
                || !Objects.equals(before.repeatedSpanId(), now.repeatedSpanId());
    }

    private void storeTraces(List<RevisedTrace> traces) throws SQLException {
        String statement =
                """
                UPDATE traces SET start_ns = ?, end_ns = ?, span_count = ?, error_count = ?,
                    prompt_tokens = ?, completion_tokens = ?,
                    cost_prompt_tokens = ?, cost_completion_tokens = ?,
                    prompt_cost = ?, completion_cost = ?,
                    priced_prompts = ?, priced_completions = ?,
                    sums_deferred = 0, shares_calls = ?
                WHERE id = ?\
                """;
        Map<Long, RevisedCosts> costs =
                costs(traces.stream().map(trace -> trace.before().key()).toList());
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (RevisedTrace trace : traces) {
                Sums total = trace.total();
                update.setLong(1, trace.startNs());
                update.setLong(2, trace.endNs());
                update.setLong(3, trace.spans().size());
                update.setLong(4, total.errors());
                update.setLong(5, total.promptTokens());
                update.setLong(6, total.completionTokens());
                RevisedCosts cost = costs.getOrDefault(trace.before().key(), RevisedCosts.NONE);
                CostRows.bindSums(update, 7, cost.inTrace());
                trace.costsInSession(cost.inSession());
                update.setInt(13, trace.sharesCalls() ? 1 : 0);
                update.setLong(14, trace.before().key());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** In an order of their own, so that the sums do not depend on the one they came in. */
    Map<Long, RevisedCosts> costs(Collection<Long> traceKeys) throws SQLException {
        String query =
                """
                SELECT s.trace_key, c.prompt_tokens, c.prompt_cost, c.completion_tokens,
                    c.completion_cost, c.repeats
                FROM spans s JOIN span_costs c ON c.span_key = s.id
                WHERE s.trace_key %s AND c.repeats < %d ORDER BY s.start_ns, s.span_id\
                """
                        .formatted(sql.in(), Repetition.IN_TRACE.stored());
        Map<Long, RevisedCosts> costs = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, List.copyOf(traceKeys));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    costs.computeIfAbsent(row.getLong(1), any -> new RevisedCosts()).add(row);
                }
            }
        }
        return costs;
    }

    private void deleteTraces(List<RevisedTrace> traces) throws SQLException {
        if (traces.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM traces WHERE id " + sql.in())) {
            sql.bindIn(delete, 1, traces.stream().map(trace -> trace.before().key()).toList());
            delete.executeUpdate();
        }
    }
}
