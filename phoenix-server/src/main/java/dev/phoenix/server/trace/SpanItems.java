package dev.phoenix.server.trace;

import dev.phoenix.core.attribute.AttributeMaps;
import dev.phoenix.server.trace.SpanItem.SpanContext;
import dev.phoenix.server.trace.SpanItem.SpanEvent;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Completes spans with their payloads for REST answers. */
@Component
class SpanItems {

    private static final String KIND = "openinference.span.kind";

    private final SpanPayloads payloads;
    private final SpanEvents events;
    private final JsonMapper json;

    SpanItems(SpanPayloads payloads, SpanEvents events, JsonMapper json) {
        this.payloads = payloads;
        this.events = events;
        this.json = json;
    }

    List<SpanItem> of(List<Span> spans) {
        Map<Long, SpanPayload> found = payloads.byKeys(spans.stream().map(Span::key).toList());
        return spans.stream()
                .map(span -> item(span, found.getOrDefault(span.key(), SpanPayload.EMPTY)))
                .toList();
    }

    /** The kind is shown as it was sent, not as it was understood. */
    private SpanItem item(Span span, SpanPayload payload) {
        Map<String, Object> attributes =
                AttributeMaps.flatten(
                        json.readValue(
                                payload.attributes(), new TypeReference<Map<String, Object>>() {}));
        Object kind = attributes.remove(KIND);
        return new SpanItem(
                span.id(),
                span.name(),
                new SpanContext(span.traceId(), span.spanId()),
                kind == null ? "UNKNOWN" : kind.toString(),
                span.parentId(),
                span.startTime(),
                span.endTime(),
                span.statusCode(),
                span.statusMessage(),
                attributes,
                events.events(payload.events()).stream()
                        .map(
                                event ->
                                        new SpanEvent(
                                                event.name(),
                                                event.timestamp(),
                                                event.attributes()))
                        .toList());
    }
}
