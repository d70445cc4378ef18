package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.WireEnum;
import dev.phoenix.server.cost.SpanCosts;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What spans can be sorted by. Spans without the value come last in either direction. */
enum SpanColumn implements WireEnum {
    START_TIME("startTime", SPANS.START_NS, SortKey.DATETIME),
    END_TIME("endTime", SPANS.END_NS, SortKey.DATETIME),
    LATENCY_MS("latencyMs", SPANS.END_NS.minus(SPANS.START_NS), SortKey.FLOAT),
    TOKENS("tokenCountTotal", tokens(), SortKey.INTEGER),
    PROMPT_TOKENS("tokenCountPrompt", SPANS.PROMPT_TOKENS, SortKey.INTEGER),
    COMPLETION_TOKENS("tokenCountCompletion", SPANS.COMPLETION_TOKENS, SortKey.INTEGER),
    COST("tokenCostTotal", SpanCosts.totalOf(SPANS.ID), SortKey.INTEGER),
    CUMULATIVE_TOKENS(
            "cumulativeTokenCountTotal",
            SPANS.CUMULATIVE_PROMPT_TOKENS.plus(SPANS.CUMULATIVE_COMPLETION_TOKENS),
            SortKey.INTEGER),
    CUMULATIVE_PROMPT_TOKENS(
            "cumulativeTokenCountPrompt", SPANS.CUMULATIVE_PROMPT_TOKENS, SortKey.INTEGER),
    CUMULATIVE_COMPLETION_TOKENS(
            "cumulativeTokenCountCompletion", SPANS.CUMULATIVE_COMPLETION_TOKENS, SortKey.INTEGER);

    private final String wireName;
    private final Field<Long> value;
    private final SortKey kind;

    SpanColumn(String wireName, Field<Long> value, SortKey kind) {
        this.wireName = wireName;
        this.value = value;
        this.kind = kind;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    Keyset<Long> keyset(SortDirection direction) {
        Field<Long> last = inline(direction.descending() ? -1L : Long.MAX_VALUE);
        Field<Long> sorted = kind == SortKey.INTEGER ? coalesce(value, last) : value;
        return new Keyset<>(sorted, SPANS.ID, kind, direction.descending());
    }

    private static Field<Long> tokens() {
        Field<Long> prompt = SPANS.PROMPT_TOKENS;
        Field<Long> completion = SPANS.COMPLETION_TOKENS;
        return DSL.coalesce(prompt.plus(completion), prompt, completion);
    }
}
