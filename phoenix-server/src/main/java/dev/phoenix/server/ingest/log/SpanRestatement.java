package dev.phoenix.server.ingest.log;

import dev.phoenix.server.ingest.log.PendingLogEvents.Place;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Brings events into spans that are stored. */
interface SpanRestatement {

    /**
     * Returns when the spans are committed with the events; spans that are gone meanwhile are left
     * out.
     *
     * @param events as they are stored, by span
     */
    void addEvents(Map<Place, List<String>> events) throws SQLException;
}
