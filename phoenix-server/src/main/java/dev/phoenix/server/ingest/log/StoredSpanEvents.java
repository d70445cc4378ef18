package dev.phoenix.server.ingest.log;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.LoggedEvents;
import dev.phoenix.server.ingest.log.PendingLogEvents.Place;
import dev.phoenix.server.ingest.write.SpanRestatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Brings events into spans that are stored, and with them what rules find in the events. */
@Component
class StoredSpanEvents {

    private final Database database;
    private final SpanRestatement restatement;

    StoredSpanEvents(Database database, SpanRestatement restatement) {
        this.database = database;
        this.restatement = restatement;
    }

    /**
     * Returns when the spans are committed with the events; spans that are gone meanwhile are left
     * out.
     *
     * @param events as they are stored, by span
     */
    void addEvents(Map<Place, List<String>> events) throws SQLException {
        Map<Long, List<String>> byKey = new HashMap<>();
        database.read()
                .select(SPANS.ID, SPANS.SPAN_ID, TRACES.TRACE_ID)
                .from(SPANS)
                .join(TRACES)
                .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                .where(SPANS.SPAN_ID.in(events.keySet().stream().map(Place::spanId).toList()))
                .forEach(
                        row -> {
                            List<String> added = events.get(new Place(row.value3(), row.value2()));
                            if (added != null) {
                                byKey.put(row.value1(), added);
                            }
                        });
        restatement.restate(
                byKey.keySet(),
                (key, stored) -> LoggedEvents.added(stored, byKey.getOrDefault(key, List.of())));
    }
}
