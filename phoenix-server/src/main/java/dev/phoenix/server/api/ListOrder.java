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
 * @param parts those with a value, by it, then perhaps the others, by a value of another kind
 */
public record ListOrder(List<Part> parts) {

    public static ListOrder by(Keyset<?> keyset) {
        return by(new Part(keyset, null, DSL.noCondition(), null));
    }

    /** All rows have a value. */
    public static ListOrder by(Part all) {
        return new ListOrder(List.of(all));
    }

    public static ListOrder valuedFirst(Valued valued, Keyset<?> rest) {
        return new ListOrder(List.of(valued.part(), new Part(rest, null, valued.lacks, null)));
    }

    /**
     * Rows with a value.
     *
     * @param source where the values come from; null if they are in the rows themselves
     * @param has true of these rows
     * @param lacks true of all others
     * @param ranges where their values are indexed by ranges of keys, the ranges there are
     */
    public record Valued(
            @Nullable Source source,
            Keyset<?> order,
            Condition has,
            Condition lacks,
            @Nullable KeyRanges ranges) {

        public Valued(@Nullable Source source, Keyset<?> order, Condition has, Condition lacks) {
            this(source, order, has, lacks, null);
        }

        private Part part() {
            return new Part(order, source, has, ranges);
        }
    }

    /**
     * A table of values to be joined, which leads: it is small, or sorted by an index.
     *
     * @param key the row of the list that a value belongs to
     * @param sorted whether it is sorted before rows are looked up, because no index has its order
     */
    public record Source(Table<?> table, Field<Long> key, boolean sorted) {

        /** A query, sorted by an index. */
        public Source(Table<?> table, Field<Long> key) {
            this(table, key, false);
        }

        /** In this order, if that spares PostgreSQL to look up rows that nobody asked for. */
        public Table<?> in(Keyset<?> order) {
            return sorted
                    ? DSL.select().from(table).orderBy(order.order()).asTable(table.getName())
                    : table;
        }
    }

    /**
     * Some rows of a list in one order.
     *
     * @param source where the values come from; null if they are in the rows themselves
     * @param where true of these rows
     * @param ranges where their values are indexed by ranges of keys, the ranges there are
     */
    public record Part(
            Keyset<?> order, @Nullable Source source, Condition where, @Nullable KeyRanges ranges) {

        private Part between(
                ConnectionRange range, @Nullable String after, @Nullable String before) {
            return new Part(
                    order.of(range), source, where.and(order.between(after, before)), ranges);
        }
    }

    /** Builds the query of one part of the list, of which so many rows are wanted. */
    @FunctionalInterface
    public interface Query {

        SelectOrderByStep<Record> of(Part part, int rows);
    }

    /** In the opposite order if the range is read backwards. */
    public <R> Page<Listed<R>> page(
            Query query, ConnectionRange range, Function<Record, R> mapper) {
        int first = range.after() == null ? 0 : partOf(range.after());
        int last = range.before() == null ? parts.size() - 1 : partOf(range.before());
        List<Listed<R>> rows = new ArrayList<>();
        for (int step = 0; step <= last - first && rows.size() <= range.limit(); step++) {
            int place = range.backwards() ? last - step : first + step;
            String after = place == first ? range.after() : null;
            String before = place == last ? range.before() : null;
            Part part = parts.get(place).between(range, after, before);
            int wanted = range.limit() + 1 - rows.size();
            rows.addAll(part.order.first(query.of(part, wanted), wanted, mapper));
        }
        return Page.of(rows, range.limit());
    }

    /** The kind of a cursor tells. */
    private int partOf(String cursor) {
        return parts.size() > 1 && Cursor.isOf(parts.getLast().order.kind(), cursor) ? 1 : 0;
    }
}
