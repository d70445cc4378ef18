package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Finds and lists annotations. */
@Service
class AnnotationReader {

    private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};
    private static final Field<String> TARGET_ID = DSL.field(DSL.name("target_id"), String.class);

    private final DSLContext database;
    private final Targets targets;
    private final JsonMapper json;

    AnnotationReader(Database database, Targets targets, JsonMapper json) {
        this.json = json;
        this.database = database.read();
        this.targets = targets;
    }

    /** What is asked for; null where anything will do. */
    record Filter(
            @Nullable Set<String> targetIds,
            @Nullable Set<String> identifiers,
            @Nullable List<String> names,
            @Nullable List<String> otherNames) {}

    /** An annotation and the id of what it is about. */
    record Listed(Annotation annotation, String targetId) {}

    /** Newest first, from the annotation with this key on. */
    Page<Listed> newest(
            Target target, long projectKey, Filter filter, @Nullable Long from, int limit) {
        Condition wanted = targets.of(target).inProject(target.key(), projectKey);
        if (filter.targetIds != null) {
            Set<Long> keys = keysInProject(target, projectKey, filter.targetIds);
            if (keys.isEmpty() && filter.identifiers == null) {
                throw ApiException.notFound(
                        "the project has no %s with one of these ids".formatted(target.noun()));
            }
            wanted = target.key().in(keys);
        }
        Field<Long> key = target.column(SPAN_ANNOTATIONS.ID);
        return Page.of(
                database.select(columns(target))
                        .select(targets.of(target).idOf(target.key()).as(TARGET_ID))
                        .from(target.table())
                        .where(wanted, condition(target, filter))
                        .and(from == null ? DSL.noCondition() : key.le(from))
                        .orderBy(key.desc())
                        .limit(limit + 1)
                        .fetch(row -> new Listed(annotation(target, row), row.get(TARGET_ID))),
                limit);
    }

    /** All annotations of some targets, newest first. */
    List<Annotation> of(Target target, Collection<Long> targetKeys) {
        return database.select(columns(target))
                .from(target.table())
                .where(target.key().in(targetKeys))
                .orderBy(target.column(SPAN_ANNOTATIONS.ID).desc())
                .fetch(row -> annotation(target, row));
    }

    /** In this order; unknown keys are left out. */
    List<Annotation> byKeys(Target target, Collection<Long> keys) {
        return byKeys(database, target, keys);
    }

    List<Annotation> byKeys(DSLContext context, Target target, Collection<Long> keys) {
        Field<Long> key = target.column(SPAN_ANNOTATIONS.ID);
        Map<Long, Annotation> found =
                context.select(columns(target))
                        .from(target.table())
                        .where(key.in(keys))
                        .fetchMap(key, row -> annotation(target, row));
        return keys.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    Optional<Annotation> find(Target target, long key) {
        return database.select(columns(target))
                .from(target.table())
                .where(target.column(SPAN_ANNOTATIONS.ID).eq(key))
                .fetchOptional(row -> annotation(target, row));
    }

    private Set<Long> keysInProject(Target target, long projectKey, Set<String> ids) {
        return targets.findIds(database, target, ids).values().stream()
                .filter(found -> found.projectKey() == projectKey)
                .map(found -> found.key())
                .collect(Collectors.toSet());
    }

    private static Condition condition(Target target, Filter filter) {
        Field<String> name = target.column(SPAN_ANNOTATIONS.NAME);
        Condition condition = DSL.noCondition();
        if (filter.identifiers != null) {
            condition =
                    condition.and(
                            target.column(SPAN_ANNOTATIONS.IDENTIFIER).in(filter.identifiers));
        }
        if (filter.names != null) {
            condition = condition.and(name.in(filter.names));
        }
        if (filter.otherNames != null) {
            condition = condition.and(name.notIn(filter.otherNames));
        }
        return condition;
    }

    private static List<Field<?>> columns(Target target) {
        List<Field<?>> columns = new ArrayList<>(target.slot());
        columns.addAll(
                List.of(
                        target.column(SPAN_ANNOTATIONS.ID),
                        target.column(SPAN_ANNOTATIONS.ANNOTATOR_KIND),
                        target.column(SPAN_ANNOTATIONS.LABEL),
                        target.column(SPAN_ANNOTATIONS.SCORE),
                        target.column(SPAN_ANNOTATIONS.EXPLANATION),
                        target.column(SPAN_ANNOTATIONS.METADATA),
                        target.column(SPAN_ANNOTATIONS.SOURCE),
                        target.column(SPAN_ANNOTATIONS.USER_ID),
                        target.column(SPAN_ANNOTATIONS.CREATED_AT_NS),
                        target.column(SPAN_ANNOTATIONS.UPDATED_AT_NS)));
        return columns;
    }

    private Annotation annotation(Target target, Record row) {
        Field<Integer> position = target.position();
        return new Annotation(
                target,
                row.get(target.column(SPAN_ANNOTATIONS.ID)),
                row.get(target.key()),
                position == null ? 0 : row.get(position),
                row.get(target.column(SPAN_ANNOTATIONS.NAME)),
                AnnotatorKind.valueOf(row.get(target.column(SPAN_ANNOTATIONS.ANNOTATOR_KIND))),
                row.get(target.column(SPAN_ANNOTATIONS.LABEL)),
                row.get(target.column(SPAN_ANNOTATIONS.SCORE)),
                row.get(target.column(SPAN_ANNOTATIONS.EXPLANATION)),
                json.readValue(row.get(target.column(SPAN_ANNOTATIONS.METADATA)), METADATA),
                AnnotationSource.valueOf(row.get(target.column(SPAN_ANNOTATIONS.SOURCE))),
                row.get(target.column(SPAN_ANNOTATIONS.IDENTIFIER)),
                row.get(target.column(SPAN_ANNOTATIONS.USER_ID)),
                Timestamps.instant(row.get(target.column(SPAN_ANNOTATIONS.CREATED_AT_NS))),
                Timestamps.instant(row.get(target.column(SPAN_ANNOTATIONS.UPDATED_AT_NS))));
    }
}
