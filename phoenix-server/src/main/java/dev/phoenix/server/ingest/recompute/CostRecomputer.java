package dev.phoenix.server.ingest.recompute;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.cost.CostRecomputation;
import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.Recomputations;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.recompute.CostChanges.ChangedMeanwhileException;
import dev.phoenix.server.ingest.recompute.Step.Change;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.settings.ApiSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works on recomputation jobs, a step at a time: read and compute, then one short transaction that
 * writes costs, sums and progress together. Between steps the writer is free for others.
 */
@Component
class CostRecomputer extends BackgroundWorker {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(CostRecomputer.class);

    private final Database database;
    private final Recomputations jobs;
    private final Prices prices;
    private final ProjectChanges projectChanges;
    private final InstantSource clock;
    private final boolean enabled;
    private final String worker = UUID.randomUUID().toString();

    CostRecomputer(
            Database database,
            Recomputations jobs,
            Prices prices,
            ProjectChanges projectChanges,
            ApiSettings settings,
            InstantSource clock) {
        super("cost-recomputer", Pacing.UNLIMITED);
        this.database = database;
        this.jobs = jobs;
        this.prices = prices;
        this.projectChanges = projectChanges;
        this.clock = clock;
        this.enabled = !settings.readOnly();
        jobs.onCreated(this::wake);
    }

    /**
     * When the server stops the step in progress is finished; another server goes on from there.
     */
    @Override
    protected Duration pass() {
        Optional<CostRecomputation> job = jobs.claim(worker);
        job.ifPresent(this::workOn);
        return job.isPresent() ? Duration.ZERO : LOOK_EVERY;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    private void workOn(CostRecomputation claimed) {
        try {
            Optional<CostRecomputation> job = Optional.of(claimed);
            while (isRunning()
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
        Step step = Step.of(job, database.readPrimary(), prices);
        try {
            return commit(job, step);
        } catch (ChangedMeanwhileException e) {
            log.debug("Recomputation {} of costs reads its step again", job.id());
            return Optional.of(job);
        }
    }

    private Optional<CostRecomputation> commit(CostRecomputation job, Step step) {
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
