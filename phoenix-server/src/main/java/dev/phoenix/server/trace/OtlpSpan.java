package dev.phoenix.server.trace;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.ingest.dialect.StoredDerivation;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * A span in the notation of OTLP: names with underscores, ids as hexadecimal text, times as
 * numbers, and every member there, if only as null. Written from the stored payload, however large
 * it is.
 *
 * @param without attributes that are not shown, nor what is below them
 */
record OtlpSpan(Span span, SpanPayload payload, Set<String> without)
        implements JacksonSerializable {

    static OtlpSpan of(Span span, SpanPayload payload, boolean withDerived) {
        return new OtlpSpan(
                span,
                payload,
                withDerived
                        ? Set.of()
                        : StoredDerivation.read(payload.derivation()).derived().keySet());
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        json.writeName("attributes");
        OtlpValues.attributes(json, payload.attributes(), without);
        json.writeNullProperty("dropped_attributes_count");
        json.writeNullProperty("dropped_events_count");
        json.writeNullProperty("dropped_links_count");
        json.writeNumberProperty("end_time_unix_nano", span.endNs());
        json.writeName("events");
        events(json);
        json.writeNullProperty("flags");
        json.writeStringProperty("kind", "SPAN_KIND_INTERNAL");
        json.writeNullProperty("links");
        json.writeStringProperty("name", span.name());
        json.writeStringProperty("parent_span_id", span.parentId());
        json.writeStringProperty("span_id", span.spanId());
        json.writeNumberProperty("start_time_unix_nano", span.startNs());
        json.writeName("status");
        status(json);
        json.writeStringProperty("trace_id", span.traceId());
        json.writeNullProperty("trace_state");
        json.writeEndObject();
    }

    private void status(JsonGenerator json) {
        int code =
                switch (span.statusCode()) {
                    case "OK" -> 1;
                    case "ERROR" -> 2;
                    default -> 0;
                };
        json.writeStartObject();
        json.writeNumberProperty("code", code);
        json.writeStringProperty(
                "message", span.statusMessage().isEmpty() ? null : span.statusMessage());
        json.writeEndObject();
    }

    private void events(JsonGenerator json) {
        JsonWalk walk = new JsonWalk(payload.events());
        boolean[] any = new boolean[1];
        walk.list(
                () -> {
                    if (!any[0]) {
                        json.writeStartArray();
                        any[0] = true;
                    }
                    event(json, walk);
                });
        if (any[0]) {
            json.writeEndArray();
        } else {
            json.writeNull();
        }
    }

    private static void event(JsonGenerator json, JsonWalk walk) {
        String[] attributes = {"{}"};
        json.writeStartObject();
        walk.object(
                member -> {
                    switch (member) {
                        case "name" -> json.writeStringProperty("name", walk.string());
                        case "timestamp" ->
                                json.writeNumberProperty(
                                        "time_unix_nano",
                                        Timestamps.nanos(Timestamps.parse(walk.string())));
                        case "attributes" -> attributes[0] = walk.raw();
                        default -> walk.skip();
                    }
                });
        json.writeName("attributes");
        OtlpValues.attributes(json, attributes[0], Set.of());
        json.writeNullProperty("dropped_attributes_count");
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(
            JsonGenerator json, SerializationContext context, TypeSerializer types) {
        serialize(json, context);
    }
}
