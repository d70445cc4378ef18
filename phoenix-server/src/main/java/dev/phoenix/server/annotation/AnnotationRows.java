package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RowN;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one of the annotation tables. */
final class AnnotationRows {

    private static final int MAX_ROWS = 500;

    private static final List<TableField<?, ?>> CONTENT =
            List.of(
                    SPAN_ANNOTATIONS.ANNOTATOR_KIND,
                    SPAN_ANNOTATIONS.LABEL,
                    SPAN_ANNOTATIONS.SCORE,
                    SPAN_ANNOTATIONS.EXPLANATION,
                    SPAN_ANNOTATIONS.METADATA,
                    SPAN_ANNOTATIONS.SOURCE);

    private final Target target;
    private final Field<Long> id;
    private final Field<Long> updatedAt;
    private final Field<Long> userId;

    private AnnotationRows(Target target) {
        this.target = target;
        this.id = target.column(SPAN_ANNOTATIONS.ID);
        this.updatedAt = target.column(SPAN_ANNOTATIONS.UPDATED_AT_NS);
        this.userId = target.column(SPAN_ANNOTATIONS.USER_ID);
    }

    /** An annotation and when it was received. */
    record Row(Content content, long receivedAtNs) {}

    /**
     * Replaces what was there.
     *
     * @throws ApiException 403 if that is somebody else's, before anything is changed
     */
    static void put(
            DSLContext database,
            Target target,
            SortedMap<Slot<Long>, Row> rows,
            long firstKey,
            Author author) {
        AnnotationRows table = new AnnotationRows(target);
        table.refuseForeign(database, rows.keySet(), author);
        table.store(
                database,
                rows,
                firstKey,
                author.mayChangeAll() ? noCondition() : table.isOfTheSameAuthor());
    }

    /** Leaves what was written since the row was received, and what is somebody else's. */
    static void putIfNewer(
            DSLContext database, Target target, SortedMap<Slot<Long>, Row> rows, long firstKey) {
        AnnotationRows table = new AnnotationRows(target);
        table.store(
                database,
                rows,
                firstKey,
                excluded(table.updatedAt).gt(table.updatedAt).and(table.isOfTheSameAuthor()));
    }

    /** Writes an annotation anew, in its own or in another slot of its target. */
    static void replace(DSLContext database, Target target, long key, Content content, long nowNs) {
        AnnotationRows table = new AnnotationRows(target);
        Map<Field<?>, @Nullable Object> changes = new HashMap<>();
        changes.put(target.column(SPAN_ANNOTATIONS.NAME), content.name());
        changes.put(target.column(SPAN_ANNOTATIONS.IDENTIFIER), content.identifier());
        changes.put(target.column(SPAN_ANNOTATIONS.ANNOTATOR_KIND), content.annotatorKind().name());
        changes.put(target.column(SPAN_ANNOTATIONS.LABEL), content.label());
        changes.put(target.column(SPAN_ANNOTATIONS.SCORE), content.score());
        changes.put(target.column(SPAN_ANNOTATIONS.EXPLANATION), content.explanation());
        changes.put(target.column(SPAN_ANNOTATIONS.METADATA), content.metadata());
        changes.put(target.column(SPAN_ANNOTATIONS.SOURCE), content.source().name());
        changes.put(table.userId, content.userId());
        changes.put(table.updatedAt, greatest(table.updatedAt, inline(nowNs)));
        database.update(target.table()).set(changes).where(table.id.eq(key)).execute();
    }

    /** The keys of the annotations in these slots. */
    static Map<Slot<Long>, Long> keys(
            DSLContext database, Target target, Collection<Slot<Long>> slots) {
        AnnotationRows table = new AnnotationRows(target);
        List<Slot<Long>> all = List.copyOf(slots);
        Map<Slot<Long>, Long> keys = new HashMap<>();
        for (int from = 0; from < all.size(); from += MAX_ROWS) {
            table.addKeys(database, all.subList(from, Math.min(from + MAX_ROWS, all.size())), keys);
        }
        return keys;
    }

