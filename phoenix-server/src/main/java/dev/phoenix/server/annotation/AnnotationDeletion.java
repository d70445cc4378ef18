package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.trace.Annotatable;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    private final AuditLog audit;
    private final InstantSource clock;

    AnnotationDeletion(
            AnnotationTransactions transactions,
            Targets targets,
            ProjectChanges changes,
            AuditLog audit,
            InstantSource clock) {
        this.transactions = transactions;
        this.targets = targets;
        this.changes = changes;
        this.audit = audit;
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

        private Map<String, String> details() {
            Map<String, String> details = new LinkedHashMap<>();
            note(details, "name", name);
            note(details, "identifier", identifier);
            note(details, "annotator_kind", annotatorKind == null ? null : annotatorKind.name());
            details.put("created", shown(range));
            return details;
        }

        private static void note(Map<String, String> details, String what, @Nullable String value) {
            if (value != null) {
                details.put(what, value);
            }
        }

        private static Condition equal(Field<String> column, @Nullable String value) {
            return value == null ? DSL.noCondition() : column.eq(value);
        }
    }

    /** Of people who are no admins only what they wrote themselves. */
    void delete(Target target, Project project, Filter filter, Caller caller) {
        Author author = Author.of(caller.principal());
        Map<String, String> details = new LinkedHashMap<>(filter.details());
        details.put("written_by", author.mayChangeAll() ? "anybody" : "the caller");
        record(target, project, details, caller);
        delete(target, project, filter.condition(target).and(written(target, author)));
    }

    /**
     * Of everybody.
     *
     * @param range of the time at which what is annotated starts
     * @return how many there were
     */
    int deleteBySource(
            Target target, Project project, String name, TimeRange range, Caller caller) {
        Annotatable.Rows rows = targets.of(target).rows();
        Condition started =
                DSL.exists(
                        DSL.selectOne()
                                .from(rows.table())
                                .where(rows.key().eq(target.key()))
                                .and(range.contains(rows.start())));
        record(target, project, Map.of("name", name, "started", shown(range)), caller);
        return delete(target, project, target.column(SPAN_ANNOTATIONS.NAME).eq(name).and(started));
    }

    /** Of everybody, by the time of their creation; returns how many there were. */
    int deleteByCreation(
            Target target, Project project, String name, TimeRange range, Caller caller) {
        Filter filter = new Filter(name, null, null, range);
        record(target, project, filter.details(), caller);
        return delete(target, project, filter.condition(target));
    }

    /** Before the first part: what cannot be recorded is not done. */
    private void record(Target target, Project project, Map<String, String> which, Caller caller) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("of", target.noun());
        details.putAll(which);
        audit.record(caller.did("annotation.clear", project.name(), details));
    }

    private static String shown(TimeRange range) {
        return "%s to %s"
                .formatted(
                        Objects.requireNonNullElse(range.start(), "the first"),
                        Objects.requireNonNullElse(range.end(), "the last"));
    }

    private int delete(Target target, Project project, Condition wanted) {
        Field<Long> key = target.column(SPAN_ANNOTATIONS.ID);
        var part =
                DSL.select(key)
                        .from(target.table())
                        .where(targets.of(target).inProject(target.key(), project.key()))
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
                changes.changed(project.key(), clock.instant());
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
