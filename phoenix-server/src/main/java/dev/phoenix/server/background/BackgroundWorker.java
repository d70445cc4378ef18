package dev.phoenix.server.background;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A thread that works in passes: one at the start, then one whenever it is woken or the time is up.
 * A pass that fails is told in the log and repeated later; nothing but the end of the server ends
 * the thread.
 */
public abstract class BackgroundWorker implements SmartLifecycle {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(BackgroundWorker.class);

    private final String name;
    private final Pacing pacing;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private volatile boolean running;

    protected BackgroundWorker(String name, Pacing pacing) {
        this.name = name;
        this.pacing = pacing;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /**
     * Does what is to be done now.
     *
     * @return when to look again if nobody wakes the worker until then
     */
    protected abstract Duration pass() throws SQLException;

    /** What is left to be done when the server stops, after the last pass. */
    protected void lastPass() throws SQLException {}

    /** Asks for a pass soon; what was changed before the call is seen by it. */
    protected final void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (running) {
            long started = System.nanoTime();
            Duration next = attempt();
            Duration worked = Duration.ofNanos(System.nanoTime() - started);
            pause(pacing.pauseAfter(worked), next);
        }
        try {
            lastPass();
        } catch (SQLException | RuntimeException e) {
            tell(e);
        }
    }

    private Duration attempt() {
        try {
            return pass();
        } catch (SQLException | RuntimeException e) {
            tell(e);
            return AFTER_FAILURE;
        }
    }

    private void tell(Exception failure) {
        switch (failure) {
            case DataAccessException e ->
                    log.warn("{} waits for the database, SQL state {}", name, e.sqlState());
            case SQLException e ->
                    log.warn("{} waits for the database, SQL state {}", name, e.getSQLState());
            case DataAccessResourceFailureException e ->
                    log.warn("{} waits for the database: {}", name, e.getMessage());
            default -> log.error("{} failed and tries again later", name, failure);
        }
    }

    private void pause(Duration atLeast, Duration atMost) {
        lock.lock();
        try {
            for (long left = atLeast.toNanos(); running && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            for (long left = atMost.toNanos(); running && !woken && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException e) {
            running = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    /** Lets a pass in progress finish, for a while. */
    @Override
    public final void stop() {
        lock.lock();
        try {
            running = false;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(STOP_WITHIN)) {
                log.warn("{} is in the middle of its work, which is done again later", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}
