package dev.phoenix.server.retention;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_TRACE_RETENTION;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_TRACE_RETENTION_POLICIES;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.ApiSettings;
import dev.phoenix.server.settings.RetentionSettings;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Service;

/** Creates, changes and deletes policies, and gives them to projects. */
@Service
class PolicyEditor implements InitializingBean {

    private static final String WEEKLY = "0 0 * * 0";

    private final Database database;
    private final KeyAllocator keys;
    private final AuditLog audit;
    private final RetentionSettings settings;
    private final ApiSettings api;
    private final InstantSource clock;

    PolicyEditor(
            Database database,
            KeyAllocator keys,
            AuditLog audit,
            RetentionSettings settings,
            ApiSettings api,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.audit = audit;
        this.settings = settings;
        this.api = api;
        this.clock = clock;
    }

    /**
     * What is wanted of a policy.
     *
     * @param added projects that are to have it
     * @param removed projects that are to have the default again
     */
    record Wanted(
            String name,
            CronExpression cron,
            RetentionRule rule,
            Set<Long> added,
            Set<Long> removed) {

        Wanted {
            if (name.isBlank() || name.length() > 1000 || name.indexOf('\0') >= 0) {
                throw ApiException.unprocessable(
                        "name must have 1..1000 characters, not only white space and no NUL, had %d"
                                .formatted(name.length()));
            }
        }
    }

    /** The default policy is there from the first start on. */
    @Override
    public void afterPropertiesSet() {
        boolean missing =
                !database.read()
                        .fetchExists(
                                PROJECT_TRACE_RETENTION_POLICIES,
                                PROJECT_TRACE_RETENTION_POLICIES.ID.eq(
                                        ProjectTraceRetentionPolicy.DEFAULT));
        if (missing && !api.readOnly()) {
            Wanted wanted =
                    new Wanted(
                            "Default",
                            CronExpression.parse(WEEKLY),
                            RetentionRule.of((double) settings.defaultDays(), null),
                            Set.of(),
                            Set.of());
            database.transaction(
                    transaction -> {
                        insert(transaction, ProjectTraceRetentionPolicy.DEFAULT, wanted);
                        return wanted;
                    });
        }
    }

    long create(Wanted wanted, Caller caller) {
        long key = keys.reserve("project_trace_retention_policies", 1);
        change(
                caller.did("retention_policy.create", wanted.name, details(wanted)),
                transaction -> {
                    insert(transaction, key, wanted);
                    assign(transaction, key, wanted);
                });
        return key;
    }

    void update(ProjectTraceRetentionPolicy policy, Wanted wanted, Caller caller) {
        boolean isDefault = policy.key() == ProjectTraceRetentionPolicy.DEFAULT;
        if (isDefault && !wanted.name.equals(policy.name())) {
            throw ApiException.badRequest("the default policy cannot be renamed; leave out name");
        }
        change(
                caller.did("retention_policy.update", wanted.name, details(wanted)),
                transaction -> {
                    transaction
                            .update(PROJECT_TRACE_RETENTION_POLICIES)
                            .set(PROJECT_TRACE_RETENTION_POLICIES.NAME, wanted.name)
                            .set(
                                    PROJECT_TRACE_RETENTION_POLICIES.CRON_EXPRESSION,
                                    wanted.cron.text())
                            .set(PROJECT_TRACE_RETENTION_POLICIES.MAX_DAYS, wanted.rule.days())
                            .set(PROJECT_TRACE_RETENTION_POLICIES.MAX_COUNT, count(wanted.rule))
                            .set(PROJECT_TRACE_RETENTION_POLICIES.SWEPT_NS, sweptNs(wanted))
                            .where(PROJECT_TRACE_RETENTION_POLICIES.ID.eq(policy.key()))
                            .execute();
                    if (!isDefault) {
                        assign(transaction, policy.key(), wanted);
                    }
                });
    }

    /** Its projects have the default from then on. */
    void delete(ProjectTraceRetentionPolicy policy, Caller caller) {
        if (policy.key() == ProjectTraceRetentionPolicy.DEFAULT) {
            throw ApiException.badRequest("the default policy cannot be deleted; change it");
        }
        change(
                caller.did("retention_policy.delete", policy.name(), Map.of("id", policy.id())),
                transaction ->
                        transaction
                                .deleteFrom(PROJECT_TRACE_RETENTION_POLICIES)
                                .where(PROJECT_TRACE_RETENTION_POLICIES.ID.eq(policy.key()))
                                .execute());
    }

    /**
     * @param policy null for the default
     */
    void point(
            long project,
            String projectName,
            @Nullable ProjectTraceRetentionPolicy policy,
            Caller caller) {
        String name = policy == null ? "Default" : policy.name();
        change(
                caller.did("retention_policy.assign", projectName, Map.of("policy", name)),
                transaction -> {
                    leave(transaction, Set.of(project));
                    if (policy != null) {
                        join(transaction, policy.key(), project);
                    }
                });
    }

    private void change(AuditEvent event, Consumer<DSLContext> work) {
        database.replaying(
                transaction -> {
                    work.accept(transaction);
                    audit.record(transaction, event);
                    return event;
                });
    }

    private void insert(DSLContext transaction, long key, Wanted wanted) {
        transaction
                .insertInto(PROJECT_TRACE_RETENTION_POLICIES)
                .set(PROJECT_TRACE_RETENTION_POLICIES.ID, key)
                .set(PROJECT_TRACE_RETENTION_POLICIES.NAME, wanted.name)
                .set(PROJECT_TRACE_RETENTION_POLICIES.CRON_EXPRESSION, wanted.cron.text())
                .set(PROJECT_TRACE_RETENTION_POLICIES.MAX_DAYS, wanted.rule.days())
                .set(PROJECT_TRACE_RETENTION_POLICIES.MAX_COUNT, count(wanted.rule))
                .set(PROJECT_TRACE_RETENTION_POLICIES.SWEPT_NS, sweptNs(wanted))
                .onConflictDoNothing()
                .execute();
    }

    private static void assign(DSLContext transaction, long policy, Wanted wanted) {
        transaction
                .deleteFrom(PROJECT_TRACE_RETENTION)
                .where(PROJECT_TRACE_RETENTION.PROJECT_ID.in(wanted.removed))
                .and(PROJECT_TRACE_RETENTION.POLICY_ID.eq(policy))
                .execute();
        leave(transaction, wanted.added);
        wanted.added.forEach(project -> join(transaction, policy, project));
    }

    private static void leave(DSLContext transaction, Collection<Long> projects) {
        transaction
                .deleteFrom(PROJECT_TRACE_RETENTION)
                .where(PROJECT_TRACE_RETENTION.PROJECT_ID.in(projects))
                .execute();
    }

    private static void join(DSLContext transaction, long policy, long project) {
        transaction
                .insertInto(PROJECT_TRACE_RETENTION)
                .set(PROJECT_TRACE_RETENTION.PROJECT_ID, project)
                .set(PROJECT_TRACE_RETENTION.POLICY_ID, policy)
                .execute();
    }

    /** Nobody expects a new policy to act before its next hour. */
    private long sweptNs(Wanted wanted) {
        return Nanos.of(wanted.cron.lastHour(clock.instant()));
    }

    private static @Nullable Long count(RetentionRule rule) {
        Integer count = rule.count();
        return count == null ? null : Long.valueOf(count);
    }

    private static Map<String, String> details(Wanted wanted) {
        return Map.of("cron", wanted.cron.text(), "rule", wanted.rule.toString());
    }
}
