package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.write.SqlText.Wanted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Stored spans around the new ones of a batch: children that arrived before their parent, and the
 * ancestors whose sums grow. Traces that the batch creates have none and cost no query.
 */
final class TreeRows {

    private final SqlText sql;

    TreeRows(SqlText sql) {
        this.sql = sql;
    }

    /** Adds up the trees of a batch, in one pass for all. */
    void sum(Connection connection, Collection<TraceChange> changes) throws SQLException {
        Map<Long, SpanTree> grown =
                changes.stream()
                        .filter(TraceChange::isStored)
                        .collect(Collectors.toMap(TraceChange::key, TraceChange::tree));
        if (!grown.isEmpty()) {
            adoptChildren(connection, changes, grown);
            loadAncestors(connection, grown);
        }
        changes.forEach(change -> change.tree().sum());
    }

    private void adoptChildren(
            Connection connection, Collection<TraceChange> changes, Map<Long, SpanTree> trees)
            throws SQLException {
        List<Wanted> parents = new ArrayList<>();
        for (TraceChange change : changes) {
            if (change.isStored()) {
                for (DecodedSpan span : change.spans()) {
                    parents.add(new Wanted(change.key(), span.spanId()));
                }
            }
        }
        String query =
                """
                SELECT wanted.trace_key, wanted.span_id,
                    sum(child.cumulative_error_count),
                    sum(child.cumulative_prompt_tokens),
                    sum(child.cumulative_completion_tokens),
                    max(CASE child.span_kind WHEN 'LLM' THEN 1 ELSE 0 END)
                FROM %s spans child
                    ON child.trace_key = wanted.trace_key AND child.parent_span_id = wanted.span_id
                GROUP BY wanted.trace_key, wanted.span_id"""
                        .formatted(sql.fromWanted());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindWanted(select, parents);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Sums sums = new Sums(rows.getLong(3), rows.getLong(4), rows.getLong(5));
                    tree(trees, rows).adopt(rows.getString(2), sums, rows.getInt(6) == 1);
                }
            }
        }
    }

    private void loadAncestors(Connection connection, Map<Long, SpanTree> trees)
            throws SQLException {
        List<Wanted> parents = new ArrayList<>();
        trees.forEach(
                (trace, tree) ->
                        tree.storedParents().forEach(id -> parents.add(new Wanted(trace, id))));
        if (parents.isEmpty()) {
            return;
        }
        // UNION leaves out what was seen, so that a circle of parents ends.
        String query =
                """
                WITH RECURSIVE ancestor (trace_key, id, span_id, parent_span_id, span_kind, prompt_tokens,
                    completion_tokens, start_ns, cumulative_error_count, cumulative_prompt_tokens,
                    cumulative_completion_tokens, wraps_llm) AS (
                  SELECT s.trace_key, s.id, s.span_id, s.parent_span_id, s.span_kind, s.prompt_tokens,
                    s.completion_tokens, s.start_ns, s.cumulative_error_count, s.cumulative_prompt_tokens,
                    s.cumulative_completion_tokens, s.wraps_llm
                  FROM %s spans s ON s.span_id = wanted.span_id AND s.trace_key = wanted.trace_key
                  UNION
                  SELECT s.trace_key, s.id, s.span_id, s.parent_span_id, s.span_kind, s.prompt_tokens,
                    s.completion_tokens, s.start_ns, s.cumulative_error_count, s.cumulative_prompt_tokens,
                    s.cumulative_completion_tokens, s.wraps_llm
                  FROM ancestor a JOIN spans s
                    ON s.span_id = a.parent_span_id AND s.trace_key = a.trace_key)
                SELECT * FROM ancestor"""
                        .formatted(sql.fromWanted());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindWanted(select, parents);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tree(trees, rows).addAncestor(ancestor(rows));
                }
            }
        }
    }

    private static SpanTree tree(Map<Long, SpanTree> trees, ResultSet row) throws SQLException {
        SpanTree tree = trees.get(row.getLong(1));
        if (tree == null) {
            throw new IllegalStateException("only spans of the batch's traces are looked for");
        }
        return tree;
    }

    private static SpanNode ancestor(ResultSet row) throws SQLException {
        return SpanNode.stored(
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5).equals("LLM"),
                new Sums(0, row.getLong(6), row.getLong(7)),
                row.getLong(8),
                new Sums(row.getLong(9), row.getLong(10), row.getLong(11)),
                row.getInt(12) == 1);
    }

    /** Writes what changed above the new spans. */
    void updateAncestors(Connection connection, Collection<TraceChange> changes)
            throws SQLException {
        Map<Sums, List<Long>> added = new LinkedHashMap<>();
        List<Long> wrappers = new ArrayList<>();
        for (TraceChange change : changes) {
            if (change.isStored()) {
                for (SpanNode span : change.tree().changedAncestors()) {
                    added.computeIfAbsent(span.added(), any -> new ArrayList<>())
                            .add(span.storedKey());
                }
                change.tree().newWrappers().forEach(span -> wrappers.add(span.storedKey()));
            }
        }
        if (!added.isEmpty()) {
            add(connection, added);
        }
        if (!wrappers.isEmpty()) {
            markWrappers(connection, wrappers);
        }
    }

    /** The spans of a chain all grow by the same, so they share one update. */
    private void add(Connection connection, Map<Sums, List<Long>> added) throws SQLException {
        String statement =
                """
                UPDATE spans SET cumulative_error_count = cumulative_error_count + ?,
                    cumulative_prompt_tokens = cumulative_prompt_tokens + ?,
                    cumulative_completion_tokens = cumulative_completion_tokens + ?
                WHERE id %s"""
                        .formatted(sql.in());
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (Map.Entry<Sums, List<Long>> entry : added.entrySet()) {
                update.setLong(1, entry.getKey().errors());
                update.setLong(2, entry.getKey().promptTokens());
                update.setLong(3, entry.getKey().completionTokens());
                sql.bindIn(update, 4, entry.getValue());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private void markWrappers(Connection connection, List<Long> keys) throws SQLException {
        String statement = "UPDATE spans SET wraps_llm = 1 WHERE id " + sql.in();
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            sql.bindIn(update, 1, keys);
            update.executeUpdate();
        }
    }
}
