package dev.phoenix.server.retention;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_TRACE_RETENTION;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_TRACE_RETENTION_POLICIES;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.db.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;

/** Finds policies, and which project has which. */
@Service
class Policies {

    private final DSLContext database;
    private final Keyset<Long> oldestFirst =
            new Keyset<>(
                    PROJECT_TRACE_RETENTION_POLICIES.ID,
                    PROJECT_TRACE_RETENTION_POLICIES.ID,
                    SortKey.INTEGER,
                    false);

    Policies(Database database) {
        this.database = database.read();
    }

    Optional<ProjectTraceRetentionPolicy> find(long key) {
        return database.selectFrom(PROJECT_TRACE_RETENTION_POLICIES)
                .where(PROJECT_TRACE_RETENTION_POLICIES.ID.eq(key))
                .fetchOptional(ProjectTraceRetentionPolicy::from);
    }

    /** By global id. */
    ProjectTraceRetentionPolicy require(String id) {
        long key =
                GlobalId.keyOf(ProjectTraceRetentionPolicy.TYPE, id)
                        .orElseThrow(
                                () ->
                                        ApiException.unprocessable(
                                                "the policy must be named by the id of a"
                                                        + " ProjectTraceRetentionPolicy, was "
                                                        + id));
        return find(key)
                .orElseThrow(() -> ApiException.notFound("no retention policy has the id " + id));
    }

    Connection<ProjectTraceRetentionPolicy> list(ConnectionRange range) {
        var query =
                database.select(PROJECT_TRACE_RETENTION_POLICIES.fields())
                        .select(oldestFirst.selected())
                        .from(PROJECT_TRACE_RETENTION_POLICIES)
                        .where();
        return oldestFirst.connection(query, range, ProjectTraceRetentionPolicy::from);
    }

    /** By project; those without a policy of their own have the default. */
    Map<Long, ProjectTraceRetentionPolicy> ofProjects(Collection<Long> projects) {
        Map<Long, Long> keys =
                database.selectFrom(PROJECT_TRACE_RETENTION)
                        .where(PROJECT_TRACE_RETENTION.PROJECT_ID.in(projects))
                        .fetchMap(
                                PROJECT_TRACE_RETENTION.PROJECT_ID,
                                PROJECT_TRACE_RETENTION.POLICY_ID);
        Map<Long, ProjectTraceRetentionPolicy> policies =
                database
                        .selectFrom(PROJECT_TRACE_RETENTION_POLICIES)
                        .where(
                                PROJECT_TRACE_RETENTION_POLICIES
                                        .ID
                                        .in(keys.values())
                                        .or(
                                                PROJECT_TRACE_RETENTION_POLICIES.ID.eq(
                                                        ProjectTraceRetentionPolicy.DEFAULT)))
                        .stream()
                        .map(ProjectTraceRetentionPolicy::from)
                        .collect(
                                Collectors.toMap(
                                        ProjectTraceRetentionPolicy::key, policy -> policy));
        Map<Long, ProjectTraceRetentionPolicy> byProject = new HashMap<>();
        for (long project : projects) {
            ProjectTraceRetentionPolicy policy =
                    policies.get(keys.getOrDefault(project, ProjectTraceRetentionPolicy.DEFAULT));
            if (policy != null) {
                byProject.put(project, policy);
            }
        }
        return byProject;
    }

    /** Whether a project has this policy. */
    static Condition covers(long policy, Field<Long> projectKey) {
        var assignment =
                DSL.selectOne()
                        .from(PROJECT_TRACE_RETENTION)
                        .where(PROJECT_TRACE_RETENTION.PROJECT_ID.eq(projectKey));
        return policy == ProjectTraceRetentionPolicy.DEFAULT
                ? DSL.notExists(assignment)
                : DSL.exists(assignment.and(PROJECT_TRACE_RETENTION.POLICY_ID.eq(policy)));
    }
}
