package dev.phoenix.server.live;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.project.ProjectChanges;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The open streams of changes: how many there may be, what wakes them, and their end when the
 * server stops, which does not wait for them otherwise.
 */
@Component
class ProjectStreams implements SmartLifecycle {

    static final int MOST = 256;

    private final Semaphore places = new Semaphore(MOST);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;
    private volatile boolean running;

    ProjectStreams(ProjectChanges projects) {
        projects.onChange(this::wake);
    }

    /** One of the streams that may be open at once. */
    Place take() {
        if (!places.tryAcquire()) {
            throw new ApiException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "%d streams of changes are open, which is the most; poll streamingLastUpdatedAt instead"
                            .formatted(MOST));
        }
        return places::release;
    }

    /** To be given back. */
    @FunctionalInterface
    interface Place extends AutoCloseable {

        @Override
        void close();
    }

    /** How often something changed; to be compared with a later one. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something changed since, the time is up or the server stops.
     *
     * @return whether streams go on
     */
    boolean await(long since, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            for (long left = atMost.toNanos(); running && changes == since && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits whatever changes.
     *
     * @return whether streams go on
     */
    boolean pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            for (long left = time.toNanos(); running && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        wake();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
