package dev.phoenix.benchmarks.fault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A recorded request in the JSON that {@code POST /v1/projects/{project}/spans} takes. */
final class RestBody {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private RestBody() {}

    static byte[] of(byte[] otlpJson) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode spans = body.putArray("data");
        for (JsonNode resource : JSON.readTree(otlpJson).path("resourceSpans")) {
            for (JsonNode scope : resource.path("scopeSpans")) {
                scope.path("spans").forEach(span -> spans.add(span(span)));
            }
        }
        return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode span(JsonNode sent) {
        ObjectNode attributes = attributes(sent.path("attributes"));
        ObjectNode span =
                JSON.createObjectNode()
                        .put("name", sent.path("name").asString(""))
                        .put(
                                "span_kind",
                                attributes.path("openinference.span.kind").asString("CHAIN"))
                        .put("start_time", time(sent.path("startTimeUnixNano")))
                        .put("end_time", time(sent.path("endTimeUnixNano")))
                        .put("status_code", "OK");
        span.putObject("context")
                .put("trace_id", sent.path("traceId").asString())
                .put("span_id", sent.path("spanId").asString());
        if (sent.hasNonNull("parentSpanId")) {
            span.put("parent_id", sent.path("parentSpanId").asString());
        }
        span.set("attributes", attributes);
        ArrayNode events = span.putArray("events");
        for (JsonNode event : sent.path("events")) {
            events.addObject()
                    .put("name", event.path("name").asString(""))
                    .put("timestamp", time(event.path("timeUnixNano")))
                    .set("attributes", attributes(event.path("attributes")));
        }
        return span;
    }

    private static String time(JsonNode nanos) {
        long time = nanos.asLong(0);
        return Instant.ofEpochSecond(time / NANOS_PER_SECOND, time % NANOS_PER_SECOND).toString();
    }

    private static ObjectNode attributes(JsonNode pairs) {
        ObjectNode attributes = JSON.createObjectNode();
        pairs.forEach(
                pair -> attributes.set(pair.path("key").asString(), value(pair.path("value"))));
        return attributes;
    }

    private static JsonNode value(JsonNode any) {
        if (any.has("arrayValue")) {
            ArrayNode values = JSON.createArrayNode();
            any.path("arrayValue").path("values").forEach(value -> values.add(value(value)));
            return values;
        }
        if (any.has("kvlistValue")) {
            return attributes(any.path("kvlistValue").path("values"));
        }
        if (any.has("intValue")) {
            return JSON.getNodeFactory().numberNode(any.path("intValue").asLong());
        }
        // Text, real number or boolean, which are written alike.
        return any.isEmpty() ? JSON.getNodeFactory().nullNode() : any.iterator().next();
    }
}
