package dev.phoenix.server.api;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose values are indexed by ranges of keys. SQLite writes whole pages for each commit: an
 * index by value alone has a page for almost every new row, one by range and value those of the
 * newest range only. A sorted list merges the first rows of each range.
 *
 * @param table the rows, or what they are joined from
 * @param indexed true of those that are in the index
 * @param only in which ranges to look; null for all
 */
public record KeyRanges(Table<?> table, Condition indexed, @Nullable List<Long> only) {

    /** A range is 32,768 keys; the indexes have it as {@code key >> 15}. */
    private static final int BITS = 15;

    private static final Field<Long> NUMBER = field(name("ranges", "number"), Long.class);
    private static final Field<String> FIRST = field(name("first", "value"), String.class);

    /** The key of one of the {@link #merged} rows. */
    public static final Field<Long> MERGED_KEY = field(name("valued", "row_key"), Long.class);

    /** The range of a row. */
    public static Field<Long> of(Field<Long> key) {
        return DSL.shr(key, inline(BITS));
    }

    /**
     * The first rows of all, as a table {@code valued} of {@code row_key} and {@code total}. Only
     * SQLite has such indexes, and its way to ask once for each row of a table is a table of JSON,
     * which keeps each number as it is.
     *
     * @param order by the columns of the rows
     * @param from the rows
     * @param where true of those wanted
     */
    public Table<?> merged(Keyset<?> order, Table<?> from, Condition where, int rows) {
        Field<Long> rowKey = field(name("row_key"), Long.class);
        Field<?> value = field(name("sorted"), order.value().getDataType());
        Select<?> firstOfRange =
                select(order.key().as(rowKey), order.value().as(value))
                        .from(from)
                        .where(where, of(order.key()).eq(NUMBER))
                        .orderBy(order.order())
                        .limit(inline(rows));
        Field<String> json =
                field(
                        "(SELECT json_group_array(json_array(row_key, sorted)) FROM ({0}))",
                        String.class, firstOfRange);
        Field<Long> key = field("{0} ->> 0", Long.class, FIRST);
        Field<Object> sorted = field("{0} ->> 1", Object.class, FIRST);
        return select(key.as("row_key"), sorted.as("total"))
                .from(numbers(order.key()).crossJoin(DSL.table("json_each({0})", json).as("first")))
                .orderBy(
                        order.descending() ? sorted.desc() : sorted.asc(),
                        order.descending() ? key.desc() : key.asc())
                .limit(inline(rows))
                .asTable("valued");
    }

    /** True of all that are in the index, written so that each of its ranges is searched. */
    public Condition contains(Field<Long> key) {
        return of(key).in(select(NUMBER).from(numbers(key)));
    }

    /** The ranges that have rows, each found from the one before it. */
    private Table<?> numbers(Field<Long> key) {
        if (only != null) {
            return select(field(name("value"), Long.class).as("number"))
                    .from(DSL.table("json_each({0})", DSL.val(only.toString())))
                    .asTable("ranges");
        }
        Field<Long> number = field(name("found", "number"), Long.class);
        var found =
                name("found")
                        .fields("number")
                        .as(
                                select(next(key, DSL.noCondition()))
                                        .unionAll(
                                                select(next(key, of(key).gt(number)))
                                                        .from(DSL.table(name("found")))
                                                        .where(number.isNotNull())));
        return DSL.withRecursive(found)
                .select(number.as("number"))
                .from(found)
                .where(number.isNotNull())
                .asTable("ranges");
    }

    private Field<Long> next(Field<Long> key, Condition later) {
        return field(
                select(of(key))
                        .from(table)
                        .where(indexed, later)
                        .orderBy(of(key))
                        .limit(inline(1)));
    }
}
