package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.PENDING_ANNOTATIONS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.RowN;
import org.jooq.SelectForUpdateStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The annotations that wait for what they annotate. They are stored, so they survive the server.
 */
@Component
class PendingAnnotations {

    /** As long as the product this server is compatible with tries: 60 times in 10 seconds each. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int MAX_ROWS = 500;

    private static final List<Field<?>> CONTENT =
            List.of(
                    PENDING_ANNOTATIONS.ANNOTATOR_KIND,
                    PENDING_ANNOTATIONS.LABEL,
                    PENDING_ANNOTATIONS.SCORE,
                    PENDING_ANNOTATIONS.EXPLANATION,
                    PENDING_ANNOTATIONS.METADATA,
                    PENDING_ANNOTATIONS.SOURCE,
                    PENDING_ANNOTATIONS.USER_ID,
                    PENDING_ANNOTATIONS.BYTES);

    private final Engine engine;

    PendingAnnotations(Database database) {
        this.engine = database.engine();
    }

    /** An annotation that waits, without what it says. */
    record Waiting(long key, Target target, String targetId, long bytes) {}

    /** The whole of an annotation that waits. */
    record Pending(long key, Target target, Draft draft, long receivedAtNs) {}

    /** Stores drafts of different slots; what waits for a slot already is replaced. */
    void put(
            DSLContext database,
            Target target,
            List<Draft> drafts,
            long firstKey,
            long receivedAtNs,
            Author author) {
        refuseForeign(database, target, drafts, author);
        List<RowN> rows = new ArrayList<>();
        drafts.forEach(
                draft -> rows.add(values(firstKey + rows.size(), target, draft, receivedAtNs)));
        for (int from = 0; from < rows.size(); from += MAX_ROWS) {
            upsert(database, rows.subList(from, Math.min(from + MAX_ROWS, rows.size())));
        }
    }

    private static void refuseForeign(
            DSLContext database, Target target, List<Draft> drafts, Author author) {
        if (author.mayChangeAll()) {
            return;
        }
        for (int from = 0; from < drafts.size(); from += MAX_ROWS) {
            List<Draft> part = drafts.subList(from, Math.min(from + MAX_ROWS, drafts.size()));
            Set<Slot<String>> slots = part.stream().map(Draft::slot).collect(Collectors.toSet());
            database
                    .selectFrom(PENDING_ANNOTATIONS)
                    .where(
                            PENDING_ANNOTATIONS.TARGET.eq(target.name()),
                            PENDING_ANNOTATIONS.TARGET_ID.in(
                                    part.stream().map(Draft::targetId).distinct().toList()),
                            PENDING_ANNOTATIONS.USER_ID.ne(author.userId()))
                    .fetch(row -> pending(row).draft().slot())
                    .stream()
                    .filter(slots::contains)
                    .findFirst()
                    .ifPresent(slot -> author.refuse(slot.name(), slot.identifier()));
        }
    }

    private static void upsert(DSLContext database, List<RowN> rows) {
        Map<Field<?>, Field<?>> changes = new HashMap<>();
        CONTENT.forEach(column -> changes.put(column, excluded(column)));
        for (var time :
                List.of(PENDING_ANNOTATIONS.RECEIVED_AT_NS, PENDING_ANNOTATIONS.EXPIRES_AT_NS)) {
            changes.put(time, greatest(time, excluded(time)));
        }
        database.insertInto(PENDING_ANNOTATIONS)
                .columns(columns())
                .valuesOfRows(rows)
                .onConflict(
                        PENDING_ANNOTATIONS.TARGET,
                        PENDING_ANNOTATIONS.TARGET_ID,
                        PENDING_ANNOTATIONS.DOCUMENT_POSITION,
                        PENDING_ANNOTATIONS.NAME,
                        PENDING_ANNOTATIONS.IDENTIFIER)
                .doUpdate()
                .set(changes)
                .execute();
    }

    /** In the order of their keys, after one of them. */
    List<Waiting> after(DSLContext database, long key, int limit) {
        return database.select(
                        PENDING_ANNOTATIONS.ID,
                        PENDING_ANNOTATIONS.TARGET,
                        PENDING_ANNOTATIONS.TARGET_ID,
                        PENDING_ANNOTATIONS.BYTES)
                .from(PENDING_ANNOTATIONS)
                .where(PENDING_ANNOTATIONS.ID.gt(key))
                .orderBy(PENDING_ANNOTATIONS.ID)
                .limit(limit)
                .fetch(PendingAnnotations::waiting);
    }