    private void refuseForeign(DSLContext database, Collection<Slot<Long>> slots, Author author) {
        if (author.mayChangeAll() || slots.isEmpty()) {
            return;
        }
        List<Slot<Long>> all = List.copyOf(slots);
        for (int from = 0; from < all.size(); from += MAX_ROWS) {
            List<Slot<Long>> part = all.subList(from, Math.min(from + MAX_ROWS, all.size()));
            List<Field<?>> columns = new ArrayList<>(target.slot());
            database
                    .select(columns)
                    .from(target.table())
                    .where(inSlots(part), userId.ne(author.userId()))
                    .fetch(this::slot)
                    .stream()
                    .filter(part::contains)
                    .findFirst()
                    .ifPresent(slot -> author.refuse(slot.name(), slot.identifier()));
        }
    }

    /** Nobody's may be replaced by anybody. */
    private Condition isOfTheSameAuthor() {
        return userId.isNull().or(userId.eq(excluded(userId)));
    }

    /** Those of the slots, and some more of the same targets. */
    private Condition inSlots(List<Slot<Long>> slots) {
        return target.key()
                .in(slots.stream().map(Slot::target).distinct().toList())
                .and(
                        target.column(SPAN_ANNOTATIONS.NAME)
                                .in(slots.stream().map(Slot::name).distinct().toList()));
    }

    private void addKeys(DSLContext database, List<Slot<Long>> slots, Map<Slot<Long>, Long> keys) {
        List<Field<?>> columns = new ArrayList<>(target.slot());
        columns.add(id);
        database.select(columns)
                .from(target.table())
                .where(inSlots(slots))
                .forEach(row -> keys.put(slot(row), row.get(id)));
    }

    private void store(
            DSLContext database,
            SortedMap<Slot<Long>, Row> rows,
            long firstKey,
            Condition overwrite) {
        List<RowN> values = new ArrayList<>();
        rows.forEach((slot, row) -> values.add(values(firstKey + values.size(), slot, row)));
        for (int from = 0; from < values.size(); from += MAX_ROWS) {
            List<RowN> part = values.subList(from, Math.min(from + MAX_ROWS, values.size()));
            upsert(database, part, overwrite);
        }
    }

    private void upsert(DSLContext database, List<RowN> values, Condition overwrite) {
        Map<Field<?>, Field<?>> changes = new HashMap<>();
        CONTENT.forEach(
                column -> changes.put(target.column(column), excluded(target.column(column))));
        changes.put(userId, coalesce(userId, excluded(userId)));
        // A clock that was set back must not make an annotation look older than what it replaced.
        changes.put(updatedAt, greatest(updatedAt, excluded(updatedAt)));
        database.insertInto(target.table())
                .columns(columns())
                .valuesOfRows(values)
                .onConflict(target.slot())
                .doUpdate()
                .set(changes)
                .where(overwrite)
                .execute();
    }

    private List<Field<?>> columns() {
        List<Field<?>> columns = new ArrayList<>();
        columns.add(id);
        columns.addAll(target.slot());
        CONTENT.forEach(column -> columns.add(target.column(column)));
        columns.add(userId);
        columns.add(target.column(SPAN_ANNOTATIONS.CREATED_AT_NS));
        columns.add(updatedAt);
        return columns;
    }

    private RowN values(long key, Slot<Long> slot, Row row) {
        Content content = row.content();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(key);
        values.add(slot.target());
        if (target.position() != null) {
            values.add(slot.position());
        }
        values.add(slot.name());
        values.add(slot.identifier());
        values.add(content.annotatorKind().name());
        values.add(content.label());
        values.add(content.score());
        values.add(content.explanation());
        values.add(content.metadata());
        values.add(content.source().name());
        values.add(content.userId());
        values.add(row.receivedAtNs());
        values.add(row.receivedAtNs());
        return DSL.row(values);
    }

    private Slot<Long> slot(Record row) {
        Field<Integer> position = target.position();
        return new Slot<>(
                row.get(target.key()),
                position == null ? 0 : row.get(position),
                row.get(target.column(SPAN_ANNOTATIONS.NAME)),
                row.get(target.column(SPAN_ANNOTATIONS.IDENTIFIER)));
    }
}
