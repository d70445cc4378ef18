package dev.phoenix.server.annotation.config;

import static dev.phoenix.server.db.jooq.Tables.ANNOTATION_CONFIGS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_ANNOTATION_CONFIGS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.project.Project;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    private final AuditLog audit;

    ConfigEditor(Database database, KeyAllocator keys, AuditLog audit) {
        this.database = database;
        this.keys = keys;
        this.audit = audit;
    }

    /** A config that a project is to offer, or to offer no longer. */
    record Assignment(Project project, AnnotationConfig config) {}

    AnnotationConfig create(Definition definition, Caller caller) {
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
                    return recorded(
                            transaction, "create", new AnnotationConfig(key, definition), caller);
                });
    }

    /** Replaces all of it; the type may be another one. Empty if there is no such config. */
    Optional<AnnotationConfig> update(long key, Definition definition, Caller caller) {
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
                            : Optional.of(
                                    recorded(
                                            transaction,
                                            "update",
                                            new AnnotationConfig(key, definition),
                                            caller));
                });
    }

    /** What they were; those that are not there are left out. */
    List<AnnotationConfig> delete(Collection<Long> doomed, Caller caller) {
        return database.transaction(
                transaction ->
                        transaction
                                .deleteFrom(ANNOTATION_CONFIGS)
                                .where(ANNOTATION_CONFIGS.ID.in(doomed))
                                .returning()
                                .fetch(ConfigRow::read)
                                .stream()
                                .sorted(Comparator.comparingLong(AnnotationConfig::key).reversed())
                                .map(config -> recorded(transaction, "delete", config, caller))
                                .toList());
    }

    /** The project offers these and no others. */
    void set(Project project, List<AnnotationConfig> configs, Caller caller) {
        database.replaying(
                transaction -> {
                    transaction
                            .deleteFrom(PROJECT_ANNOTATION_CONFIGS)
                            .where(PROJECT_ANNOTATION_CONFIGS.PROJECT_ID.eq(project.key()))
                            .execute();
                    configs.forEach(config -> assign(transaction, new Assignment(project, config)));
                    String names =
                            configs.stream()
                                    .map(config -> config.definition().name())
                                    .collect(Collectors.joining(", "));
                    audit.record(
                            transaction,
                            caller.did(
                                    "annotation_config.assign",
                                    project.name(),
                                    Map.of("only", names)));
                    return configs;
                });
    }

    void assign(Collection<Assignment> assignments, Caller caller) {
        database.replaying(
                transaction -> {
                    for (Assignment assignment : assignments) {
                        assign(transaction, assignment);
                        record(transaction, "assign", assignment, caller);
                    }
                    return assignments;
                });
    }

    private static void assign(DSLContext transaction, Assignment assignment) {
        transaction
                .insertInto(PROJECT_ANNOTATION_CONFIGS)
                .set(PROJECT_ANNOTATION_CONFIGS.PROJECT_ID, assignment.project.key())
                .set(PROJECT_ANNOTATION_CONFIGS.CONFIG_ID, assignment.config.key())
                .onConflictDoNothing()
                .execute();
    }

    void unassign(Collection<Assignment> assignments, Caller caller) {
        database.transaction(
                transaction -> {
                    for (Assignment assignment : assignments) {
                        transaction
                                .deleteFrom(PROJECT_ANNOTATION_CONFIGS)
                                .where(
                                        PROJECT_ANNOTATION_CONFIGS.PROJECT_ID.eq(
                                                assignment.project.key()),
                                        PROJECT_ANNOTATION_CONFIGS.CONFIG_ID.eq(
                                                assignment.config.key()))
                                .execute();
                        record(transaction, "unassign", assignment, caller);
                    }
                    return assignments;
                });
    }

    private AnnotationConfig recorded(
            DSLContext transaction, String verb, AnnotationConfig config, Caller caller) {
        Definition definition = config.definition();
        audit.record(
                transaction,
                caller.did(
                        "annotation_config." + verb,
                        definition.name(),
                        Map.of("id", config.id(), "type", definition.type().name())));
        return config;
    }

    private void record(DSLContext transaction, String verb, Assignment assignment, Caller caller) {
        audit.record(
                transaction,
                caller.did(
                        "annotation_config." + verb,
                        assignment.project.name(),
                        Map.of("config", assignment.config.definition().name())));
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
