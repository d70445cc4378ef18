package dev.phoenix.server.ingest.log;

import static dev.phoenix.server.db.jooq.Tables.PENDING_LOG_EVENTS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.ingest.decode.LogEvent;
import dev.phoenix.server.ingest.log.WaitingEvents.Amount;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Row7;
import org.jooq.impl.DSL;

/** The events that wait for their span, as rows. They are stored, so they survive the server. */
final class PendingLogEvents {

    private static final int MAX_ROWS = 500;

    private PendingLogEvents() {}

    /** Which span an event is of. */
    record Place(String traceId, String spanId) {}

    /** An event that waits, without what it says. */
    record Waiting(long key, Place place, long receivedAtNs, int bytes) {}

    /** Those that wait already are left as they are. */
    static void put(DSLContext database, List<LogEvent> events, long firstKey, long receivedAtNs) {
        for (int from = 0; from < events.size(); from += MAX_ROWS) {
            List<LogEvent> part = events.subList(from, Math.min(from + MAX_ROWS, events.size()));
            long key = firstKey + from;
            var rows =
                    IntStream.range(0, part.size())
                            .mapToObj(i -> values(key + i, part.get(i), receivedAtNs))
                            .toList();
            database.insertInto(PENDING_LOG_EVENTS)
                    .columns(
                            PENDING_LOG_EVENTS.ID,
                            PENDING_LOG_EVENTS.SPAN_ID,
                            PENDING_LOG_EVENTS.TRACE_ID,
                            PENDING_LOG_EVENTS.EVENT_ID,
                            PENDING_LOG_EVENTS.RECEIVED_AT_NS,
                            PENDING_LOG_EVENTS.BYTE_SIZE,
                            PENDING_LOG_EVENTS.EVENT)
                    .valuesOfRows(rows)
                    .onConflictDoNothing()
                    .execute();
        }
    }

    private static Row7<Long, String, String, String, Long, Integer, String> values(
            long key, LogEvent event, long receivedAtNs) {
        return DSL.row(
                key,
                event.spanId(),
                event.traceId(),
                event.id(),
                receivedAtNs,
                event.bytes(),
                event.json());
    }

    /** In the order of their keys, after one of them. */
    static List<Waiting> after(DSLContext database, long key, int limit) {
        return database.select(
                        PENDING_LOG_EVENTS.ID,
                        PENDING_LOG_EVENTS.TRACE_ID,
                        PENDING_LOG_EVENTS.SPAN_ID,
                        PENDING_LOG_EVENTS.RECEIVED_AT_NS,
                        PENDING_LOG_EVENTS.BYTE_SIZE)
                .from(PENDING_LOG_EVENTS)
                .where(PENDING_LOG_EVENTS.ID.gt(key))
                .orderBy(PENDING_LOG_EVENTS.ID)
                .limit(limit)
                .fetch(PendingLogEvents::waiting);
    }

    static List<Waiting> ofSpans(DSLContext database, Collection<String> spanIds, int limit) {
        return database.select(
                        PENDING_LOG_EVENTS.ID,
                        PENDING_LOG_EVENTS.TRACE_ID,
                        PENDING_LOG_EVENTS.SPAN_ID,
                        PENDING_LOG_EVENTS.RECEIVED_AT_NS,
                        PENDING_LOG_EVENTS.BYTE_SIZE)
                .from(PENDING_LOG_EVENTS)
                .where(PENDING_LOG_EVENTS.SPAN_ID.in(spanIds))
                .orderBy(PENDING_LOG_EVENTS.ID)
                .limit(limit)
                .fetch(PendingLogEvents::waiting);
    }

    /** What events say, by their keys. */
    static Map<Long, String> texts(DSLContext database, Collection<Long> keys) {
        return database.select(PENDING_LOG_EVENTS.ID, PENDING_LOG_EVENTS.EVENT)
                .from(PENDING_LOG_EVENTS)
                .where(PENDING_LOG_EVENTS.ID.in(keys))
                .fetchMap(PENDING_LOG_EVENTS.ID, PENDING_LOG_EVENTS.EVENT);
    }

    /** Those of the spans that are stored, with their keys. */
    static Map<Place, Long> stored(DSLContext database, Collection<String> spanIds) {
        return database.select(TRACES.TRACE_ID, SPANS.SPAN_ID, SPANS.ID)
                .from(SPANS)
                .join(TRACES)
                .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                .where(SPANS.SPAN_ID.in(spanIds))
                .fetchMap(row -> new Place(row.value1(), row.value2()), row -> row.value3());
    }

    static void remove(DSLContext database, Collection<Long> keys) {
        database.deleteFrom(PENDING_LOG_EVENTS).where(PENDING_LOG_EVENTS.ID.in(keys)).execute();
    }

    /** Those received until then. */
    static Amount removeUntil(DSLContext database, long receivedAtNs) {
        List<Integer> sizes =
                database.deleteFrom(PENDING_LOG_EVENTS)
                        .where(PENDING_LOG_EVENTS.RECEIVED_AT_NS.le(receivedAtNs))
                        .returning(PENDING_LOG_EVENTS.BYTE_SIZE)
                        .fetch(PENDING_LOG_EVENTS.BYTE_SIZE);
        return new Amount(sizes.size(), sizes.stream().mapToLong(Integer::longValue).sum());
    }

    /** How many bytes wait, by span. */
    static Map<String, Long> bytes(DSLContext database, Collection<String> spanIds) {
        Map<String, Long> bytes = new HashMap<>();
        var total = sum(PENDING_LOG_EVENTS.BYTE_SIZE).cast(Long.class);
        database.select(PENDING_LOG_EVENTS.SPAN_ID, total)
                .from(PENDING_LOG_EVENTS)
                .where(PENDING_LOG_EVENTS.SPAN_ID.in(spanIds))
                .groupBy(PENDING_LOG_EVENTS.SPAN_ID)
                .forEach(row -> bytes.put(row.value1(), row.value2()));
        return bytes;
    }

    private static Waiting waiting(Record row) {
        return new Waiting(
                row.get(PENDING_LOG_EVENTS.ID),
                new Place(
                        row.get(PENDING_LOG_EVENTS.TRACE_ID), row.get(PENDING_LOG_EVENTS.SPAN_ID)),
                row.get(PENDING_LOG_EVENTS.RECEIVED_AT_NS),
                row.get(PENDING_LOG_EVENTS.BYTE_SIZE));
    }
}
