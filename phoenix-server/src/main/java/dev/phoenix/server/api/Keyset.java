package dev.phoenix.server.api;

import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectLimitStep;
import org.jooq.SelectOrderByStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The order of a list by a value and then by key, and how to continue it from a cursor. */
public record Keyset<T>(Field<T> value, Field<Long> key, SortKey kind, boolean descending) {

    /** The sort value, to be selected with each row. */
    public Field<T> selected() {
        return value.as("sort_value");
    }

    public List<OrderField<?>> order() {
        return descending ? List.of(value.desc(), key.desc()) : List.of(value.asc(), key.asc());
    }

    /** Runs a query that selects {@link #selected()} and the key. */
    public <R> Page<Listed<R>> page(
            SelectOrderByStep<Record> query, int limit, Function<Record, R> mapper) {
        SelectLimitStep<Record> sorted = query.orderBy(order());
        return Page.of(sorted.limit(limit + 1).fetch(row -> listed(row, mapper)), limit);
    }

    /** Likewise, but only the first rows. */
    public <R> List<Listed<R>> first(
            SelectOrderByStep<Record> query, int rows, Function<Record, R> mapper) {
        SelectLimitStep<Record> sorted = query.orderBy(order());
        return sorted.limit(rows).fetch(row -> listed(row, mapper));
    }

    /** Runs a query that selects {@link #selected()} and the key, for the rows of a range. */
    public <R> Connection<R> connection(
            SelectConditionStep<Record> query, ConnectionRange range, Function<Record, R> mapper) {
        return range.connection(
                of(range)
                        .page(
                                query.and(between(range.after(), range.before())),
                                range.limit(),
                                mapper));
    }

    /** In which order the rows of a range are read. */
    public Keyset<T> of(ConnectionRange range) {
        return range.backwards() ? reversed() : this;
    }

    /** The rows between two cursors, either of which may be missing. */
    public Condition between(@Nullable String after, @Nullable String before) {
        Condition from = after == null ? DSL.noCondition() : after(after);
        Condition to = before == null ? DSL.noCondition() : reversed().after(before);
        return from.and(to);
    }

    /** The cursor of a row with {@link #selected()} and the key. */
    public String cursor(Record row) {
        return new Cursor(row.get(key), kind, row.get(selected())).encode();
    }

    public <R> Listed<R> listed(Record row, Function<Record, R> mapper) {
        return new Listed<>(mapper.apply(row), cursor(row));
    }

    private Keyset<T> reversed() {
        return new Keyset<>(value, key, kind, !descending);
    }

    /** The rows that follow the cursor's row. */
    public Condition after(String cursor) {
        Cursor place = Cursor.parse(cursor, kind);
        T bound = bound(place);
        Condition later =
                descending
                        ? value.lt(bound).or(key.lt(place.key()))
                        : value.gt(bound).or(key.gt(place.key()));
        return reached(bound).and(later);
    }

    /** The cursor's row and those that follow it. */
    public Condition from(String cursor) {
        Cursor place = Cursor.parse(cursor, kind);
        T bound = bound(place);
        Condition later =
                descending
                        ? value.lt(bound).or(key.le(place.key()))
                        : value.gt(bound).or(key.ge(place.key()));
        return reached(bound).and(later);
    }

    /** The cursor's row and those that precede it. */
    public Condition upTo(String cursor) {
        return reversed().from(cursor);
    }

    /** Implied by the rest, but it is what lets an index start at the cursor. */
    private Condition reached(T bound) {
        return descending ? value.le(bound) : value.ge(bound);
    }

    private T bound(Cursor place) {
        return value.getDataType().convert(place.value());
    }
}
