package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.PROJECTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.max;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.project.ProjectRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Deletes projects, and many traces of a project. */
@Service
public class ProjectRemovals {

    private final Database database;
    private final TraceJobs jobs;
    private final JobEnd ends;
    private final ProjectRegistry registry;
    private final ProjectChanges changes;
    private final AuditLog audit;
    private final InstantSource clock;

    ProjectRemovals(
            Database database,
            TraceJobs jobs,
            JobEnd ends,
            ProjectRegistry registry,
            ProjectChanges changes,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.jobs = jobs;
        this.ends = ends;
        this.registry = registry;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * From the commit on nobody sees the project, and its name is free: spans that come now begin
     * another one.
     */
    void delete(Project project, Caller caller) {
        if (project.name().equals(ProjectRegistry.DEFAULT_PROJECT)) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN,
                    "the project default cannot be deleted; clear it, or delete its traces");
        }
        long job = jobs.nextKey();
        database.transaction(
                transaction -> {
                    int renamed =
                            transaction
                                    .update(PROJECTS)
                                    .set(PROJECTS.NAME, "deleted " + UUID.randomUUID())
                                    .set(PROJECTS.DELETED_AT_NS, Nanos.of(clock.instant()))
                                    .where(
                                            PROJECTS.ID.eq(project.key()),
                                            PROJECTS.DELETED_AT_NS.isNull())
                                    .execute();
                    if (renamed == 0) {
                        throw ApiException.notFound(
                                "no project has the id or name " + project.name());
                    }
                    jobs.wholeProject(transaction, job, project.key());
                    audit.record(
                            transaction,
                            caller.did(
                                    "project.delete", project.name(), Map.of("id", project.id())));
                    return renamed;
                });
        registry.forget();
        changes.changed(project.key(), clock.instant());
        ends.await(List.of(job));
    }

    /** Deletes the traces that start in a range, of those there are now. */
    void traces(Project project, TraceRange range, Caller caller) {
        long job = jobs.nextKey();
        database.transaction(
                transaction -> {
                    TraceRange stored = range.until(lastKey(transaction));
                    jobs.project(transaction, job, project.key(), stored);
                    audit.record(
                            transaction,
                            caller.did(
                                    "project.clear",
                                    project.name(),
                                    Map.of("id", project.id(), "traces", range.toString())));
                    return job;
                });
        ends.await(List.of(job));
    }

    /**
     * Has traces deleted that a policy keeps no longer.
     *
     * @param jobKey of {@link #nextKey}
     */
    public void purge(
            DSLContext transaction,
            long jobKey,
            long projectKey,
            String projectName,
            TraceRange range,
            long policyKey,
            String policyName) {
        jobs.purge(
                transaction,
                jobKey,
                projectKey,
                range.until(lastKey(transaction)),
                new TraceJobs.Purge(policyKey, policyName, projectName));
    }

    public long nextKey() {
        return jobs.nextKey();
    }

    /** To be called after the transaction of {@link #purge}. */
    public void purgesCreated() {
        jobs.created();
    }

    private static long lastKey(DSLContext transaction) {
        return Objects.requireNonNullElse(
                transaction.select(max(TRACES.ID)).from(TRACES).fetchSingle().value1(), 0L);
    }
}
