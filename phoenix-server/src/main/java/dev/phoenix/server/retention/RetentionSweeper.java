package dev.phoenix.server.retention;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_TRACE_RETENTION_POLICIES;

import dev.phoenix.server.audit.Actor;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.removal.ProjectRemovals;
import dev.phoenix.server.retention.PurgePlans.Plan;
import dev.phoenix.server.settings.ApiSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * Looks which policies are due and has their traces deleted. An hour that no server was there for
 * is made up for at the next start; no hour is swept twice.
 */
@Component
class RetentionSweeper extends BackgroundWorker {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Any number will do, as long as every server of this product uses the same one. */
    private static final long LOCK = 0x70757267655fL;

    private final Database database;
    private final PurgePlans plans;
    private final ProjectRemovals removals;
    private final AuditLog audit;
    private final InstantSource clock;
    private final boolean enabled;

    RetentionSweeper(
            Database database,
            PurgePlans plans,
            ProjectRemovals removals,
            AuditLog audit,
            ApiSettings settings,
            InstantSource clock) {
        super("retention-sweeper", Pacing.UNLIMITED);
        this.database = database;
        this.plans = plans;
        this.removals = removals;
        this.audit = audit;
        this.clock = clock;
        this.enabled = !settings.readOnly();
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    protected Duration pass() {
        List<ProjectTraceRetentionPolicy> policies =
                database.read()
                        .selectFrom(PROJECT_TRACE_RETENTION_POLICIES)
                        .fetch(ProjectTraceRetentionPolicy::from);
        policies.stream()
                .filter(policy -> policy.sweptNs() < lastHourNs(policy))
                .forEach(this::sweep);
        return LOOK_EVERY;
    }

    private long lastHourNs(ProjectTraceRetentionPolicy policy) {
        return Nanos.of(policy.cron().lastHour(clock.instant()));
    }

    /** Plans are made before the transaction, which others wait for. */
    private void sweep(ProjectTraceRetentionPolicy policy) {
        List<Plan> due = plans.of(policy);
        List<Long> jobs = due.stream().map(_ -> removals.nextKey()).toList();
        List<Integer> counts = due.stream().map(plans::traces).toList();
        boolean swept =
                database.transaction(
                        transaction -> {
                            if (!takeTurn(transaction) || !claim(transaction, policy)) {
                                return false;
                            }
                            for (int i = 0; i < due.size(); i++) {
                                purge(transaction, policy, due.get(i), jobs.get(i), counts.get(i));
                            }
                            return true;
                        });
        if (swept && !due.isEmpty()) {
            removals.purgesCreated();
        }
    }

    /** Only one server sweeps at a time. SQLite has only one. */
    private boolean takeTurn(DSLContext transaction) {
        return database.engine() == Engine.SQLITE
                || Boolean.TRUE.equals(
                        transaction
                                .fetchSingle("SELECT pg_try_advisory_xact_lock(?)", LOCK)
                                .get(0, Boolean.class));
    }

    /** Another server may have swept this hour since the policy was read. */
    private boolean claim(DSLContext transaction, ProjectTraceRetentionPolicy policy) {
        long hourNs = lastHourNs(policy);
        return transaction
                        .update(PROJECT_TRACE_RETENTION_POLICIES)
                        .set(PROJECT_TRACE_RETENTION_POLICIES.SWEPT_NS, hourNs)
                        .where(
                                PROJECT_TRACE_RETENTION_POLICIES.ID.eq(policy.key()),
                                PROJECT_TRACE_RETENTION_POLICIES.SWEPT_NS.lt(hourNs))
                        .execute()
                == 1;
    }

    private void purge(
            DSLContext transaction,
            ProjectTraceRetentionPolicy policy,
            Plan plan,
            long job,
            int traces) {
        removals.purge(
                transaction,
                job,
                plan.project().key(),
                plan.project().name(),
                plan.range(),
                policy.key(),
                policy.name());
        audit.record(
                transaction,
                new AuditEvent(
                        new Actor(null, "retention", "SERVER"),
                        "retention.purge",
                        plan.project().name(),
                        Map.of("policy", policy.name(), "traces", Integer.toString(traces)),
                        ""));
    }
}
