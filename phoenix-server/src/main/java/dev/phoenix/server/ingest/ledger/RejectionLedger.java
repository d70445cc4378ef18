package dev.phoenix.server.ingest.ledger;

import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.IngestMetrics;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.ledger.LedgerEntry.Key;
import dev.phoenix.server.ingest.write.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Remembers which spans were not stored as they arrived. Entries collect in memory for a moment, so
 * that a sender whose every span is wrong costs one row a minute and not one for each span.
 */
@Component
public class RejectionLedger implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RejectionLedger.class);

    /** More senders and reasons at a time are thrown together, by reason. */
    private static final int MAX_ENTRIES = 200;

    private static final Duration COLLECT = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration LAST_WRITE = Duration.ofSeconds(2);

    private final RejectionRows rows;
    private final IngestMetrics metrics;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private Map<Key, LedgerEntry> entries = new LinkedHashMap<>();
    private boolean running;

    RejectionLedger(RejectionRows rows, IngestMetrics metrics, InstantSource clock) {
        this.rows = rows;
        this.metrics = metrics;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("rejections-ledger").unstarted(this::run);
    }

    /** Takes what one request lost; returns at once. */
    public void record(List<Rejection> rejections, Carrier carrier) {
        if (rejections.isEmpty()) {
            return;
        }
        log.warn(
                "Spans not stored as they arrived over {}: {}, the first because {}",
                carrier.protocol(),
                rejections.size(),
                rejections.getFirst().reason().summary());
        for (Rejection rejection : rejections) {
            metrics.spanInLedger(rejection.reason().wireName());
            if (rejection.reason().countsAsRejected()) {
                metrics.spanRefused();
            }
        }
        long nowNs = Nanos.of(clock.instant());
        lock.lock();
        try {
            rejections.forEach(rejection -> add(rejection, carrier, nowNs));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void add(Rejection rejection, Carrier carrier, long nowNs) {
        Key own = Key.of(rejection, carrier);
        Key key =
                entries.containsKey(own) || entries.size() < MAX_ENTRIES ? own : own.ofAnySender();
        entries.computeIfAbsent(key, k -> new LedgerEntry(k, rejection, nowNs))
                .add(rejection, nowNs);
    }

    private void run() {
        try {
            while (awaitEntries()) {
                write(take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write(take());
    }

    /** Returns a moment after the first entry, false when the server stops. */
    private boolean awaitEntries() throws InterruptedException {
        lock.lock();
        try {
            while (running && entries.isEmpty()) {
                changed.await();
            }
            pause(COLLECT);
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration time) throws InterruptedException {
        long left = time.toNanos();
        while (running && left > 0) {
            left = changed.awaitNanos(left);
        }
    }

    private Map<Key, LedgerEntry> take() {
        lock.lock();
        try {
            Map<Key, LedgerEntry> taken = entries;
            entries = new LinkedHashMap<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(Map<Key, LedgerEntry> taken) {
        if (taken.isEmpty()) {
            return;
        }
        try {
            rows.store(taken.values());
        } catch (DataAccessResourceFailureException e) {
            tryAgain(taken, e);
        } catch (SQLException e) {
            if (SqlFailure.of(e).blamesData()) {
                log.error("The rejections ledger lost {} entries: {}", taken.size(), e.toString());
            } else {
                tryAgain(taken, e);
            }
        }
    }

    private void tryAgain(Map<Key, LedgerEntry> taken, Exception reason) {
        log.warn("The rejections ledger is written later: {}", reason.toString());
        putBack(taken);
    }

    /** As long as the database is away nothing is taken in, so that what waits stays small. */
    private void putBack(Map<Key, LedgerEntry> taken) {
        lock.lock();
        try {
            Map<Key, LedgerEntry> later = entries;
            entries = taken;
            later.forEach(
                    (key, entry) -> {
                        LedgerEntry earlier = taken.get(key);
                        if (earlier != null) {
                            earlier.absorb(entry);
                        } else if (taken.size() < 2 * MAX_ENTRIES) {
                            taken.put(key, entry);
                        }
                    });
            pause(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        lock.lock();
        try {
            running = true;
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            running = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(LAST_WRITE.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Before the committer starts, after it stopped. */
    @Override
    public int getPhase() {
        return -1;
    }
}
