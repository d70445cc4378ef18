package dev.phoenix.server.ingest.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** The rows of table {@code traces} that a batch touches. */
final class TraceRows {

    private final SqlText sql;

    TraceRows(SqlText sql) {
        this.sql = sql;
    }

    /** Locks the rows in the order of their ids, so that two servers cannot wait for each other. */
    void lock(Connection connection, Map<String, TraceChange> changes) throws SQLException {
        String query =
                """
                SELECT id, trace_id, project_id, session_key, start_ns, end_ns,
                    error_count, prompt_tokens, completion_tokens, sums_deferred,
                    shares_calls, span_count, prompt_cost + completion_cost
                FROM traces WHERE trace_id %s ORDER BY trace_id %s\
                """
                        .formatted(sql.in(), sql.lockingRows());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, changes.keySet());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    TraceChange change = changes.get(rows.getString(2));
                    if (change != null) {
                        change.existsAs(stored(rows));
                    }
                }
            }
        }
    }

    static StoredTrace stored(ResultSet row) throws SQLException {
        return new StoredTrace(
                row.getLong(1),
                row.getLong(3),
                SqlText.nullableLong(row, 4),
                row.getLong(5),
                row.getLong(6),
                new Sums(row.getLong(7), row.getLong(8), row.getLong(9)),
                row.getDouble(13),
                row.getInt(10) == 1,
                row.getInt(11) == 1,
                row.getLong(12));
    }

    void store(Connection connection, Collection<TraceChange> changes) throws SQLException {
        insert(connection, changes.stream().filter(change -> !change.isStored()).toList());
        update(connection, changes.stream().filter(TraceChange::isStored).toList());
    }

    private static void insert(Connection connection, Collection<TraceChange> changes)
            throws SQLException {
        String statement =
                """
                INSERT INTO traces (id, trace_id, project_id, session_key, start_ns, end_ns,
                    span_count, error_count, prompt_tokens, completion_tokens,
                    cost_prompt_tokens, cost_completion_tokens, prompt_cost, completion_cost,
                    priced_prompts, priced_completions, sums_deferred)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """;
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (TraceChange change : changes) {
                insert.setLong(1, change.key());
                insert.setString(2, change.traceId());
                insert.setLong(3, change.projectKey());
                SqlText.bindLong(insert, 4, change.sessionKey());
                insert.setLong(5, change.startNs());
                insert.setLong(6, change.endNs());
                insert.setLong(7, change.spans().size());
                insert.setLong(8, change.added().errors());
                insert.setLong(9, change.added().promptTokens());
                insert.setLong(10, change.added().completionTokens());
                CostRows.bindSums(insert, 11, change.costs());
                insert.setInt(17, change.sumsDeferred() ? 1 : 0);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void update(Connection connection, Collection<TraceChange> changes)
            throws SQLException {
        String statement =
                """
                UPDATE traces SET session_key = ?, start_ns = ?, end_ns = ?,
                    span_count = span_count + ?, error_count = error_count + ?,
                    prompt_tokens = prompt_tokens + ?, completion_tokens = completion_tokens + ?,
                    cost_prompt_tokens = cost_prompt_tokens + ?,
                    cost_completion_tokens = cost_completion_tokens + ?,
                    prompt_cost = prompt_cost + ?, completion_cost = completion_cost + ?,
                    priced_prompts = priced_prompts + ?,
                    priced_completions = priced_completions + ?,
                    sums_deferred = ?
                WHERE id = ?\
                """;
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (TraceChange change : changes) {
                SqlText.bindLong(update, 1, change.sessionKey());
                update.setLong(2, change.startNs());
                update.setLong(3, change.endNs());
                update.setLong(4, change.spans().size());
                update.setLong(5, change.added().errors());
                update.setLong(6, change.added().promptTokens());
                update.setLong(7, change.added().completionTokens());
                CostRows.bindSums(update, 8, change.costs());
                update.setInt(14, change.sumsDeferred() ? 1 : 0);
                update.setLong(15, change.key());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
