package dev.phoenix.server.ingest.ledger;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.IngestMetrics;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.RejectionReason;
import dev.phoenix.server.ingest.ledger.LedgerEntry.Key;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.ingest.write.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Remembers which spans were not stored as they arrived. What is lost while entries are being
 * written is written together after that, so that a sender whose every span is wrong costs a row a
 * minute and a few transactions a second.
 */
@Component
public class RejectionLedger extends BackgroundWorker {

    private static final Logger log = LoggerFactory.getLogger(RejectionLedger.class);

    private static final Pacing PACING = new Pacing(Duration.ofMillis(20), 4);

    /** What is recorded wakes it; there is nothing else to look for. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** More senders and reasons at a time are thrown together, by reason. */
    private static final int MAX_ENTRIES = 200;

    /** Longer no answer waits for its entry: the spans themselves are committed. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final RejectionRows rows;
    private final IngestMetrics metrics;
    private final Stages stages;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Unwritten unwritten = new Unwritten();

    RejectionLedger(RejectionRows rows, IngestMetrics metrics, Stages stages, InstantSource clock) {
        super("rejections-ledger", PACING);
        this.rows = rows;
        this.metrics = metrics;
        this.stages = stages;
        this.clock = clock;
    }

    /**
     * Takes what one request lost. Returns when that is in the database, or when the database is
     * not to be had for it.
     */
    public void record(List<Rejection> rejections, Carrier carrier) {
        if (rejections.isEmpty()) {
            return;
        }
        log.warn(
                "Not stored as they arrived over {}: {}, the first because {}",
                carrier.protocol(),
                rejections.size(),
                rejections.getFirst().reason().summary());
        for (Rejection rejection : rejections) {
            metrics.spanInLedger(rejection.reason().wireName());
            RejectionReason reason = rejection.reason();
            if (reason.countsAsRejected() && !reason.concernsLogEvent()) {
                metrics.spanRefused();
            }
        }
        try (var stage = stages.begin(Stage.LEDGER).with("spans", rejections.size())) {
            CompletableFuture<Void> attempt = add(rejections, carrier);
            wake();
            await(attempt);
        }
    }

    private CompletableFuture<Void> add(List<Rejection> rejections, Carrier carrier) {
        long nowNs = Nanos.of(clock.instant());
        lock.lock();
        try {
            rejections.forEach(rejection -> unwritten.add(rejection, carrier, nowNs));
            return unwritten.attempt;
        } finally {
            lock.unlock();
        }
    }

    private static void await(CompletableFuture<Void> attempt) {
        try {
            attempt.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            log.debug("An answer did not wait for the rejections ledger: {}", e.toString());
        }
    }

    @Override
    protected Duration pass() throws SQLException {
        Unwritten taken = take();
        try {
            write(taken.entries);
        } finally {
            taken.attempt.complete(null);
        }
        return IDLE;
    }

    @Override
    protected void lastPass() throws SQLException {
        pass();
    }

    private Unwritten take() {
        lock.lock();
        try {
            Unwritten taken = unwritten;
            unwritten = new Unwritten();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(Map<Key, LedgerEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        boolean settled = false;
        try {
            rows.store(entries.values());
            settled = true;
        } catch (SQLException e) {
            settled = SqlFailure.of(e).blamesData();
            if (!settled) {
                throw e;
            }
            log.error("The rejections ledger lost {} entries: {}", entries.size(), e.toString());
        } finally {
            if (!settled) {
                putBack(entries);
            }
        }
    }

    private void putBack(Map<Key, LedgerEntry> entries) {
        lock.lock();
        try {
            unwritten.putBefore(entries);
        } finally {
            lock.unlock();
        }
    }

    /** Before the committer starts, after it stopped. */
    @Override
    public int getPhase() {
        return -1;
    }

    /** What the next pass writes. Guarded by the lock. */
    private static final class Unwritten {

        private final CompletableFuture<Void> attempt = new CompletableFuture<>();
        private Map<Key, LedgerEntry> entries = new LinkedHashMap<>();

        void add(Rejection rejection, Carrier carrier, long nowNs) {
            Key own = Key.of(rejection, carrier);
            Key key =
                    entries.containsKey(own) || entries.size() < MAX_ENTRIES
                            ? own
                            : own.ofAnySender();
            entries.computeIfAbsent(key, k -> new LedgerEntry(k, rejection, nowNs))
                    .add(rejection, nowNs);
        }

        /** While the database is away what waits stays small. */
        void putBefore(Map<Key, LedgerEntry> earlier) {
            Map<Key, LedgerEntry> later = entries;
            entries = earlier;
            later.forEach(
                    (key, entry) -> {
                        LedgerEntry known = earlier.get(key);
                        if (known != null) {
                            known.absorb(entry);
                        } else if (earlier.size() < 2 * MAX_ENTRIES) {
                            earlier.put(key, entry);
                        }
                    });
        }
    }
}
