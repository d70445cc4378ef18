package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;

import java.util.List;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/**
 * What a span counts, and what is stored of its descendants.
 *
 * @param repeated the span that counts instead
 * @param leftOut whether an earlier version left it out of its project
 * @param mayBeOfLoop whether it may be a tool of a loop that reports running totals
 */
record CountedSpan(
        long traceKey,
        long projectKey,
        String spanId,
        @Nullable String parentSpanId,
        boolean llm,
        boolean ok,
        long startNs,
        long endNs,
        Total own,
        Total cumulative,
        boolean leftOut,
        boolean hasCost,
        @Nullable String modelName,
        @Nullable Long callHash,
        int repeats,
        @Nullable String repeated,
        boolean mayBeOfLoop) {

    static final List<SelectField<?>> COLUMNS =
            List.of(
                    SPANS.TRACE_KEY,
                    SPANS.PROJECT_ID,
                    SPANS.SPAN_ID,
                    SPANS.PARENT_SPAN_ID,
                    SPANS.SPAN_KIND,
                    SPANS.START_NS,
                    SPANS.END_NS,
                    SPANS.STATUS_CODE,
                    SPANS.PROMPT_TOKENS,
                    SPANS.COMPLETION_TOKENS,
                    SPANS.CUMULATIVE_ERROR_COUNT,
                    SPANS.CUMULATIVE_PROMPT_TOKENS,
                    SPANS.CUMULATIVE_COMPLETION_TOKENS,
                    SPANS.WRAPS_LLM,
                    SPAN_COSTS.SPAN_KEY,
                    SPANS.MODEL_NAME,
                    SPANS.CALL_HASH,
                    SPANS.REPEATS,
                    SPANS.REPEATED_SPAN_ID,
                    SPANS.NAME);

    /** Errors, prompt and completion tokens. */
    record Total(long errors, long prompt, long completion) {

        static final Total NONE = new Total(0, 0, 0);

        long tokens() {
            return prompt + completion;
        }

        Total plus(Total other) {
            return new Total(
                    errors + other.errors, prompt + other.prompt, completion + other.completion);
        }
    }

    /** Whether both may be reports of one call, and this one says more: sides, cost, tokens. */
    boolean isFullerThan(CountedSpan other) {
        if (sides() != other.sides()) {
            return sides() > other.sides();
        }
        return hasCost == other.hasCost ? own.tokens() > other.own.tokens() : hasCost;
    }

    private int sides() {
        return (own.prompt > 0 ? 1 : 0) + (own.completion > 0 ? 1 : 0);
    }

    /** Errors, and tokens if the span repeats at most this much. */
    Total upTo(int repeats) {
        return this.repeats <= repeats ? own : new Total(own.errors, 0, 0);
    }

    static CountedSpan from(Record row) {
        Total own =
                new Total(
                        row.get(SPANS.STATUS_CODE).equals("ERROR") ? 1 : 0,
                        orZero(row.get(SPANS.PROMPT_TOKENS)),
                        orZero(row.get(SPANS.COMPLETION_TOKENS)));
        return new CountedSpan(
                row.get(SPANS.TRACE_KEY),
                row.get(SPANS.PROJECT_ID),
                row.get(SPANS.SPAN_ID),
                row.get(SPANS.PARENT_SPAN_ID),
                row.get(SPANS.SPAN_KIND).equals("LLM") && own.tokens() > 0,
                row.get(SPANS.STATUS_CODE).equals("OK"),
                row.get(SPANS.START_NS),
                row.get(SPANS.END_NS),
                own,
                new Total(
                        row.get(SPANS.CUMULATIVE_ERROR_COUNT),
                        row.get(SPANS.CUMULATIVE_PROMPT_TOKENS),
                        row.get(SPANS.CUMULATIVE_COMPLETION_TOKENS)),
                row.get(SPANS.WRAPS_LLM) == 1,
                row.get(SPAN_COSTS.SPAN_KEY) != null,
                row.get(SPANS.MODEL_NAME),
                row.get(SPANS.CALL_HASH),
                row.get(SPANS.REPEATS),
                row.get(SPANS.REPEATED_SPAN_ID),
                row.get(SPANS.SPAN_KIND).equals("TOOL")
                        && row.get(SPANS.NAME).startsWith("tool_call "));
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
