package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.SqlSum;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.project.RollupWidth;
import dev.phoenix.server.trace.TraceSums.TraceSum;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Service;

/**
 * What the spans and traces of a project come to in each bin of a chart. Spans and traces count
 * where they start.
 */
@Service
class ProjectSeries {

    private final DSLContext database;
    private final TraceSums traces;

    ProjectSeries(Database database, TraceSums traces) {
        this.database = database.read();
        this.traces = traces;
    }

    /** Spans of a bin by status, and the tokens of its calls. */
    static final class Spans {

        private long total;
        private long ok;
        private long failed;
        private double promptTokens;
        private double completionTokens;

        long total() {
            return total;
        }

        long ok() {
            return ok;
        }

        long failed() {
            return failed;
        }

        TokenUsage tokens() {
            return new TokenUsage(promptTokens, completionTokens);
        }

        private void add(ProjectRollups.Counts bucket) {
            total += bucket.spans();
            ok += bucket.okSpans();
            failed += bucket.failedSpans();
            promptTokens += bucket.promptTokens();
            completionTokens += bucket.completionTokens();
        }

        private void add(String status, int spans) {
            total += spans;
            ok += status.equals("OK") ? spans : 0;
            failed += status.equals("ERROR") ? spans : 0;
        }
    }

    /** From time buckets, and rows only at the ends of the range. */
    List<Spans> spans(long projectKey, TimeBins bins) {
        List<Spans> sums = bins.sums(Spans::new);
        RollupRange range = RollupRange.of(bins.range(), unit(bins));
        ProjectRollups.counts(database, projectKey, range)
                .forEach(bucket -> at(sums, bins, bucket.startNs()).add(bucket));
        Field<Long> minute = RollupWidth.MINUTE.startOf(SPANS.START_NS);
        Condition edges = SPANS.PROJECT_ID.eq(projectKey).and(range.edges(SPANS.START_NS));
        database.select(minute, SPANS.STATUS_CODE, count())
                .from(SPANS)
                .where(edges)
                .groupBy(minute, SPANS.STATUS_CODE)
                .forEach(row -> at(sums, bins, row.value1()).add(row.value2(), row.value3()));
        var prompt = sum(SPANS.PROMPT_TOKENS);
        var completion = sum(SPANS.COMPLETION_TOKENS);
        database.select(minute, prompt, completion)
                .from(SPANS)
                .where(edges, ProjectCounts.countsTokens())
                .groupBy(minute)
                .forEach(
                        row -> {
                            Spans bin = at(sums, bins, row.value1());
                            bin.promptTokens += SqlSum.orZero(row.value2());
                            bin.completionTokens += SqlSum.orZero(row.value3());
                        });
        return sums;
    }

    /** Those that fulfil a condition, row by row; without tokens. */
    List<Spans> spans(long projectKey, TimeBins bins, Condition condition) {
        List<Spans> sums = bins.sums(Spans::new);
        Field<Long> unit = unit(bins).startOf(SPANS.START_NS);
        database.select(unit, SPANS.STATUS_CODE, count())
                .from(SPANS)
                .where(SPANS.PROJECT_ID.eq(projectKey), bins.range().contains(SPANS.START_NS))
                .and(condition)
                .groupBy(unit, SPANS.STATUS_CODE)
                .forEach(row -> at(sums, bins, row.value1()).add(row.value2(), row.value3()));
        return sums;
    }

    /** Where they start. */
    List<TraceSum> traces(long projectKey, TimeBins bins) {
        List<TraceSum> sums = new ArrayList<>(bins.sums(() -> TraceSum.NONE));
        traces.of(List.of(projectKey), RollupRange.of(bins.range(), unit(bins)))
                .forEach(
                        (place, sum) -> {
                            int bin = bins.indexOf(place.startNs());
                            sums.set(bin, sums.get(bin).plus(sum));
                        });
        return sums;
    }

    /** The buckets that a chart with these bins is made of. */
    static RollupWidth unit(TimeBins bins) {
        return bins.areWholeHours() ? RollupWidth.HOUR : RollupWidth.MINUTE;
    }

    private static <T> T at(List<T> sums, TimeBins bins, long timeNs) {
        return sums.get(bins.indexOf(timeNs));
    }
}
