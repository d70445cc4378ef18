package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.dialect.JsonValues;
import dev.phoenix.server.ingest.dialect.SentEvent;
import dev.phoenix.server.ingest.dialect.SentSpan;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Spans of every way in, as rules read them. */
final class SentSpans {

    private static final String KIND = "openinference.span.kind";

    private SentSpans() {}

    /**
     * A span of an export request.
     *
     * @param joined its events that came as log records
     */
    static SentSpan of(Span span, List<SentEvent> joined, Origin scope) {
        List<SentEvent> events = new ArrayList<>();
        span.getEventsList().forEach(event -> events.add(event(event)));
        events.addAll(joined);
        return new SentSpan(
                span.getName(),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                scope.name(),
                attributes(span),
                events);
    }

    /** JSON text that is stored as what it holds is that for rules, too. */
    private static Map<String, JsonNode> attributes(Span span) {
        Map<String, JsonNode> attributes =
                LinkedHashMap.newLinkedHashMap(span.getAttributesCount());
        for (KeyValue attribute : span.getAttributesList()) {
            JsonNode value = JsonValues.of(attribute.getValue());
            attributes.put(
                    attribute.getKey(),
                    SpanAttributes.holdsJson(attribute.getKey())
                            ? JsonValues.decoded(value)
                            : value);
        }
        return attributes;
    }

    private static SentEvent event(Span.Event event) {
        return new SentEvent(
                event.getName(),
                event.getTimeUnixNano(),
                null,
                JsonValues.of(event.getAttributesList()));
    }

    /** A kind that is unknown counts as none. */
    static SentSpan of(SubmittedSpan span) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        span.attributes().forEach((name, value) -> flatten(attributes, name, (JsonNode) value));
        attributes.remove(KIND);
        if (!span.spanKind().equalsIgnoreCase(SpanColumns.UNKNOWN)) {
            attributes.put(KIND, JsonValues.text(span.spanKind()));
        }
        return new SentSpan(
                span.name(),
                span.statusCode().toUpperCase(Locale.ROOT).equals("ERROR"),
                "",
                attributes,
                span.events().stream().map(SentSpans::event).toList());
    }

    private static SentEvent event(SubmittedSpan.SpanEvent event) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        event.attributes().forEach((name, value) -> attributes.put(name, (JsonNode) value));
        return new SentEvent(event.name(), nanos(event.timestamp()), null, attributes);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    /** Dotted names of everything in an object; lists stay whole. */
    static void flatten(Map<String, JsonNode> flat, String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.forEachEntry((member, inner) -> flatten(flat, name + "." + member, inner));
        } else {
            flat.put(name, value);
        }
    }

    static List<SentEvent> stored(JsonNode events) {
        return events.valueStream()
                .map(
                        event -> {
                            Map<String, JsonNode> attributes = new LinkedHashMap<>();
                            event.path("attributes").forEachEntry(attributes::put);
                            return new SentEvent(
                                    event.path("name").asString(""),
                                    nanos(SpanEvents.instant(event.path("timestamp").asString(""))),
                                    null,
                                    attributes);
                        })
                .toList();
    }
}
