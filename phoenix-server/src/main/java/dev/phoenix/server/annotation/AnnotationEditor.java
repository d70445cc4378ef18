package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Nanos;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Changes and deletes single annotations by their ids: all of a request or nothing. */
@Service
class AnnotationEditor {

    private final AnnotationTransactions transactions;
    private final AnnotationReader reader;
    private final Targets targets;
    private final AuditLog audit;
    private final InstantSource clock;

    AnnotationEditor(
            AnnotationTransactions transactions,
            AnnotationReader reader,
            Targets targets,
            AuditLog audit,
            InstantSource clock) {
        this.transactions = transactions;
        this.reader = reader;
        this.targets = targets;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether notes are meant or everything else. */
    enum Sort {
        NOTES,
        OTHERS
    }

    /**
     * What an edit found out; a failed transaction would cost its connection.
     *
     * @param problem null if everything was done
     * @param before the annotations as they were
     * @param projects which they belong to
     */
    private record Outcome(
            @Nullable ApiException problem, List<Annotation> before, Set<Long> projects) {

        static Outcome refused(ApiException problem) {
            return new Outcome(problem, List.of(), Set.of());
        }
    }

    /**
     * Replaces the content of annotations.
     *
     * @param changes by key; from what is stored to what shall be
     * @return the annotations as they are now, in the order of the keys
     */
    List<Annotation> change(
            Target target, Map<Long, Function<Annotation, Content>> changes, Author author) {
        Instant now = clock.instant();
        try {
            done(transactions.run(database -> change(database, target, changes, author, now)), now);
        } catch (IntegrityConstraintViolationException e) {
            throw taken(target, "of this name and identifier");
        }
        return reader.byKeys(target, changes.keySet());
    }

    /**
     * @return the annotations as they were, in the order of the keys
     */
    List<Annotation> delete(Target target, Sort sort, Collection<Long> keys, Caller caller) {
        Author author = Author.of(caller.principal());
        AuditEvent event = deletion(target, keys, caller);
        return done(
                transactions.run(
                        database -> {
                            Outcome outcome =
                                    find(
                                            database,
                                            target,
                                            keys,
                                            found ->
                                                    refusal(
                                                            target,
                                                            sort,
                                                            found,
                                                            author.mayDelete(found.userId()),
                                                            "only its author and admins may delete it"));
                            if (outcome.problem == null) {
                                database.deleteFrom(target.table())
                                        .where(target.column(SPAN_ANNOTATIONS.ID).in(keys))
                                        .execute();
                                audit.record(database, event);
                            }
                            return outcome;
                        }),
                clock.instant());
    }

    private static AuditEvent deletion(Target target, Collection<Long> keys, Caller caller) {
        String ids = keys.stream().map(target::id).collect(Collectors.joining(", "));
        return caller.did(
                "annotation.delete",
                keys.size() == 1 ? ids : keys.size() + " annotations",
                Map.of("of", target.noun(), "ids", ids));
    }

    private List<Annotation> done(Outcome outcome, Instant now) {
        if (outcome.problem != null) {
            throw outcome.problem;
        }
        targets.changedProjects(outcome.projects, now);
        return outcome.before;
    }

    private Outcome change(
            DSLContext database,
            Target target,
            Map<Long, Function<Annotation, Content>> changes,
            Author author,
            Instant now) {
        Outcome outcome =
                find(
                        database,
                        target,
                        changes.keySet(),
                        found ->
                                refusal(
                                        target,
                                        Sort.OTHERS,
                                        found,
                                        author.mayPatch(found.userId()),
                                        "only its author may change it"));
        if (outcome.problem != null) {
            return outcome;
        }
        Map<Long, Content> contents = new HashMap<>();
        Set<Slot<Long>> slots = new HashSet<>();
        for (Annotation annotation : outcome.before) {
            Function<Annotation, Content> change = changes.get(annotation.key());
            Content content;
            try {
                content = change == null ? annotation.content("{}") : change.apply(annotation);
                Draft.of("", content);
            } catch (ApiException e) {
                return Outcome.refused(e);
            }
            Slot<Long> slot =
                    new Slot<>(
                            annotation.targetKey(),
                            annotation.position(),
                            content.name(),
                            content.identifier());
            if (!slots.add(slot)) {
                return Outcome.refused(taken(target, slot.name()));
            }
            contents.put(annotation.key(), content);
        }
        Map<Slot<Long>, Long> others = AnnotationRows.keys(database, target, slots);
        for (Slot<Long> slot : slots) {
            Long owner = others.get(slot);
            if (owner != null && !contents.containsKey(owner)) {
                return Outcome.refused(taken(target, slot.name()));
            }
        }
        contents.forEach(
                (key, content) ->
                        AnnotationRows.replace(database, target, key, content, Nanos.of(now)));
        return outcome;
    }

    private Outcome find(
            DSLContext database,
            Target target,
            Collection<Long> keys,
            Function<Annotation, @Nullable ApiException> refusal) {
        List<Annotation> found = reader.byKeys(database, target, keys);
        if (found.size() < keys.size()) {
            Set<Long> missing = new HashSet<>(keys);
            found.forEach(annotation -> missing.remove(annotation.key()));
            return Outcome.refused(
                    ApiException.notFound(
                            "no annotation has the id "
                                    + missing.stream()
                                            .map(target::id)
                                            .collect(Collectors.joining(", "))));
        }
        for (Annotation annotation : found) {
            ApiException problem = refusal.apply(annotation);
            if (problem != null) {
                return Outcome.refused(problem);
            }
        }
        Field<Long> project = targets.of(target).projectOf(target.key());
        Set<Long> projects =
                database.selectDistinct(project)
                        .from(target.table())
                        .where(target.column(SPAN_ANNOTATIONS.ID).in(keys))
                        .fetchSet(Record1::value1);
        return new Outcome(null, found, projects);
    }

    private static @Nullable ApiException refusal(
            Target target, Sort sort, Annotation annotation, boolean permitted, String rule) {
        boolean note = target != Target.DOCUMENT && annotation.name().equals(Annotation.NOTE);
        if (note && sort == Sort.OTHERS) {
            return ApiException.badRequest(
                    "%s is a note; use the mutations of notes".formatted(annotation.id()));
        }
        if (!note && sort == Sort.NOTES) {
            return ApiException.badRequest(
                    "%s is no note; use the mutations of annotations".formatted(annotation.id()));
        }
        return permitted
                ? null
                : new ApiException(
                        HttpStatus.FORBIDDEN,
                        "at least one annotation is not associated with the current user, and nothing was done: %s was written by somebody else; %s"
                                .formatted(annotation.id(), rule));
    }

    private static ApiException taken(Target target, String name) {
        return new ApiException(
                HttpStatus.CONFLICT,
                "the %s already has an annotation %s with this identifier; choose another name or identifier"
                        .formatted(target.noun(), name));
    }
}
