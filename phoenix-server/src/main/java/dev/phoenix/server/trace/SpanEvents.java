package dev.phoenix.server.trace;

import dev.phoenix.server.api.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events and links of a span from the JSON lists that are stored. */
@Component
class SpanEvents {

    private final JsonMapper json;

    SpanEvents(JsonMapper json) {
        this.json = json;
    }

    /**
     * An event of a span.
     *
     * @param fromLog whether it came as a log record, apart from the span
     */
    record Event(String name, Instant timestamp, Map<String, Object> attributes, boolean fromLog) {

        /** What an exception said; empty for other events. */
        public String message() {
            return Objects.toString(attributes.get("exception.message"), "");
        }
    }

    record Link(String traceId, String spanId, Map<String, Object> attributes) {}

    List<Event> events(String stored) {
        return json.readValue(stored, new TypeReference<List<StoredEvent>>() {}).stream()
                .map(
                        event ->
                                new Event(
                                        event.name,
                                        Timestamps.parse(event.timestamp),
                                        event.attributes,
                                        event.log != null))
                .toList();
    }

    List<Link> links(@Nullable String stored) {
        return stored == null
                ? List.of()
                : json.readValue(stored, new TypeReference<List<StoredLink>>() {}).stream()
                        .map(link -> new Link(link.trace_id, link.span_id, link.attributes))
                        .toList();
    }

    private record StoredEvent(
            String name,
            String timestamp,
            Map<String, Object> attributes,
            @Nullable Map<String, String> log) {}

    private record StoredLink(String trace_id, String span_id, Map<String, Object> attributes) {}
}
