package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Select;

/**
 * What the writer has counted for projects by time, as parts of queries that add the edges of a
 * range.
 */
public final class ProjectRollups {

    private ProjectRollups() {}

    /** What a project holds. */
    public record Total(long spans, long traces, long promptTokens, long completionTokens) {}

    /** Projects without any buckets are left out. */
    public static Map<Long, Total> totals(
            DSLContext database, Collection<Long> projectKeys, RollupRange range) {
        return database.select(
                        PROJECT_ROLLUPS.PROJECT_ID,
                        sum(PROJECT_ROLLUPS.SPAN_COUNT),
                        sum(PROJECT_ROLLUPS.TRACE_COUNT),
                        sum(PROJECT_ROLLUPS.PROMPT_TOKENS),
                        sum(PROJECT_ROLLUPS.COMPLETION_TOKENS))
                .from(PROJECT_ROLLUPS)
                .where(buckets(projectKeys, range))
                .groupBy(PROJECT_ROLLUPS.PROJECT_ID)
                .fetchMap(
                        row -> row.value1(),
                        row ->
                                new Total(
                                        row.value2().longValue(),
                                        row.value3().longValue(),
                                        row.value4().longValue(),
                                        row.value5().longValue()));
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

    private static Condition buckets(Collection<Long> projectKeys, RollupRange range) {
        return range.buckets(projectKeys);
    }
}
