package dev.phoenix.server.ingest.rederive;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.write.SpanRestatement;
import dev.phoenix.server.settings.ApiSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works on rederivation jobs, some spans at a time. After each step it rests as long as the step
 * took, so that batches of new spans keep most of the writer. When a server starts with newer rules
 * than all spans were read by, it asks for a job itself.
 */
@Component
class Rederiver extends BackgroundWorker {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Pacing PACING = new Pacing(Duration.ZERO, 1);
    private static final int SPANS_AT_ONCE = 100;
    private static final Logger log = LoggerFactory.getLogger(Rederiver.class);

    private final Database database;
    private final Rederivations jobs;
    private final SpanRestatement restatement;
    private final boolean enabled;
    private final String worker = UUID.randomUUID().toString();
    private boolean started;

    Rederiver(
            Database database,
            Rederivations jobs,
            SpanRestatement restatement,
            ApiSettings settings) {
        super("rederiver", PACING);
        this.database = database;
        this.jobs = jobs;
        this.restatement = restatement;
        this.enabled = !settings.readOnly();
        jobs.onCreated(this::wake);
    }

    @Override
    protected Duration pass() throws SQLException {
        if (!started && !jobs.coversRulesOfToday()) {
            jobs.create(null);
        }
        started = true;
        Optional<Rederivation> job = jobs.claim(worker);
        if (job.isEmpty()) {
            return LOOK_EVERY;
        }
        workOn(job.get());
        return Duration.ZERO;
    }

    @Override
    protected void lastPass() {
        jobs.release(worker);
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    /** One step, so that the pause after it is one for the step. */
    private void workOn(Rederivation job) throws SQLException {
        try {
            if (job.nextKey() == 0) {
                restatement.maskOrigins();
            }
            List<Long> keys = nextKeys(job);
            int changed = restatement.restate(keys);
            long next = keys.size() < SPANS_AT_ONCE ? job.endKey() : keys.getLast() + 1;
            jobs.advance(job, worker, next, keys.size(), changed);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            // The job's boundary: it would fail the same way again.
            log.error("Rederivation {} failed", job.id(), e);
            jobs.fail(job, e.toString());
        }
    }

    private List<Long> nextKeys(Rederivation job) {
        Condition project =
                job.projectKey() == null
                        ? DSL.noCondition()
                        : SPANS.PROJECT_ID.eq(job.projectKey());
        return database.read()
                .select(SPANS.ID)
                .from(SPANS)
                .where(SPANS.ID.ge(job.nextKey()), SPANS.ID.lt(job.endKey()))
                .and(project)
                .orderBy(SPANS.ID)
                .limit(SPANS_AT_ONCE)
                .fetch(SPANS.ID);
    }
}
