package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.write.SqlText.Wanted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Stored spans around the new ones of a batch: children that arrived before their parent, and the
 * ancestors whose sums grow. Traces that the batch creates have none and cost no query.
 */
final class TreeRows {

    /**
     * A batch may update this many ancestors in a trace, or twice as many as it adds spans. Beyond,
     * a deep trace would cost the square of its depth.
     */
    private static final int MAX_ANCESTORS = 512;

    private final SqlText sql;

    TreeRows(SqlText sql) {
        this.sql = sql;
    }

    /** Adds up the trees of a batch, in one pass for all. */
    void sum(Connection connection, Collection<TraceChange> changes) throws SQLException {
        List<TraceChange> grown = changes.stream().filter(TraceChange::isStored).toList();
        if (!grown.isEmpty()) {
            loadNeighbours(connection, grown);
        }
        for (TraceChange change : changes) {
            change.tree().sum();
            if (change.sharesCalls()
                    || change.mayReportRunningTotals()
                    || change.tree().mayRepeatCalls()
                    || change.tree().changedAncestors().size() > maxAncestors(change)) {
                change.deferSums();
            }
        }
    }

    private static int maxAncestors(TraceChange change) {
        return Math.max(MAX_ANCESTORS, 2 * change.spans().size());
    }

    private void loadNeighbours(Connection connection, List<TraceChange> grown)
            throws SQLException {
        Map<Long, SpanTree> trees = new HashMap<>();
        List<Wanted> created = new ArrayList<>();
        for (TraceChange change : grown) {
            trees.put(change.key(), change.tree());
            for (DecodedSpan span : change.spans()) {
                created.add(new Wanted(change.key(), span.spanId()));
            }
        }
        adoptChildren(connection, created, trees);
        List<Wanted> ancestors = new ArrayList<>();
        for (TraceChange change : grown) {
            if (!change.sumsDeferred()) {
                change.tree()
                        .storedParents()
                        .forEach(id -> ancestors.add(new Wanted(change.key(), id)));
            }
        }
        int limit = grown.stream().mapToInt(TreeRows::maxAncestors).sum() + 1;
        if (loadAncestors(connection, ancestors, trees, limit) == limit) {
            // Somewhere more are above. Which trace it is shows at its top; one that has an orphan
            // there is added up anew without need.
            grown.stream()
                    .filter(change -> change.tree().mayHaveMoreAbove())
                    .forEach(TraceChange::deferSums);
        }
    }

    private void adoptChildren(
            Connection connection, List<Wanted> parents, Map<Long, SpanTree> trees)
            throws SQLException {
        String query =
                """
                SELECT wanted.trace_key, wanted.span_id,
                    sum(child.cumulative_error_count),
                    sum(child.cumulative_prompt_tokens),
                    sum(child.cumulative_completion_tokens)
                FROM %s spans child
                    ON child.trace_key = wanted.trace_key AND child.parent_span_id = wanted.span_id
                GROUP BY wanted.trace_key, wanted.span_id\
                """
                        .formatted(sql.fromWanted());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindWanted(select, parents);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Sums sums = new Sums(rows.getLong(3), rows.getLong(4), rows.getLong(5));
                    Objects.requireNonNull(trees.get(rows.getLong(1)))
                            .adopt(rows.getString(2), sums);
                }
            }
        }
    }

    /**
     * @return how many there are, at most the limit: to walk to the top of a deep trace with every
     *     batch would cost the square of its depth, too
     */
    private int loadAncestors(
            Connection connection, List<Wanted> parents, Map<Long, SpanTree> trees, int limit)
            throws SQLException {
        // UNION leaves out what was seen, so that a circle of parents ends.
        String recursion =
                """
                SELECT s.id, s.trace_key, s.parent_span_id
                FROM %s spans s ON s.span_id = wanted.span_id AND s.trace_key = wanted.trace_key
                UNION
                SELECT s.id, s.trace_key, s.parent_span_id
                FROM ancestor a %s spans s
                  ON s.span_id = a.parent_span_id AND s.trace_key = a.trace_key\
                """
                        .formatted(sql.fromWanted(), sql.orderedJoin());
        String query =
                "%s SELECT %s FROM ancestor a %s spans s ON s.id = a.id"
                        .formatted(
                                sql.limitedTable("ancestor", recursion, limit),
                                StoredSpan.COLUMNS,
                                sql.orderedJoin());
        return load(connection, query, parents, trees);
    }

    private int load(
            Connection connection, String query, List<Wanted> wanted, Map<Long, SpanTree> trees)
            throws SQLException {
        if (wanted.isEmpty()) {
            return 0;
        }
        int loaded = 0;
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindWanted(select, wanted);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredSpan span = StoredSpan.from(rows);
                    Objects.requireNonNull(trees.get(span.traceKey())).addAncestor(span);
                    loaded++;
                }
            }
        }
        return loaded;
    }

    /** Writes what changed above the new spans. */
    void updateAncestors(Connection connection, Collection<TraceChange> changes)
            throws SQLException {
        Map<Sums, List<Long>> added = new LinkedHashMap<>();
        for (TraceChange change : changes) {
            if (!change.sumsDeferred()) {
                for (SpanNode span : change.tree().changedAncestors()) {
                    added.computeIfAbsent(span.added(), any -> new ArrayList<>())
                            .add(span.stored().key());
                }
            }
        }
        add(connection, added);
    }

    /** Spans that grow by the same, as those of a chain do, share one update. */
    void add(Connection connection, Map<Sums, List<Long>> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        String statement =
                """
                UPDATE spans SET cumulative_error_count = cumulative_error_count + ?,
                    cumulative_prompt_tokens = cumulative_prompt_tokens + ?,
                    cumulative_completion_tokens = cumulative_completion_tokens + ?
                WHERE id %s\
                """
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
}
