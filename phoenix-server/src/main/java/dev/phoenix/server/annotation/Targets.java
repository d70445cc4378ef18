package dev.phoenix.server.annotation;

import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.session.AnnotatableSessions;
import dev.phoenix.server.trace.Annotatable;
import dev.phoenix.server.trace.Annotatable.Found;
import dev.phoenix.server.trace.AnnotatableSpans;
import dev.phoenix.server.trace.AnnotatableTraces;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row1;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Finds what annotations are about. */
@Component
class Targets {

    private static final int MAX_IDS = 1000;

    private final AnnotatableSpans spans;
    private final AnnotatableTraces traces;
    private final AnnotatableSessions sessions;
    private final ProjectChanges changes;

    Targets(
            AnnotatableSpans spans,
            AnnotatableTraces traces,
            AnnotatableSessions sessions,
            ProjectChanges changes) {
        this.changes = changes;
        this.spans = spans;
        this.traces = traces;
        this.sessions = sessions;
    }

    Annotatable of(Target target) {
        return switch (target) {
            case SPAN, DOCUMENT -> spans;
            case TRACE -> traces;
            case SESSION -> sessions;
        };
    }

    /** What of the annotated is stored, by its id. */
    Map<String, Found> find(DSLContext database, Target target, List<Draft> drafts) {
        return findIds(database, target, drafts.stream().map(Draft::targetId).toList());
    }

    Map<String, Found> findIds(DSLContext database, Target target, Collection<String> ids) {
        Map<String, Found> found = new HashMap<>();
        List<String> distinct = ids.stream().distinct().toList();
        for (int from = 0; from < distinct.size(); from += MAX_IDS) {
            int to = Math.min(from + MAX_IDS, distinct.size());
            found.putAll(of(target).find(database, distinct.subList(from, to)));
        }
        return found;
    }

    /** Tells after the commit that annotations of these changed. */
    void changed(Collection<Found> annotated, Instant at) {
        changedProjects(annotated.stream().map(Found::projectKey).collect(Collectors.toSet()), at);
    }

    void changedProjects(Collection<Long> projectKeys, Instant at) {
        projectKeys.forEach(project -> changes.changed(project, at));
    }

    /** The ids of what has these keys; what is not stored is left out. */
    Map<Long, String> idsOf(DSLContext database, Target target, Collection<Long> keys) {
        var listed =
                DSL.values(keys.stream().map(DSL::row).toArray(Row1[]::new)).as("listed", "id");
        Field<Long> key = DSL.field(DSL.name("listed", "id"), Long.class);
        Field<String> id = of(target).idOf(key).as("target_id");
        Map<Long, String> ids = new HashMap<>();
        database.select(key, id)
                .from(listed)
                .forEach(
                        row -> {
                            if (row.value2() != null) {
                                ids.put(row.value1(), row.value2());
                            }
                        });
        return ids;
    }
}
