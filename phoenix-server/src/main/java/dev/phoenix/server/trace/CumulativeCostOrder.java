package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.db.jooq.tables.Spans;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Sorts spans by what they cost together with everything below them. No sum of it is kept, so each
 * page adds the costs of the range up: every priced call is carried to all that is above it, once
 * each, because parents may go in circles.
 */
final class CumulativeCostOrder {

    /** Beyond everything that has a cost. */
    private static final double NONE_LAST = 1e300;

    private static final Field<Long> PLACE = field(name("up", "place"), Long.class);
    private static final Field<Long> TRACE = field(name("up", "trace_key"), Long.class);
    private static final Field<String> PARENT = field(name("up", "parent_id"), String.class);
    private static final Field<Long> CALL = field(name("up", "call"), Long.class);
    private static final Field<Double> COST = field(name("up", "cost"), Double.class);

    private CumulativeCostOrder() {}

    static ListOrder.Part of(SortDirection direction, long projectKey, TimeRange range) {
        boolean descending = direction.descending();
        Field<Long> key = field(name("summed", "span_key"), Long.class);
        Field<Double> total = field(name("summed", "total"), Double.class);
        var all =
                select(
                                SPANS.ID.as("row_key"),
                                coalesce(total, inline(descending ? -1 : NONE_LAST)).as("total"))
                        .from(SPANS)
                        .leftJoin(sums(projectKey, range).asTable("summed"))
                        .on(key.eq(SPANS.ID))
                        .where(SPANS.PROJECT_ID.eq(projectKey), range.contains(SPANS.START_NS));
        return new ListOrder.Part(
                new Keyset<>(SpanCosts.TOTAL, SpanCosts.TOTAL_KEY, SortKey.NUMBER, descending),
                new ListOrder.Source(all.asTable("valued"), SpanCosts.TOTAL_KEY),
                DSL.noCondition(),
                null);
    }

    private static Select<?> sums(long projectKey, TimeRange range) {
        Spans above = SPANS.as("above");
        var up =
                name("up")
                        .fields("place", "trace_key", "parent_id", "call", "cost")
                        .as(
                                select(
                                                SPANS.ID,
                                                SPANS.TRACE_KEY,
                                                SPANS.PARENT_SPAN_ID,
                                                SPANS.ID,
                                                SpanCosts.CALL_COST)
                                        .from(SpanCosts.calls(projectKey))
                                        .join(SPANS)
                                        .on(SPANS.ID.eq(SpanCosts.CALL_KEY))
                                        .join(TRACES)
                                        .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                                        .where(SPANS.SPAN_KIND.in(Usage.KINDS))
                                        .and(range.overlaps(TRACES.START_NS, TRACES.END_NS))
                                        .union(
                                                select(
                                                                above.ID,
                                                                above.TRACE_KEY,
                                                                above.PARENT_SPAN_ID,
                                                                CALL,
                                                                COST)
                                                        .from(table(name("up")))
                                                        .join(above)
                                                        .on(above.SPAN_ID.eq(PARENT))
                                                        .and(above.TRACE_KEY.eq(TRACE))));
        return DSL.withRecursive(up)
                .select(PLACE.as("span_key"), sum(COST).cast(Double.class).as("total"))
                .from(up)
                .groupBy(PLACE);
    }
}