    /** Locks those of the rows that no other server works on. */
    List<Pending> claim(DSLContext database, Collection<Long> keys) {
        return claiming(
                        database.selectFrom(PENDING_ANNOTATIONS)
                                .where(PENDING_ANNOTATIONS.ID.in(keys))
                                .orderBy(PENDING_ANNOTATIONS.ID)
                                .limit(keys.size()))
                .fetch(PendingAnnotations::pending);
    }

    /** Locks some of the rows whose window ended before a time. */
    List<Pending> claimExpired(DSLContext database, long beforeNs, int limit) {
        Condition expired = PENDING_ANNOTATIONS.EXPIRES_AT_NS.lt(beforeNs);
        return claiming(database.selectFrom(PENDING_ANNOTATIONS).where(expired).limit(limit))
                .fetch(PendingAnnotations::pending);
    }

    void remove(DSLContext database, Collection<Long> keys) {
        database.deleteFrom(PENDING_ANNOTATIONS).where(PENDING_ANNOTATIONS.ID.in(keys)).execute();
    }

    /** Lets everything wait at least until a time. */
    void extend(DSLContext database, long untilNs) {
        database.update(PENDING_ANNOTATIONS)
                .set(PENDING_ANNOTATIONS.EXPIRES_AT_NS, untilNs)
                .where(PENDING_ANNOTATIONS.EXPIRES_AT_NS.lt(untilNs))
                .execute();
    }

    /** SQLite has one writer; there is nobody to lock rows against. */
    private ResultQuery<Record> claiming(SelectForUpdateStep<Record> rows) {
        return engine == Engine.POSTGRESQL ? rows.forUpdate().skipLocked() : rows;
    }

    private static List<Field<?>> columns() {
        List<Field<?>> columns =
                new ArrayList<>(
                        List.of(
                                PENDING_ANNOTATIONS.ID,
                                PENDING_ANNOTATIONS.TARGET,
                                PENDING_ANNOTATIONS.TARGET_ID,
                                PENDING_ANNOTATIONS.DOCUMENT_POSITION,
                                PENDING_ANNOTATIONS.NAME,
                                PENDING_ANNOTATIONS.IDENTIFIER));
        columns.addAll(CONTENT);
        columns.add(PENDING_ANNOTATIONS.RECEIVED_AT_NS);
        columns.add(PENDING_ANNOTATIONS.EXPIRES_AT_NS);
        return columns;
    }

    private static RowN values(long key, Target target, Draft draft, long receivedAtNs) {
        Content content = draft.content();
        return DSL.row(
                new @Nullable Object[] {
                    key,
                    target.name(),
                    draft.targetId(),
                    draft.position(),
                    content.name(),
                    content.identifier(),
                    content.annotatorKind().name(),
                    content.label(),
                    content.score(),
                    content.explanation(),
                    content.metadata(),
                    content.source().name(),
                    content.userId(),
                    draft.bytes(),
                    receivedAtNs,
                    receivedAtNs + WINDOW.toNanos()
                });
    }

    private static Waiting waiting(Record row) {
        return new Waiting(
                row.get(PENDING_ANNOTATIONS.ID),
                Target.valueOf(row.get(PENDING_ANNOTATIONS.TARGET)),
                row.get(PENDING_ANNOTATIONS.TARGET_ID),
                row.get(PENDING_ANNOTATIONS.BYTES));
    }

    private static Pending pending(Record row) {
        Content content =
                new Content(
                        row.get(PENDING_ANNOTATIONS.NAME),
                        row.get(PENDING_ANNOTATIONS.IDENTIFIER),
                        AnnotatorKind.valueOf(row.get(PENDING_ANNOTATIONS.ANNOTATOR_KIND)),
                        row.get(PENDING_ANNOTATIONS.LABEL),
                        row.get(PENDING_ANNOTATIONS.SCORE),
                        row.get(PENDING_ANNOTATIONS.EXPLANATION),
                        row.get(PENDING_ANNOTATIONS.METADATA),
                        AnnotationSource.valueOf(row.get(PENDING_ANNOTATIONS.SOURCE)),
                        row.get(PENDING_ANNOTATIONS.USER_ID));
        return new Pending(
                row.get(PENDING_ANNOTATIONS.ID),
                Target.valueOf(row.get(PENDING_ANNOTATIONS.TARGET)),
                new Draft(
                        row.get(PENDING_ANNOTATIONS.TARGET_ID),
                        row.get(PENDING_ANNOTATIONS.DOCUMENT_POSITION),
                        content),
                row.get(PENDING_ANNOTATIONS.RECEIVED_AT_NS));
    }
}
