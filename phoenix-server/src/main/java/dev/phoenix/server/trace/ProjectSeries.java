package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.project.RollupWidth;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What the spans and traces of a project come to in each bin of a chart. Spans and traces count
 * where they start.
 */
@Service
class ProjectSeries {

    private final DSLContext database;

    ProjectSeries(Database database) {
        this.database = database.read();
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

    /** Traces of a bin, and what they cost. */
    static final class Traces {

        private int total;
        private int failed;
        private CostSummary cost = CostSummary.NONE;

        int total() {
            return total;
        }

        /** Of which a span failed. */
        int failed() {
            return failed;
        }

        CostSummary cost() {
            return cost;
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
                            bin.promptTokens += number(row.value2());
                            bin.completionTokens += number(row.value3());
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

    /** From the rows of traces: whether they failed and what they cost is known there. */
    List<Traces> traces(long projectKey, TimeBins bins) {
        List<Traces> sums = bins.sums(Traces::new);
        Field<Long> unit = unit(bins).startOf(TRACES.START_NS);
        var failed = sum(when(TRACES.ERROR_COUNT.gt(inline(0L)), inline(1)).otherwise(inline(0)));
        var promptTokens = sum(TRACES.COST_PROMPT_TOKENS);
        var completionTokens = sum(TRACES.COST_COMPLETION_TOKENS);
        var promptCost = sum(TRACES.PROMPT_COST);
        var completionCost = sum(TRACES.COMPLETION_COST);
        var pricedPrompts = sum(TRACES.PRICED_PROMPTS);
        var pricedCompletions = sum(TRACES.PRICED_COMPLETIONS);
        database.select(
                        unit,
                        count(),
                        failed,
                        promptTokens,
                        completionTokens,
                        promptCost,
                        completionCost,
                        pricedPrompts,
                        pricedCompletions)
                .from(TRACES)
                .where(TRACES.PROJECT_ID.eq(projectKey), bins.range().contains(TRACES.START_NS))
                .groupBy(unit)
                .forEach(
                        row -> {
                            Traces bin = at(sums, bins, row.value1());
                            bin.total += row.value2();
                            bin.failed += (int) number(row.value3());
                            bin.cost =
                                    bin.cost.plus(
                                            CostSummary.of(
                                                    number(row.get(promptTokens)),
                                                    number(row.get(completionTokens)),
                                                    number(row.get(promptCost)),
                                                    number(row.get(completionCost)),
                                                    number(row.get(pricedPrompts)),
                                                    number(row.get(pricedCompletions))));
                        });
        subtractCountedElsewhere(sums, projectKey, bins, unit);
        return sums;
    }

    /** Several traces may report one call, which counts once for their project. */
    private void subtractCountedElsewhere(
            List<Traces> sums, long projectKey, TimeBins bins, Field<Long> unit) {
        var counted =
                SpanCosts.countedElsewhere(
                        SpanCosts.REPEATED_IN_PROJECT,
                        unit,
                        SPANS.ID,
                        SPANS.join(TRACES).on(TRACES.ID.eq(SPANS.TRACE_KEY)),
                        SpanCosts.isOf(List.of(projectKey))
                                .and(bins.range().contains(TRACES.START_NS)));
        database.fetch(counted)
                .forEach(
                        row -> {
                            Traces bin = at(sums, bins, row.get(0, Long.class));
                            bin.cost =
                                    bin.cost.plus(
                                            CostSummary.of(
                                                    row.get(1, Double.class),
                                                    row.get(2, Double.class),
                                                    row.get(3, Double.class),
                                                    row.get(4, Double.class),
                                                    row.get(5, Double.class),
                                                    row.get(6, Double.class)));
                        });
    }

    /** The buckets that a chart with these bins is made of. */
    static RollupWidth unit(TimeBins bins) {
        return bins.areWholeHours() ? RollupWidth.HOUR : RollupWidth.MINUTE;
    }

    private static <T> T at(List<T> sums, TimeBins bins, long timeNs) {
        return sums.get(bins.indexOf(timeNs));
    }

    private static double number(@Nullable BigDecimal sum) {
        return sum == null ? 0 : sum.doubleValue();
    }
}
