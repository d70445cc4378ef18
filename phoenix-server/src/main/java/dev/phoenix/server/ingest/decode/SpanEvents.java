package dev.phoenix.server.ingest.decode;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Events and links of a span as the JSON lists that are stored. */
final class SpanEvents {

    private static final JsonText NONE = new JsonText(2).beginArray().endArray();
    private static final Set<String> EXCEPTION_ATTRIBUTES =
            Set.of(
                    "exception.type",
                    "exception.message",
                    "exception.escaped",
                    "exception.stacktrace");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private SpanEvents() {}

    static JsonText toJson(List<Span.Event> events) {
        if (events.isEmpty()) {
            return NONE;
        }
        JsonText json = new JsonText(512);
        Leaves leaves = new Leaves(json);
        json.beginArray();
        for (Span.Event event : events) {
            json.beginObject().name("name").value(event.getName()).name("timestamp");
            json.value(timestamp(event.getTimeUnixNano())).name("attributes");
            leaves.attributes(
                    event.getName().equals("exception")
                            ? exception(event)
                            : event.getAttributesList());
            json.endObject();
        }
        return json.endArray();
    }

    static JsonText submittedToJson(List<SubmittedSpan.SpanEvent> events) {
        if (events.isEmpty()) {
            return NONE;
        }
        JsonText json = new JsonText(512);
        Leaves leaves = new Leaves(json);
        json.beginArray();
        for (SubmittedSpan.SpanEvent event : events) {
            json.beginObject().name("name").value(event.name()).name("timestamp");
            json.value(TIMESTAMP.format(event.timestamp())).name("attributes").beginObject();
            event.attributes()
                    .forEach(
                            (name, value) -> {
                                json.name(name);
                                leaves.value(value);
                            });
            json.endObject().endObject();
        }
        return json.endArray();
    }

    static JsonText linksToJson(List<Span.Link> links) {
        JsonText json = new JsonText(256);
        Leaves leaves = new Leaves(json);
        json.beginArray();
        for (Span.Link link : links) {
            json.beginObject().name("trace_id").value(SpanDecoder.hex(link.getTraceId()));
            json.name("span_id").value(SpanDecoder.hex(link.getSpanId()));
            json.name("trace_state").value(link.getTraceState()).name("attributes");
            leaves.attributes(link.getAttributesList());
            json.endObject();
        }
        return json.endArray();
    }

    /** Only what describes the exception; the message is always there. */
    private static List<KeyValue> exception(Span.Event event) {
        List<KeyValue> kept = new ArrayList<>();
        kept.add(
                KeyValue.newBuilder()
                        .setKey("exception.message")
                        .setValue(AnyValue.newBuilder().setStringValue(""))
                        .build());
        for (KeyValue attribute : event.getAttributesList()) {
            if (EXCEPTION_ATTRIBUTES.contains(attribute.getKey())) {
                kept.add(attribute);
            }
        }
        return kept;
    }

    static Instant instant(String stored) {
        return TIMESTAMP.parse(stored, Instant::from);
    }

    static String timestamp(long nanos) {
        return TIMESTAMP.format(
                Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000));
    }
}
