package dev.phoenix.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOrderByStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list. Rows without the value that it is sorted by come last in either direction,
 * in an order of their own; so neither part has to be sorted if there is an index for it.
 *
 * @param valued the rows that have a value; null if all have
 * @param rest the order of the others, by a value of another kind
 */
public record ListOrder(@Nullable Valued valued, Keyset<?> rest) {

    public static ListOrder by(Keyset<?> keyset) {
        return new ListOrder(null, keyset);
    }

    /**
     * Rows with a value.
     *
     * @param source where the values come from; null if they are in the rows themselves
     * @param has true of these rows
     * @param lacks true of all others
     */
    public record Valued(
            @Nullable Source source, Keyset<?> order, Condition has, Condition lacks) {}

    /**
     * A table of values to be joined, which leads: it is small, or sorted by an index.
     *
     * @param key the row of the list that a value belongs to
     */
    public record Source(Table<?> table, Field<Long> key) {}

    /** Builds the query of one part of the list. */
    @FunctionalInterface
    public interface Query {

        SelectOrderByStep<Record> of(Keyset<?> order, @Nullable Source source, Condition where);
    }

    public <R> Page<Listed<R>> page(
            Query query, @Nullable String after, int limit, Function<Record, R> mapper) {
        if (valued == null) {
            Condition start = after == null ? DSL.noCondition() : rest.after(after);
            return rest.page(query.of(rest, null, start), limit, mapper);
        }
        List<Listed<R>> rows = new ArrayList<>();
        String inRest = after != null && Cursor.isOf(rest.kind(), after) ? after : null;
        if (inRest == null) {
            Condition start = after == null ? DSL.noCondition() : valued.order.after(after);
            rows.addAll(
                    valued.order.first(
                            query.of(valued.order, valued.source, valued.has.and(start)),
                            limit + 1,
                            mapper));
        }
        if (rows.size() <= limit) {
            Condition start = inRest == null ? DSL.noCondition() : rest.after(inRest);
            rows.addAll(
                    rest.first(
                            query.of(rest, null, valued.lacks.and(start)),
                            limit + 1 - rows.size(),
                            mapper));
        }
        return Page.of(rows, limit);
    }
}
