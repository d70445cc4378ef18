package dev.phoenix.server.ingest.removal;

import dev.phoenix.server.api.ApiException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Waits for jobs, so that what was deleted is gone when the answer comes. Very large ones go on
 * after the answer: they are stored, and no client waits for minutes. Nor does a server that is to
 * stop.
 */
@Component
class JobEnd implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final TraceJobs jobs;
    private volatile boolean running;

    JobEnd(TraceJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * To be called after the transaction that created them.
     *
     * @throws ApiException if one has failed by now: something that was to go is still there
     */
    void await(Collection<Long> created) {
        jobs.created();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long job : created) {
            while (running && jobs.isOpen(job) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
        List<Long> failed = jobs.failed(created);
        if (!failed.isEmpty()) {
            throw new ApiException(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "not everything could be deleted or moved: see job %s in the server's log, and try again"
                            .formatted(failed.getFirst()));
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
