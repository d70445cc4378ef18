package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What the calls of each trace cost, and whether what costs say about their spans is true. */
final class CountedCosts {

    private static final int FETCH_SIZE = 10_000;
    private static final int COUNTS_IN_TRACE = 2;
    private static final double ROUNDING = 1e-9;

    private static final Field<BigDecimal> PROMPT_TOKENS = sum(SPAN_COSTS.PROMPT_TOKENS);
    private static final Field<BigDecimal> COMPLETION_TOKENS = sum(SPAN_COSTS.COMPLETION_TOKENS);
    private static final Field<Integer> PRICED_PROMPTS = count(SPAN_COSTS.PROMPT_COST);
    private static final Field<Integer> PRICED_COMPLETIONS = count(SPAN_COSTS.COMPLETION_COST);
    private static final Field<BigDecimal> PROMPT_COST = sum(SPAN_COSTS.PROMPT_COST);
    private static final Field<BigDecimal> COMPLETION_COST = sum(SPAN_COSTS.COMPLETION_COST);

    private final DSLContext database;
    private final Differences differences;

    CountedCosts(DSLContext database, Differences differences) {
        this.database = database;
        this.differences = differences;
    }

    void compare() {
        compareTraces();
        findStrangers();
    }

    private void compareTraces() {
        try (var traces =
                database.select(TRACES.ID, TRACES.TRACE_ID)
                        .select(TRACES.COST_PROMPT_TOKENS, TRACES.COST_COMPLETION_TOKENS)
                        .select(TRACES.PRICED_PROMPTS, TRACES.PRICED_COMPLETIONS)
                        .select(TRACES.PROMPT_COST, TRACES.COMPLETION_COST)
                        .select(PROMPT_TOKENS, COMPLETION_TOKENS)
                        .select(PRICED_PROMPTS, PRICED_COMPLETIONS)
                        .select(PROMPT_COST, COMPLETION_COST)
                        .from(TRACES)
                        .leftJoin(SPANS)
                        .on(SPANS.TRACE_KEY.eq(TRACES.ID))
                        .leftJoin(SPAN_COSTS)
                        .on(SPAN_COSTS.SPAN_KEY.eq(SPANS.ID))
                        .and(SPAN_COSTS.REPEATS.le(COUNTS_IN_TRACE))
                        .groupBy(TRACES.ID)
                        .fetchSize(FETCH_SIZE)
                        .fetchStream()) {
            traces.forEach(this::compare);
        }
    }

    private void compare(Record trace) {
        String what = "costs of trace " + trace.get(TRACES.TRACE_ID);
        differences.compare(
                what,
                List.of(
                        trace.get(TRACES.COST_PROMPT_TOKENS),
                        trace.get(TRACES.COST_COMPLETION_TOKENS),
                        trace.get(TRACES.PRICED_PROMPTS),
                        trace.get(TRACES.PRICED_COMPLETIONS)),
                List.of(
                        orZero(trace.get(PROMPT_TOKENS)).longValue(),
                        orZero(trace.get(COMPLETION_TOKENS)).longValue(),
                        trace.get(PRICED_PROMPTS).longValue(),
                        trace.get(PRICED_COMPLETIONS).longValue()));
        compareMoney(what, trace.get(TRACES.PROMPT_COST), trace.get(PROMPT_COST));
        compareMoney(what, trace.get(TRACES.COMPLETION_COST), trace.get(COMPLETION_COST));
    }

    private void compareMoney(String what, double stored, @Nullable BigDecimal sum) {
        double recounted = orZero(sum).doubleValue();
        if (Math.abs(stored - recounted) > ROUNDING * Math.max(1, recounted)) {
            differences.compare(what, stored, recounted);
        }
    }

    /** Costs of no span, and those that count, start or belong elsewhere than their span. */
    private void findStrangers() {
        database.select(SPAN_COSTS.SPAN_KEY)
                .from(SPAN_COSTS)
                .leftJoin(SPANS)
                .on(SPANS.ID.eq(SPAN_COSTS.SPAN_KEY))
                .where(
                        DSL.or(
                                SPANS.ID.isNull(),
                                SPANS.PROJECT_ID.ne(SPAN_COSTS.PROJECT_ID),
                                SPANS.START_NS.ne(SPAN_COSTS.START_NS),
                                SPANS.REPEATS.ne(SPAN_COSTS.REPEATS)))
                .forEach(
                        row ->
                                differences.add(
                                        "the cost of span %d is of another span's call"
                                                .formatted(row.value1())));
    }

    private static BigDecimal orZero(@Nullable BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }
}
