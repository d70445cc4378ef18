package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.trace.Annotatable;
import java.time.InstantSource;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Deletes many annotations of a project at once. */
@Service
class AnnotationDeletion {

    /** Small enough to let other writers of SQLite in between. */
    private static final int PART = 5000;

    private final AnnotationTransactions transactions;
    private final Targets targets;
    private final ProjectChanges changes;
    private final InstantSource clock;

    AnnotationDeletion(
            AnnotationTransactions transactions,
            Targets targets,
            ProjectChanges changes,
            InstantSource clock) {
        this.transactions = transactions;
        this.targets = targets;
        this.changes = changes;
        this.clock = clock;
    }

    /** Which ones; null where anything will do. Times are those of the creation. */
    record Filter(
            @Nullable String name,
            @Nullable String identifier,
            @Nullable AnnotatorKind annotatorKind,
            TimeRange range) {

        private Condition condition(Target target) {
            return DSL.and(
                    equal(target.column(SPAN_ANNOTATIONS.NAME), name),
                    equal(target.column(SPAN_ANNOTATIONS.IDENTIFIER), identifier),
                    equal(
                            target.column(SPAN_ANNOTATIONS.ANNOTATOR_KIND),
                            annotatorKind == null ? null : annotatorKind.name()),
                    range.contains(target.column(SPAN_ANNOTATIONS.CREATED_AT_NS)));
        }

        private static Condition equal(Field<String> column, @Nullable String value) {
            return value == null ? DSL.noCondition() : column.eq(value);
        }
    }

    /** Of people who are no admins only what they wrote themselves. */
    void delete(Target target, long projectKey, Filter filter, Author author) {
        delete(target, projectKey, filter.condition(target).and(written(target, author)));
    }

    /**
     * Of everybody.
     *
     * @param range of the time at which what is annotated starts
     * @return how many there were
     */
    int deleteBySource(Target target, long projectKey, String name, TimeRange range) {
        Annotatable.Rows rows = targets.of(target).rows();
        Condition started =
                DSL.exists(
                        DSL.selectOne()
                                .from(rows.table())
                                .where(rows.key().eq(target.key()))
                                .and(range.contains(rows.start())));
        return delete(
                target, projectKey, target.column(SPAN_ANNOTATIONS.NAME).eq(name).and(started));
    }

    /** Of everybody, by the time of their creation; returns how many there were. */
    int deleteByCreation(Target target, long projectKey, String name, TimeRange range) {
        return delete(target, projectKey, new Filter(name, null, null, range).condition(target));
    }

    private int delete(Target target, long projectKey, Condition wanted) {
        Field<Long> key = target.column(SPAN_ANNOTATIONS.ID);
        var part =
                DSL.select(key)
                        .from(target.table())
                        .where(targets.of(target).inProject(target.key(), projectKey))
                        .and(wanted)
                        .limit(PART);
        int all = 0;
        int deleted;
        do {
            deleted =
                    transactions.run(
                            database ->
                                    database.deleteFrom(target.table())
                                            .where(key.in(part))
                                            .execute());
            all += deleted;
            if (deleted > 0) {
                changes.changed(projectKey, clock.instant());
            }
        } while (deleted == PART);
        return all;
    }

    private static Condition written(Target target, Author author) {
        return author.mayChangeAll()
                ? DSL.noCondition()
                : target.column(SPAN_ANNOTATIONS.USER_ID).eq(author.userId());
    }
}
