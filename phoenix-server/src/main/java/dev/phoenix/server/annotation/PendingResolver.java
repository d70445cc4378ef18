package dev.phoenix.server.annotation;

import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.settings.ApiSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Looks for what annotations wait for. Writers of spans only set a flag, and only while something
 * waits does anybody look.
 */
@Component
class PendingResolver implements SmartLifecycle {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    /** While something waits, in case word of a commit got lost. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    /** Another server may have stopped and left annotations behind. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(30);

    /** At most this part of the time goes into looking, however much waits. */
    private static final int PAUSES_PER_PASS = 5;

    private static final Logger log = LoggerFactory.getLogger(PendingResolver.class);

    private final PendingPass pass;
    private final WaitingRoom room;
    private final InstantSource clock;
    private final boolean enabled;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread =
            Thread.ofVirtual().name("pending-annotations").unstarted(this::run);
    private boolean wanted = true;
    private volatile boolean running;

    PendingResolver(
            PendingPass pass,
            WaitingRoom room,
            ProjectChanges changes,
            ApiSettings settings,
            InstantSource clock) {
        this.pass = pass;
        this.room = room;
        this.clock = clock;
        this.enabled = !settings.readOnly();
        changes.onChange(this::wakeIfSomethingWaits);
    }

    private void wakeIfSomethingWaits() {
        if (!room.isEmpty()) {
            wake();
        }
    }

    /** Asks for a pass soon. */
    void wake() {
        lock.lock();
        try {
            wanted = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean extended = false;
        try {
            while (running) {
                long started = System.nanoTime();
                try {
                    if (!extended) {
                        // What waited while no server was there to take its span gets its time.
                        pass.extend(Nanos.of(clock.instant()));
                        extended = true;
                    }
                    pass.run(Nanos.of(clock.instant()));
                } catch (DataAccessException | DataAccessResourceFailureException e) {
                    log.warn("Waiting annotations were not looked after: {}", e.toString());
                }
                pause(Duration.ofNanos(System.nanoTime() - started));
            }
        } catch (InterruptedException e) {
            log.debug("stopped");
        }
    }

    private void pause(Duration pass) throws InterruptedException {
        Duration rest = pass.multipliedBy(PAUSES_PER_PASS);
        Thread.sleep(rest.compareTo(SHORTEST_PAUSE) > 0 ? rest : SHORTEST_PAUSE);
        lock.lock();
        try {
            long left = (room.isEmpty() ? IDLE_CHECK : CHECK).toNanos();
            while (!wanted && left > 0) {
                left = changed.awaitNanos(left);
            }
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = enabled;
        if (enabled) {
            thread.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
