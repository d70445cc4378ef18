package dev.phoenix.server.ingest.log;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.LoggedEvents;
import dev.phoenix.server.ingest.log.PendingLogEvents.Place;
import dev.phoenix.server.ingest.log.PendingLogEvents.Waiting;
import dev.phoenix.server.ingest.log.WaitingEvents.Amount;
import dev.phoenix.server.ingest.write.SpanRestatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One look at every event that waits: those whose span has arrived are brought into it, and those
 * that waited too long are given up. An event that is in its span already changes nothing, so that
 * several servers may do the same.
 */
@Component
class LogJoin {

    /** Events of a span are sent while it runs, the span when it has ended. */
    static final Duration WINDOW = Duration.ofHours(1);

    private static final int PAGE = 1000;

    /** What is read into memory at once. */
    private static final long BATCH_BYTES = 4L << 20;

    private static final Logger log = LoggerFactory.getLogger(LogJoin.class);

    private final Database database;
    private final LogTransactions transactions;
    private final SpanRestatement spans;
    private final WaitingEvents waiting;
    private final LogMetrics metrics;

    LogJoin(
            Database database,
            LogTransactions transactions,
            SpanRestatement spans,
            WaitingEvents waiting,
            LogMetrics metrics) {
        this.database = database;
        this.transactions = transactions;
        this.spans = spans;
        this.waiting = waiting;
        this.metrics = metrics;
    }

    void run(long nowNs) throws SQLException {
        waiting.beginCount();
        Amount left = Amount.NOTHING;
        long last = 0;
        List<Waiting> page;
        do {
            page = PendingLogEvents.after(database.read(), last, PAGE);
            last = page.isEmpty() ? last : page.getLast().key();
            left = left.and(joinArrived(page));
        } while (page.size() == PAGE);
        // Whatever arrived before the pass was found, so what is late by then came too late.
        left = left.minus(expire(nowNs));
        waiting.counted(left.minus(displace(left)));
    }

    /** Returns what is still waiting. */
    private Amount joinArrived(List<Waiting> page) throws SQLException {
        Map<Place, Long> stored =
                page.isEmpty()
                        ? Map.of()
                        : PendingLogEvents.stored(
                                database.read(),
                                page.stream()
                                        .map(event -> event.place().spanId())
                                        .distinct()
                                        .toList());
        Amount left = Amount.NOTHING;
        List<Waiting> batch = new ArrayList<>();
        long bytes = 0;
        for (Waiting event : page) {
            if (!stored.containsKey(event.place())) {
                left = left.and(new Amount(1, event.bytes()));
                continue;
            }
            if (bytes + event.bytes() > BATCH_BYTES && !batch.isEmpty()) {
                join(batch, stored);
                batch.clear();
                bytes = 0;
            }
            batch.add(event);
            bytes += event.bytes();
        }
        join(batch, stored);
        return left;
    }

    private void join(List<Waiting> batch, Map<Place, Long> spanKeys) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        List<Long> keys = batch.stream().map(Waiting::key).toList();
        Map<Long, String> texts = PendingLogEvents.texts(database.read(), keys);
        Map<Long, List<String>> bySpan = new LinkedHashMap<>();
        for (Waiting event : batch) {
            String text = texts.get(event.key());
            Long span = spanKeys.get(event.place());
            if (text != null && span != null) {
                bySpan.computeIfAbsent(span, any -> new ArrayList<>()).add(text);
            }
        }
        spans.restate(
                bySpan.keySet(),
                (span, events) -> LoggedEvents.added(events, bySpan.getOrDefault(span, List.of())));
        remove(keys);
    }

    private void remove(List<Long> keys) {
        transactions.run(
                connection -> {
                    PendingLogEvents.remove(connection, keys);
                    return true;
                });
    }

    private Amount expire(long nowNs) {
        Amount expired =
                transactions.run(
                        connection ->
                                PendingLogEvents.removeUntil(connection, nowNs - WINDOW.toNanos()));
        if (expired.events() > 0) {
            metrics.expired(expired.events());
            log.warn(
                    "Gave up {} events from logs: their spans did not arrive within {} minutes",
                    expired.events(),
                    WINDOW.toMinutes());
        }
        return expired;
    }

    /** What waits for spans that never come must not keep out what others send. */
    private Amount displace(Amount left) {
        Amount gone = Amount.NOTHING;
        while (!left.minus(gone).isWithin(WaitingEvents.MOST.half())) {
            Amount more = transactions.run(LogJoin::removeOldest);
            if (more.events() == 0) {
                break;
            }
            gone = gone.and(more);
        }
        if (gone.events() > 0) {
            metrics.displaced(gone.events());
            log.warn(
                    "Gave up the {} oldest events from logs: too many wait for spans that were not"
                            + " received",
                    gone.events());
        }
        return gone;
    }

    private static Amount removeOldest(DSLContext connection) {
        List<Waiting> oldest = PendingLogEvents.after(connection, 0, PAGE);
        PendingLogEvents.remove(connection, oldest.stream().map(Waiting::key).toList());
        return new Amount(oldest.size(), oldest.stream().mapToLong(Waiting::bytes).sum());
    }
}
