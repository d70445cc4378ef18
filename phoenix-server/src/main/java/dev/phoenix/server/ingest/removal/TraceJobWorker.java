package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.removal.TraceJob.State;
import dev.phoenix.server.ingest.removal.TraceJobs.LeaseLostException;
import dev.phoenix.server.ingest.write.SharedCallsException;
import dev.phoenix.server.ingest.write.StoredTraces;
import dev.phoenix.server.ingest.write.StoredTraces.Portion;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.settings.ApiSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works on jobs, one short transaction a pass: what it took away, the sums and the job's progress
 * are committed together. Between passes it rests as long as it worked, so that new spans never
 * wait for more than one pass.
 */
@Component
class TraceJobWorker extends BackgroundWorker {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int MOST_TRACES = 200;
    private static final Logger log = LoggerFactory.getLogger(TraceJobWorker.class);

    private final Database database;
    private final TraceJobs jobs;
    private final StoredTraces traces;
    private final ProjectChanges changes;
    private final InstantSource clock;
    private final boolean enabled;
    private final String worker = UUID.randomUUID().toString();

    private @Nullable TraceJob current;

    TraceJobWorker(
            Database database,
            TraceJobs jobs,
            StoredTraces traces,
            ProjectChanges changes,
            ApiSettings settings,
            InstantSource clock) {
        super("trace-jobs", new Pacing(Duration.ZERO, 1));
        this.database = database;
        this.jobs = jobs;
        this.traces = traces;
        this.changes = changes;
        this.clock = clock;
        this.enabled = !settings.readOnly();
        jobs.onCreated(this::wake);
    }

    @Override
    protected Duration pass() {
        TraceJob job = current == null ? jobs.claim(worker).orElse(null) : current;
        current = null;
        if (job == null) {
            return LOOK_EVERY;
        }
        if (step(job)) {
            current = job;
        } else {
            jobs.forgetOld();
        }
        return Duration.ZERO;
    }

    /** Another server goes on at once. */
    @Override
    protected void lastPass() {
        jobs.release(worker);
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    /**
     * @return whether there is more of it to do
     */
    private boolean step(TraceJob job) {
        try {
            boolean more = advance(job);
            if (more) {
                tell(job.projectKey());
                tell(job.targetProjectKey());
            }
            return more;
        } catch (DataAccessException e) {
            throw e;
        } catch (LeaseLostException e) {
            log.info("Another server goes on with job {}", job.key());
        } catch (RuntimeException e) {
            // The job's boundary: it would fail the same way again, and must not stop the others.
            log.error("Job {} failed", job.key(), e);
            jobs.fail(job, e.toString());
        }
        return false;
    }

    private boolean advance(TraceJob job) {
        try {
            boolean more = database.replaying(transaction -> step(transaction, job));
            if (job.kind() == TraceJob.Kind.MOVE) {
                traces.settleMoved();
            }
            return more;
        } catch (SharedCallsException e) {
            Portion portion = traces.deleteSharing(e);
            return database.replaying(
                    transaction -> {
                        jobs.advance(transaction, job, worker, portion, State.RUNNING);
                        return true;
                    });
        }
    }

    private void tell(@Nullable Long projectKey) {
        if (projectKey != null) {
            changes.changed(projectKey, clock.instant());
        }
    }

    private boolean step(DSLContext transaction, TraceJob job) {
        Portion portion =
                switch (job.kind()) {
                    case LISTED -> deleteListed(transaction, job);
                    case MOVE -> moveListed(transaction, job);
                    case SESSION ->
                            traces.delete(
                                    transaction,
                                    next(transaction, TRACES.SESSION_KEY.eq(job.sessionKey())));
                    case PROJECT ->
                            traces.delete(
                                    transaction,
                                    next(
                                            transaction,
                                            TRACES.PROJECT_ID
                                                    .eq(job.projectKey())
                                                    .and(job.range().contains())));
                };
        boolean more =
                !portion.isNothing()
                        || (job.deletesProject()
                                && !EmptiedProject.delete(
                                        transaction, Objects.requireNonNull(job.projectKey())));
        jobs.advance(transaction, job, worker, portion, more ? State.RUNNING : State.DONE);
        return more;
    }

    private static List<Long> next(DSLContext transaction, Condition which) {
        return transaction
                .select(TRACES.ID)
                .from(TRACES)
                .where(which)
                .orderBy(TRACES.START_NS, TRACES.ID)
                .limit(MOST_TRACES)
                .fetch(TRACES.ID);
    }

    private Portion deleteListed(DSLContext transaction, TraceJob job) {
        return traces.delete(transaction, stillThere(transaction, job));
    }

    /** What was listed and is gone, is done. */
    private List<Long> stillThere(DSLContext transaction, TraceJob job) {
        while (true) {
            List<Long> listed = jobs.members(transaction, job, MOST_TRACES);
            List<Long> there = next(transaction, TRACES.ID.in(listed));
            if (listed.isEmpty() || !there.isEmpty()) {
                return there;
            }
            jobs.dropMembers(transaction, job, listed);
        }
    }

    private Portion moveListed(DSLContext transaction, TraceJob job) {
        long target = Objects.requireNonNull(job.targetProjectKey());
        while (true) {
            List<Long> listed = jobs.members(transaction, job, MOST_TRACES);
            Portion moved = traces.move(transaction, listed, target);
            if (listed.isEmpty() || !moved.isNothing()) {
                return moved;
            }
            jobs.dropMembers(transaction, job, listed);
        }
    }
}
