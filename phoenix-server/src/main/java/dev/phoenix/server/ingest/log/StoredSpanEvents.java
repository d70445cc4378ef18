package dev.phoenix.server.ingest.log;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.ingest.decode.LoggedEvents;
import dev.phoenix.server.ingest.log.PendingLogEvents.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The lists of events in the rows of spans. */
@Component
class StoredSpanEvents implements SpanRestatement {

    private final LogTransactions transactions;
    private final Engine engine;

    StoredSpanEvents(LogTransactions transactions, Database database) {
        this.transactions = transactions;
        this.engine = database.engine();
    }

    @Override
    public void addEvents(Map<Place, List<String>> events) {
        transactions.run(
                connection -> {
                    new TreeMap<>(events).forEach((place, added) -> add(connection, place, added));
                    return true;
                });
    }

    private void add(DSLContext connection, Place place, List<String> added) {
        var query =
                connection
                        .select(SPAN_PAYLOADS.SPAN_KEY, SPAN_PAYLOADS.EVENTS)
                        .from(SPANS)
                        .join(TRACES)
                        .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                        .join(SPAN_PAYLOADS)
                        .on(SPAN_PAYLOADS.SPAN_KEY.eq(SPANS.ID))
                        .where(
                                SPANS.SPAN_ID.eq(place.spanId()),
                                TRACES.TRACE_ID.eq(place.traceId()));
        var row =
                engine == Engine.POSTGRESQL
                        ? query.forUpdate().of(SPAN_PAYLOADS).fetchOne()
                        : query.fetchOne();
        if (row == null) {
            return;
        }
        String known = row.value2();
        String all = LoggedEvents.added(known, added);
        if (!all.equals(known)) {
            connection
                    .update(SPAN_PAYLOADS)
                    .set(SPAN_PAYLOADS.EVENTS, all)
                    .where(SPAN_PAYLOADS.SPAN_KEY.eq(row.value1()))
                    .execute();
        }
    }
}
