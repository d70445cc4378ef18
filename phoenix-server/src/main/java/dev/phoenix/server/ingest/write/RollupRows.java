package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.write.RollupChanges.Bucket;
import dev.phoenix.server.project.LatencyHistogram;
import dev.phoenix.server.project.RollupWidth;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of table {@code project_rollups} that a batch touches. They are the busiest rows there
 * are, so they come last in the transaction: created where missing, then locked, then updated, each
 * in one order.
 */
final class RollupRows {

    private final SqlText sql;

    RollupRows(SqlText sql) {
        this.sql = sql;
    }

    void store(Connection connection, SortedMap<Bucket, RollupChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        create(connection, changes.keySet());
        Map<Bucket, Histograms> stored = lock(connection, changes.keySet());
        update(connection, changes, stored);
    }

    /** The buckets of one width of a project. */
    private record Series(long projectKey, RollupWidth width) implements Comparable<Series> {

        @Override
        public int compareTo(Series other) {
            int order = Long.compare(projectKey, other.projectKey);
            return order == 0 ? width.compareTo(other.width) : order;
        }
    }

    private record Histograms(LatencyHistogram spans, LatencyHistogram traces) {}

    private static void create(Connection connection, Set<Bucket> buckets) throws SQLException {
        String statement =
                """
                INSERT INTO project_rollups (project_id, width_ns, start_ns, span_count, ok_count, error_count,
                    trace_count, prompt_tokens, completion_tokens, span_latencies, trace_latencies)
                VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, ?, ?)
                ON CONFLICT (project_id, width_ns, start_ns) DO NOTHING\
                """;
        byte[] none = new LatencyHistogram().encode();
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (Bucket bucket : buckets) {
                bindBucket(insert, 1, bucket);
                insert.setBytes(4, none);
                insert.setBytes(5, none);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Map<Bucket, Histograms> lock(Connection connection, Set<Bucket> buckets)
            throws SQLException {
        Map<Bucket, Histograms> stored = new HashMap<>();
        SortedMap<Series, List<Long>> starts = new TreeMap<>();
        for (Bucket bucket : buckets) {
            starts.computeIfAbsent(
                            new Series(bucket.projectKey(), bucket.width()),
                            any -> new ArrayList<>())
                    .add(bucket.startNs());
        }
        String query =
                """
                SELECT start_ns, span_latencies, trace_latencies FROM project_rollups
                WHERE project_id = ? AND width_ns = ? AND start_ns %s ORDER BY start_ns %s\
                """
                        .formatted(sql.in(), sql.lockingRows());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (Map.Entry<Series, List<Long>> series : starts.entrySet()) {
                lock(select, series.getKey(), series.getValue(), stored);
            }
        }
        return stored;
    }

    private void lock(
            PreparedStatement select,
            Series series,
            List<Long> starts,
            Map<Bucket, Histograms> stored)
            throws SQLException {
        select.setLong(1, series.projectKey());
        select.setLong(2, series.width().nanos());
        sql.bindIn(select, 3, starts);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                stored.put(
                        new Bucket(series.projectKey(), series.width(), rows.getLong(1)),
                        new Histograms(
                                LatencyHistogram.decode(rows.getBytes(2)),
                                LatencyHistogram.decode(rows.getBytes(3))));
            }
        }
    }

    private static void update(
            Connection connection,
            SortedMap<Bucket, RollupChange> changes,
            Map<Bucket, Histograms> stored)
            throws SQLException {
        String statement =
                """
                UPDATE project_rollups SET span_count = span_count + ?, ok_count = ok_count + ?,
                    error_count = error_count + ?, trace_count = trace_count + ?, prompt_tokens = prompt_tokens + ?,
                    completion_tokens = completion_tokens + ?, span_latencies = ?, trace_latencies = ?,
                    revision = revision + 1
                WHERE project_id = ? AND width_ns = ? AND start_ns = ?\
                """;
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (Map.Entry<Bucket, RollupChange> entry : changes.entrySet()) {
                RollupChange change = entry.getValue();
                Histograms histograms = stored.get(entry.getKey());
                if (histograms == null) {
                    throw SqlFailure.conflict("a project was deleted while its spans came");
                }
                histograms.spans().add(change.spanLatencies());
                histograms.traces().add(change.traceLatencies());
                update.setLong(1, change.spans());
                update.setLong(2, change.okSpans());
                update.setLong(3, change.sums().errors());
                update.setLong(4, change.traces());
                update.setLong(5, change.sums().promptTokens());
                update.setLong(6, change.sums().completionTokens());
                update.setBytes(7, histograms.spans().encode());
                update.setBytes(8, histograms.traces().encode());
                bindBucket(update, 9, entry.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void bindBucket(PreparedStatement statement, int index, Bucket bucket)
            throws SQLException {
        statement.setLong(index, bucket.projectKey());
        statement.setLong(index + 1, bucket.width().nanos());
        statement.setLong(index + 2, bucket.startNs());
    }
}
