package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import dev.phoenix.server.api.KeyRanges;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.WireEnum;
import dev.phoenix.server.cost.SpanCosts;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What spans can be sorted by. Spans without the value come last in either direction. */
enum SpanColumn implements WireEnum {
    START_TIME("startTime", SPANS.START_NS, SortKey.DATETIME),
    END_TIME("endTime", SPANS.END_NS, SortKey.DATETIME),
    LATENCY_MS("latencyMs", SPANS.END_NS.minus(SPANS.START_NS), SortKey.FLOAT) {
        @Override
        ListOrder order(SortDirection direction, ListedTime listed) {
            return ListOrder.by(
                    new ListOrder.Part(
                            keyset(direction),
                            null,
                            DSL.noCondition(),
                            ranges(listed, DSL.noCondition())));
        }
    },
    TOKENS("tokenCountTotal", tokens(), SortKey.INTEGER) {
        @Override
        ListOrder order(SortDirection direction, ListedTime listed) {
            Condition has = SPANS.PROMPT_TOKENS.isNotNull().or(SPANS.COMPLETION_TOKENS.isNotNull());
            Condition lacks = SPANS.PROMPT_TOKENS.isNull().and(SPANS.COMPLETION_TOKENS.isNull());
            Keyset<Long> order =
                    new Keyset<>(tokens(), SPANS.ID, SortKey.INTEGER, direction.descending());
            return valuedFirst(
                    new ListOrder.Valued(null, order, has, lacks, ranges(listed, has)), direction);
        }
    },
    PROMPT_TOKENS("tokenCountPrompt", SPANS.PROMPT_TOKENS, SortKey.INTEGER),
    COMPLETION_TOKENS("tokenCountCompletion", SPANS.COMPLETION_TOKENS, SortKey.INTEGER),
    COST("tokenCostTotal", SpanCosts.TOTAL, SortKey.NUMBER) {
        @Override
        ListOrder order(SortDirection direction, ListedTime listed) {
            Keyset<Double> order =
                    new Keyset<>(
                            SpanCosts.TOTAL,
                            SpanCosts.TOTAL_KEY,
                            SortKey.NUMBER,
                            direction.descending());
            TimeRange range = listed.byKeyRanges() ? TimeRange.ALL : listed.range();
            ListOrder.Source source =
                    new ListOrder.Source(
                            SpanCosts.totals(listed.projectKey(), range), SpanCosts.TOTAL_KEY);
            return valuedFirst(
                    new ListOrder.Valued(
                            source,
                            order,
                            DSL.noCondition(),
                            SpanCosts.lacksTotal(SPANS.ID),
                            ranges(listed, source.table(), DSL.noCondition())),
                    direction);
        }
    },
    CUMULATIVE_COST("cumulativeTokenCostTotal", SpanCosts.TOTAL, SortKey.NUMBER) {
        @Override
        ListOrder order(SortDirection direction, ListedTime listed) {
            return ListOrder.by(
                    CumulativeCostOrder.of(direction, listed.projectKey(), listed.range()));
        }
    },
    CUMULATIVE_TOKENS(
            "cumulativeTokenCountTotal",
            SPANS.CUMULATIVE_PROMPT_TOKENS.plus(SPANS.CUMULATIVE_COMPLETION_TOKENS),
            SortKey.INTEGER),
    CUMULATIVE_PROMPT_TOKENS(
            "cumulativeTokenCountPrompt", SPANS.CUMULATIVE_PROMPT_TOKENS, SortKey.INTEGER),
    CUMULATIVE_COMPLETION_TOKENS(
            "cumulativeTokenCountCompletion", SPANS.CUMULATIVE_COMPLETION_TOKENS, SortKey.INTEGER);

    private final String wireName;
    private final Field<? extends Number> value;
    private final SortKey kind;

    SpanColumn(String wireName, Field<? extends Number> value, SortKey kind) {
        this.wireName = wireName;
        this.value = value;
        this.kind = kind;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    ListOrder order(SortDirection direction, ListedTime listed) {
        return ListOrder.by(keyset(direction));
    }

    Keyset<?> keyset(SortDirection direction) {
        Field<Long> whole = value.coerce(Long.class);
        Field<Long> last = inline(direction.descending() ? -1L : Long.MAX_VALUE);
        Field<Long> sorted = kind == SortKey.INTEGER ? coalesce(whole, last) : whole;
        return new Keyset<>(sorted, SPANS.ID, kind, direction.descending());
    }

    private static @Nullable KeyRanges ranges(ListedTime listed, Condition has) {
        return ranges(listed, SPANS, SPANS.PROJECT_ID.eq(listed.projectKey()).and(has));
    }

    /** Few spans of a part of time are rather read by start and sorted. */
    private static @Nullable KeyRanges ranges(
            ListedTime listed, Table<?> table, Condition indexed) {
        return listed.byKeyRanges() ? new KeyRanges(table, indexed, listed.keyRanges()) : null;
    }

    static Keyset<Long> byStart(SortDirection direction) {
        return new Keyset<>(SPANS.START_NS, SPANS.ID, SortKey.DATETIME, direction.descending());
    }

    /** By start where there is no value. */
    static ListOrder valuedFirst(ListOrder.Valued valued, SortDirection direction) {
        return ListOrder.valuedFirst(valued, byStart(direction));
    }

    /** As the index has it, so without a fallback for spans without any. */
    private static Field<Long> tokens() {
        Field<Long> none = inline(0L);
        return coalesce(SPANS.PROMPT_TOKENS, none).plus(coalesce(SPANS.COMPLETION_TOKENS, none));
    }
}
