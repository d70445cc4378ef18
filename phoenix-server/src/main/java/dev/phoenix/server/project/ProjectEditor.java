package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECTS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Creates projects and changes what people see of them. */
@Service
class ProjectEditor {

    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    /** What the writer of spans would shorten. */
    private static final int LONGEST_NAME = 800;

    private final Database database;
    private final KeyAllocator keys;
    private final ProjectChanges changes;
    private final AuditLog audit;
    private final InstantSource clock;

    ProjectEditor(
            Database database,
            KeyAllocator keys,
            ProjectChanges changes,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** What people decide about a project; null leaves it as it is. */
    record Looks(
            @Nullable String description,
            @Nullable String gradientStartColor,
            @Nullable String gradientEndColor) {

        Looks {
            check("gradientStartColor", gradientStartColor);
            check("gradientEndColor", gradientEndColor);
        }

        /** What was decided, as the audit log tells it. */
        private Map<String, String> details(long key) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("id", Project.id(key));
            note(details, "description", description);
            note(details, "gradient_start_color", gradientStartColor);
            note(details, "gradient_end_color", gradientEndColor);
            return details;
        }

        private static void note(Map<String, String> details, String name, @Nullable String value) {
            if (value != null) {
                details.put(name, value);
            }
        }

        private static void check(String name, @Nullable String color) {
            if (color != null && !COLOR.matcher(color).matches()) {
                throw ApiException.badRequest(
                        "%s must be a colour like #5bdbff, was %s".formatted(name, color));
            }
        }
    }

    Project create(String name, Looks looks, Caller caller) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw ApiException.unprocessable(
                    "name must have 1..%d characters, not only white space and no NUL, had %d"
                            .formatted(LONGEST_NAME, name.length()));
        }
        long key = keys.reserve("projects", 1);
        boolean created =
                database.transaction(
                        transaction -> {
                            boolean isNew = insert(transaction, key, name, looks);
                            if (isNew) {
                                audit.record(
                                        transaction,
                                        caller.did("project.create", name, looks.details(key)));
                            }
                            return isNew;
                        });
        if (!created) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "a project named %s exists already; use that one or choose another name"
                            .formatted(name));
        }
        return changed(key);
    }

    private boolean insert(DSLContext transaction, long key, String name, Looks looks) {
        ProjectGradient gradient = ProjectGradient.any();
        long nowNs = Nanos.of(clock.instant());
        return transaction
                        .insertInto(PROJECTS)
                        .set(PROJECTS.ID, key)
                        .set(PROJECTS.NAME, name)
                        .set(PROJECTS.DESCRIPTION, looks.description)
                        .set(
                                PROJECTS.GRADIENT_START_COLOR,
                                Objects.requireNonNullElse(
                                        looks.gradientStartColor, gradient.start()))
                        .set(
                                PROJECTS.GRADIENT_END_COLOR,
                                Objects.requireNonNullElse(looks.gradientEndColor, gradient.end()))
                        .set(PROJECTS.CREATED_AT_NS, nowNs)
                        .set(PROJECTS.UPDATED_AT_NS, nowNs)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    Project update(Project project, Looks looks, Caller caller) {
        database.transaction(
                transaction -> {
                    int updated =
                            transaction
                                    .update(PROJECTS)
                                    .set(
                                            PROJECTS.DESCRIPTION,
                                            kept(looks.description, project.description()))
                                    .set(
                                            PROJECTS.GRADIENT_START_COLOR,
                                            kept(
                                                    looks.gradientStartColor,
                                                    project.gradientStartColor()))
                                    .set(
                                            PROJECTS.GRADIENT_END_COLOR,
                                            kept(
                                                    looks.gradientEndColor,
                                                    project.gradientEndColor()))
                                    .set(PROJECTS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                                    .where(PROJECTS.ID.eq(project.key()))
                                    .execute();
                    if (updated == 1) {
                        audit.record(
                                transaction,
                                caller.did(
                                        "project.update",
                                        project.name(),
                                        looks.details(project.key())));
                    }
                    return updated;
                });
        return changed(project.key());
    }

    private static @Nullable String kept(@Nullable String wanted, @Nullable String before) {
        return wanted == null ? before : wanted;
    }

    private Project changed(long key) {
        changes.changed(key, clock.instant());
        return database.transaction(
                transaction ->
                        transaction
                                .selectFrom(PROJECTS)
                                .where(PROJECTS.ID.eq(key))
                                .fetchOptional(ProjectReader::project)
                                .orElseThrow(
                                        () ->
                                                ApiException.notFound(
                                                        "no project has the id "
                                                                + Project.id(key))));
    }
}
