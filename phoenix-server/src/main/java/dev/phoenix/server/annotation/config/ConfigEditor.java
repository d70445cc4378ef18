package dev.phoenix.server.annotation.config;

import static dev.phoenix.server.db.jooq.Tables.ANNOTATION_CONFIGS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_ANNOTATION_CONFIGS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Creates, changes and deletes annotation configs, and says which of them a project offers. */
@Service
class ConfigEditor {

    /** The name of free remarks, which no config describes. */
    private static final String NOTE = "note";

    private final Database database;
    private final KeyAllocator keys;

    ConfigEditor(Database database, KeyAllocator keys) {
        this.database = database;
        this.keys = keys;
    }

    /** A config that a project is to offer, or to offer no longer. */
    record Assignment(long project, long config) {}

    AnnotationConfig create(Definition definition) {
        checkName(definition);
        long key = keys.reserve("annotation_configs", 1);
        return database.transaction(
                transaction -> {
                    int created =
                            transaction
                                    .insertInto(ANNOTATION_CONFIGS)
                                    .set(ANNOTATION_CONFIGS.ID, key)
                                    .set(ConfigRow.values(definition))
                                    .onConflict(ANNOTATION_CONFIGS.NAME)
                                    .doNothing()
                                    .execute();
                    if (created == 0) {
                        throw taken(definition);
                    }
                    return new AnnotationConfig(key, definition);
                });
    }

    /** Replaces all of it; the type may be another one. Empty if there is no such config. */
    Optional<AnnotationConfig> update(long key, Definition definition) {
        checkName(definition);
        return database.replaying(
                transaction -> {
                    if (transaction.fetchExists(
                            ANNOTATION_CONFIGS,
                            ANNOTATION_CONFIGS
                                    .NAME
                                    .eq(definition.name())
                                    .and(ANNOTATION_CONFIGS.ID.ne(key)))) {
                        throw taken(definition);
                    }
                    int updated =
                            transaction
                                    .update(ANNOTATION_CONFIGS)
                                    .set(ConfigRow.values(definition))
                                    .where(ANNOTATION_CONFIGS.ID.eq(key))
                                    .execute();
                    return updated == 0
                            ? Optional.empty()
                            : Optional.of(new AnnotationConfig(key, definition));
                });
    }

    /** What they were; those that are not there are left out. */
    List<AnnotationConfig> delete(Collection<Long> doomed) {
        return database.transaction(
                transaction ->
                        transaction
                                .deleteFrom(ANNOTATION_CONFIGS)
                                .where(ANNOTATION_CONFIGS.ID.in(doomed))
                                .returning()
                                .fetch(ConfigRow::read)
                                .stream()
                                .sorted(Comparator.comparingLong(AnnotationConfig::key).reversed())
                                .toList());
    }

    /** The project offers these and no others. */
    void set(long project, Set<Long> configs) {
        database.replaying(
                transaction -> {
                    transaction
                            .deleteFrom(PROJECT_ANNOTATION_CONFIGS)
                            .where(PROJECT_ANNOTATION_CONFIGS.PROJECT_ID.eq(project))
                            .execute();
                    configs.forEach(config -> assign(transaction, new Assignment(project, config)));
                    return configs;
                });
    }

    void assign(Collection<Assignment> assignments) {
        database.replaying(
                transaction -> {
                    assignments.forEach(assignment -> assign(transaction, assignment));
                    return assignments;
                });
    }

    private static void assign(DSLContext transaction, Assignment assignment) {
        transaction
                .insertInto(PROJECT_ANNOTATION_CONFIGS)
                .set(PROJECT_ANNOTATION_CONFIGS.PROJECT_ID, assignment.project)
                .set(PROJECT_ANNOTATION_CONFIGS.CONFIG_ID, assignment.config)
                .onConflictDoNothing()
                .execute();
    }

    void unassign(Collection<Assignment> assignments) {
        database.transaction(
                transaction -> {
                    for (Assignment assignment : assignments) {
                        transaction
                                .deleteFrom(PROJECT_ANNOTATION_CONFIGS)
                                .where(
                                        PROJECT_ANNOTATION_CONFIGS.PROJECT_ID.eq(
                                                assignment.project),
                                        PROJECT_ANNOTATION_CONFIGS.CONFIG_ID.eq(assignment.config))
                                .execute();
                    }
                    return assignments;
                });
    }

    private static void checkName(Definition definition) {
        if (definition.name().equals(NOTE)) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "the name note is reserved for notes; choose another name");
        }
    }

    private static ApiException taken(Definition definition) {
        return new ApiException(
                HttpStatus.CONFLICT,
                "an annotation config named %s exists already; change that one or choose another name"
                        .formatted(definition.name()));
    }
}
