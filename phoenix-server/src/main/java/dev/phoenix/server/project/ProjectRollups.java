package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static org.jooq.impl.DSL.select;

import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Record3;
import org.jooq.Select;

/**
 * What the writer has counted for projects by time, as parts of queries that add the edges of a
 * range.
 */
public final class ProjectRollups {

    private ProjectRollups() {}

    public static Select<Record2<Long, Long>> spanCounts(
            Collection<Long> projectKeys, RollupRange range) {
        return counts(PROJECT_ROLLUPS.SPAN_COUNT, projectKeys, range);
    }

    public static Select<Record2<Long, Long>> traceCounts(
            Collection<Long> projectKeys, RollupRange range) {
        return counts(PROJECT_ROLLUPS.TRACE_COUNT, projectKeys, range);
    }

    private static Select<Record2<Long, Long>> counts(
            Field<Long> count, Collection<Long> projectKeys, RollupRange range) {
        return select(PROJECT_ROLLUPS.PROJECT_ID, count)
                .from(PROJECT_ROLLUPS)
                .where(buckets(projectKeys, range));
    }

    /** What a bucket counts. */
    public record Counts(
            long startNs,
            long spans,
            long okSpans,
            long failedSpans,
            long traces,
            long promptTokens,
            long completionTokens) {

        private static Counts from(Record row) {
            return new Counts(
                    row.get(PROJECT_ROLLUPS.START_NS),
                    row.get(PROJECT_ROLLUPS.SPAN_COUNT),
                    row.get(PROJECT_ROLLUPS.OK_COUNT),
                    row.get(PROJECT_ROLLUPS.ERROR_COUNT),
                    row.get(PROJECT_ROLLUPS.TRACE_COUNT),
                    row.get(PROJECT_ROLLUPS.PROMPT_TOKENS),
                    row.get(PROJECT_ROLLUPS.COMPLETION_TOKENS));
        }
    }

    /** Bucket by bucket. */
    public static List<Counts> counts(DSLContext database, long projectKey, RollupRange range) {
        return database.select(
                        PROJECT_ROLLUPS.START_NS,
                        PROJECT_ROLLUPS.SPAN_COUNT,
                        PROJECT_ROLLUPS.OK_COUNT,
                        PROJECT_ROLLUPS.ERROR_COUNT,
                        PROJECT_ROLLUPS.TRACE_COUNT,
                        PROJECT_ROLLUPS.PROMPT_TOKENS,
                        PROJECT_ROLLUPS.COMPLETION_TOKENS)
                .from(PROJECT_ROLLUPS)
                .where(buckets(List.of(projectKey), range))
                .fetch(Counts::from);
    }

    /** Starts of buckets and histograms to be decoded. */
    public static Select<Record2<Long, byte[]>> traceLatenciesByTime(
            long projectKey, RollupRange range) {
        return select(PROJECT_ROLLUPS.START_NS, PROJECT_ROLLUPS.TRACE_LATENCIES)
                .from(PROJECT_ROLLUPS)
                .where(buckets(List.of(projectKey), range));
    }

    /** Prompt and completion tokens. */
    public static Select<Record3<Long, Long, Long>> tokens(
            Collection<Long> projectKeys, RollupRange range) {
        return select(
                        PROJECT_ROLLUPS.PROJECT_ID,
                        PROJECT_ROLLUPS.PROMPT_TOKENS,
                        PROJECT_ROLLUPS.COMPLETION_TOKENS)
                .from(PROJECT_ROLLUPS)
                .where(buckets(projectKeys, range));
    }

    /** Histograms to be decoded. */
    public static Select<Record2<Long, byte[]>> spanLatencies(
            Collection<Long> projectKeys, RollupRange range) {
        return select(PROJECT_ROLLUPS.PROJECT_ID, PROJECT_ROLLUPS.SPAN_LATENCIES)
                .from(PROJECT_ROLLUPS)
                .where(buckets(projectKeys, range));
    }

    /** Histograms to be decoded. */
    public static Select<Record2<Long, byte[]>> traceLatencies(
            Collection<Long> projectKeys, RollupRange range) {
        return select(PROJECT_ROLLUPS.PROJECT_ID, PROJECT_ROLLUPS.TRACE_LATENCIES)
                .from(PROJECT_ROLLUPS)
                .where(buckets(projectKeys, range));
    }

    private static Condition buckets(Collection<Long> projectKeys, RollupRange range) {
        return PROJECT_ROLLUPS.PROJECT_ID.in(projectKeys).and(range.buckets());
    }
}
