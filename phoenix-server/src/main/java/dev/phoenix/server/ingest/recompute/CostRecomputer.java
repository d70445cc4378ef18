package dev.phoenix.server.ingest.recompute;

import dev.phoenix.server.cost.CostRecomputation;
import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.Recomputations;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.recompute.Step.Change;
import dev.phoenix.server.project.ProjectChanges;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Works on recomputation jobs, a step at a time: read and compute, then one short transaction that
 * writes costs, sums and progress together. Between steps the writer is free for others.
 */
@Component
class CostRecomputer implements SmartLifecycle {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(CostRecomputer.class);

    private final Database database;
    private final Recomputations jobs;
    private final Prices prices;
    private final ProjectChanges projectChanges;
    private final InstantSource clock;
    private final String worker = UUID.randomUUID().toString();
    private final Semaphore work = new Semaphore(0);
    private final Thread thread =
            Thread.ofVirtual().name("cost-recomputer").unstarted(this::runForever);
    private volatile boolean running;

    CostRecomputer(
            Database database,
            Recomputations jobs,
            Prices prices,
            ProjectChanges projectChanges,
            InstantSource clock) {
        this.database = database;
        this.jobs = jobs;
        this.prices = prices;
        this.projectChanges = projectChanges;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        jobs.onCreated(work::release);
        thread.start();
    }

    /** The step in progress is finished; another server goes on from there. */
    @Override
    public void stop() {
        running = false;
        work.release();
        try {
            if (!thread.join(STOP_WITHIN)) {
                log.warn(
                        "A recomputation of costs is in the middle of a step; it will be repeated");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void runForever() {
        while (running) {
            try {
                Optional<CostRecomputation> job = jobs.claim(worker);
                if (job.isPresent()) {
                    workOn(job.get());
                } else {
                    waitForWork();
                }
            } catch (DataAccessException | DataAccessResourceFailureException e) {
                log.warn(
                        "Recomputing costs pauses, the database does not do its part: {}",
                        cause(e));
                waitForWork();
            }
        }
    }

    private static String cause(RuntimeException e) {
        return e instanceof DataAccessException failure
                ? "SQL state " + failure.sqlState()
                : e.getClass().getSimpleName();
    }

    private void waitForWork() {
        try {
            if (work.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void workOn(CostRecomputation claimed) {
        try {
            Optional<CostRecomputation> job = Optional.of(claimed);
            while (running
                    && job.isPresent()
                    && job.get().state() == CostRecomputation.State.RUNNING) {
                job = step(job.get());
            }
            jobs.release(worker);
        } catch (DataAccessException e) {
            throw e;
        } catch (LeaseLostException e) {
            log.info("Another server goes on with recomputation {} of costs", claimed.id());
        } catch (RuntimeException e) {
            // The job's boundary: it would fail the same way again, and must not stop the others.
            log.error("Recomputation {} of costs failed", claimed.id(), e);
            jobs.fail(claimed, e.toString());
        }
    }

    private Optional<CostRecomputation> step(CostRecomputation job) {
        prices.refresh();
        Step step = Step.of(job, database.read(), prices);
        Optional<CostRecomputation> advanced =
                database.transaction(
                        transaction -> {
                            int changed = CostChanges.write(transaction, step.changes());
                            return Optional.of(
                                    jobs.advance(
                                                    transaction,
                                                    job,
                                                    worker,
                                                    step.nextKey(),
                                                    step.examined(),
                                                    changed)
                                            .orElseThrow(LeaseLostException::new));
                        });
        step.changes().stream()
                .mapToLong(Change::projectKey)
                .distinct()
                .forEach(project -> projectChanges.changed(project, clock.instant()));
        return advanced;
    }

    /** Another worker has the job: what this one did is rolled back. */
    private static final class LeaseLostException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
