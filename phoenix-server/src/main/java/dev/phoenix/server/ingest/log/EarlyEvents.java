package dev.phoenix.server.ingest.log;

import com.google.protobuf.ByteString;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.LoggedEvents;
import dev.phoenix.server.ingest.log.PendingLogEvents.Waiting;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Events that came before their spans, for spans that come now. What is left out here is brought
 * into its span once that is stored.
 */
@Component
public class EarlyEvents {

    /** More would wait for the joiner, which reads a little at a time. */
    private static final long MAX_BYTES = 4L << 20;

    private static final int MAX_EVENTS = 1000;
    private static final HexFormat HEX = HexFormat.of();

    private static final Logger log = LoggerFactory.getLogger(EarlyEvents.class);

    private final Database database;
    private final WaitingEvents waiting;

    EarlyEvents(Database database, WaitingEvents waiting) {
        this.database = database;
        this.waiting = waiting;
    }

    /** Asks the database only while something waits. */
    public LoggedEvents of(ExportTraceServiceRequest request) {
        if (waiting.none()) {
            return LoggedEvents.NONE;
        }
        List<String> spanIds =
                request.getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> hex(span.getSpanId()))
                        .toList();
        try {
            return new LoggedEvents(read(spanIds));
        } catch (DataAccessException e) {
            log.debug(
                    "Spans are stored without their earlier events, which follow: {}",
                    e.sqlState());
            return LoggedEvents.NONE;
        }
    }

    private Map<String, List<String>> read(List<String> spanIds) {
        List<Waiting> found = PendingLogEvents.ofSpans(database.read(), spanIds, MAX_EVENTS);
        long bytes = found.stream().mapToLong(Waiting::bytes).sum();
        if (found.isEmpty() || found.size() == MAX_EVENTS || bytes > MAX_BYTES) {
            return Map.of();
        }
        Map<Long, String> texts =
                PendingLogEvents.texts(database.read(), found.stream().map(Waiting::key).toList());
        Map<String, List<String>> bySpan = new HashMap<>();
        for (Waiting event : found) {
            String text = texts.get(event.key());
            if (text != null) {
                String span = LoggedEvents.key(event.place().traceId(), event.place().spanId());
                bySpan.computeIfAbsent(span, any -> new ArrayList<>()).add(text);
            }
        }
        return bySpan;
    }

    private static String hex(ByteString id) {
        return HEX.formatHex(id.toByteArray());
    }
}
