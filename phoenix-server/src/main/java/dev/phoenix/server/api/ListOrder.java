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

    /** In the opposite order if the range is read backwards. */
    public <R> Page<Listed<R>> page(
            Query query, ConnectionRange range, Function<Record, R> mapper) {
        List<Part> parts = parts();
        int first = range.after() == null ? 0 : partOf(range.after());
        int last = range.before() == null ? parts.size() - 1 : partOf(range.before());
        List<Listed<R>> rows = new ArrayList<>();
        for (int step = 0; step <= last - first && rows.size() <= range.limit(); step++) {
            int place = range.backwards() ? last - step : first + step;
            String after = place == first ? range.after() : null;
            String before = place == last ? range.before() : null;
            Part part = parts.get(place);
            Keyset<?> order = range.backwards() ? part.order.reversed() : part.order;
            Condition where = part.where.and(part.between(after, before));
            rows.addAll(
                    order.first(
                            query.of(order, part.source, where),
                            range.limit() + 1 - rows.size(),
                            mapper));
        }
        return Page.of(rows, range.limit());
    }

    private List<Part> parts() {
        return valued == null
                ? List.of(new Part(rest, null, DSL.noCondition()))
                : List.of(
                        new Part(valued.order, valued.source, valued.has),
                        new Part(rest, null, valued.lacks));
    }

    /** The kind of a cursor tells. */
    private int partOf(String cursor) {
        return valued != null && Cursor.isOf(rest.kind(), cursor) ? 1 : 0;
    }

    private record Part(Keyset<?> order, @Nullable Source source, Condition where) {

        Condition between(@Nullable String after, @Nullable String before) {
            Condition from = after == null ? DSL.noCondition() : order.after(after);
            Condition to = before == null ? DSL.noCondition() : order.before(before);
            return from.and(to);
        }
    }
}
