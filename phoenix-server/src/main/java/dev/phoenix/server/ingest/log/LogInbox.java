package dev.phoenix.server.ingest.log;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.DiskFull;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.OverloadException;
import dev.phoenix.server.ingest.StorageFullException;
import dev.phoenix.server.ingest.decode.LogEvent;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.RejectionReason;
import dev.phoenix.server.ingest.log.WaitingEvents.Amount;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Takes events whether or not their span has arrived. They are stored at once, and brought into
 * their spans after that.
 */
@Component
class LogInbox {

    /** Of all events of one span together; what conversations of models need is far less. */
    static final long MAX_SPAN_BYTES = 8L << 20;

    /** Small enough to let other writers of SQLite in between. */
    private static final int MAX_PART = 1000;

    /** In one order for everybody, so that two requests never wait for each other. */
    private static final Comparator<LogEvent> ORDER =
            Comparator.comparing(LogEvent::spanId)
                    .thenComparing(LogEvent::traceId)
                    .thenComparing(LogEvent::id);

    private final Database database;
    private final LogTransactions transactions;
    private final KeyAllocator keys;
    private final WaitingEvents waiting;
    private final LogJoiner joiner;
    private final InstantSource clock;

    LogInbox(
            Database database,
            LogTransactions transactions,
            KeyAllocator keys,
            WaitingEvents waiting,
            LogJoiner joiner,
            InstantSource clock) {
        this.database = database;
        this.transactions = transactions;
        this.keys = keys;
        this.waiting = waiting;
        this.joiner = joiner;
        this.clock = clock;
    }

    /**
     * Returns when every event is committed or refused; repeating the call is safe.
     *
     * @return the events that are not kept
     */
    List<Rejection> accept(List<LogEvent> events) throws OverloadException, StorageFullException {
        TreeSet<LogEvent> distinct = new TreeSet<>(ORDER);
        distinct.addAll(events);
        List<LogEvent> ordered = List.copyOf(distinct);
        List<Rejection> rejections = new ArrayList<>();
        try {
            for (int from = 0; from < ordered.size(); from += MAX_PART) {
                int to = Math.min(from + MAX_PART, ordered.size());
                store(fitting(ordered.subList(from, to), rejections));
            }
            return rejections;
        } catch (DataAccessException | DataAccessResourceFailureException e) {
            if (DiskFull.caused(e)) {
                throw new StorageFullException();
            }
            throw new OverloadException("the database is not available; retry", e);
        } finally {
            joiner.lookSoon();
        }
    }

    private void store(List<LogEvent> events) throws OverloadException {
        if (events.isEmpty()) {
            return;
        }
        Amount amount = new Amount(events.size(), events.stream().mapToLong(LogEvent::bytes).sum());
        if (!waiting.haveRoomFor(amount)) {
            throw new OverloadException(
                    """
                    too many events wait for spans that were not received; at most %d of %d MiB together \
                    wait, the oldest are given up soon; send the spans here, too, or retry later\
                    """
                            .formatted(
                                    WaitingEvents.MOST.events(), WaitingEvents.MOST.bytes() >> 20));
        }
        long firstKey = keys.reserve("pending_log_events", events.size());
        long nowNs = Nanos.of(clock.instant());
        transactions.run(
                connection -> {
                    PendingLogEvents.put(connection, events, firstKey, nowNs);
                    return true;
                });
        waiting.add(amount);
    }

    private List<LogEvent> fitting(List<LogEvent> events, List<Rejection> rejections) {
        Set<String> spanIds = events.stream().map(LogEvent::spanId).collect(Collectors.toSet());
        Map<String, Long> bytes = new HashMap<>(PendingLogEvents.bytes(database.read(), spanIds));
        stored(spanIds).forEach((spanId, size) -> bytes.merge(spanId, size, Long::sum));
        List<LogEvent> fitting = new ArrayList<>();
        for (LogEvent event : events) {
            long then = bytes.getOrDefault(event.spanId(), 0L) + event.bytes();
            if (then <= MAX_SPAN_BYTES) {
                bytes.put(event.spanId(), then);
                fitting.add(event);
            } else {
                rejections.add(tooMany(event));
            }
        }
        return fitting;
    }

    private Map<String, Long> stored(Collection<String> spanIds) {
        var size = DSL.octetLength(SPAN_PAYLOADS.EVENTS).cast(Long.class);
        return database.read()
                .select(SPANS.SPAN_ID, size)
                .from(SPANS)
                .join(SPAN_PAYLOADS)
                .on(SPAN_PAYLOADS.SPAN_KEY.eq(SPANS.ID))
                .where(SPANS.SPAN_ID.in(spanIds))
                .fetchMap(SPANS.SPAN_ID, size);
    }

    private static Rejection tooMany(LogEvent event) {
        return Rejection.of(
                event,
                RejectionReason.TOO_MANY_LOG_EVENTS,
                "the events of a span may have %d MiB together, this one of %d bytes does not fit"
                        .formatted(MAX_SPAN_BYTES >> 20, event.bytes()));
    }
}
