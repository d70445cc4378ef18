package dev.phoenix.server.ingest.decode;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import tools.jackson.databind.JsonNode;

/** Spans in OTLP/JSON. */
public final class TraceJson {

    private TraceJson() {}

    /**
     * @throws MalformedRequestException naming the member that is wrong
     */
    public static ExportTraceServiceRequest parse(byte[] json) throws MalformedRequestException {
        return OtlpJson.read(
                json,
                "resourceSpans",
                root ->
                        ExportTraceServiceRequest.newBuilder()
                                .addAllResourceSpans(
                                        OtlpJson.list(
                                                root, "resourceSpans", TraceJson::resourceSpans))
                                .build());
    }

    private static ResourceSpans resourceSpans(JsonNode node) {
        return ResourceSpans.newBuilder()
                .setResource(OtlpJson.resource(node))
                .addAllScopeSpans(OtlpJson.list(node, "scopeSpans", TraceJson::scopeSpans))
                .setSchemaUrl(OtlpJson.text(node, "schemaUrl"))
                .build();
    }

    private static ScopeSpans scopeSpans(JsonNode node) {
        return ScopeSpans.newBuilder()
                .setScope(OtlpJson.scope(node))
                .addAllSpans(OtlpJson.list(node, "spans", TraceJson::span))
                .setSchemaUrl(OtlpJson.text(node, "schemaUrl"))
                .build();
    }

    private static Span span(JsonNode node) {
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(OtlpJson.id(node, "traceId"))
                        .setSpanId(OtlpJson.id(node, "spanId"))
                        .setParentSpanId(OtlpJson.id(node, "parentSpanId"))
                        .setTraceState(OtlpJson.text(node, "traceState"))
                        .setName(OtlpJson.text(node, "name"))
                        .setKindValue(
                                OtlpJson.enumeration(
                                        node,
                                        "kind",
                                        Span.SpanKind.getDescriptor()::findValueByName))
                        .setFlags((int) OtlpJson.signed(node, "flags"))
                        .setStartTimeUnixNano(OtlpJson.time(node, "startTimeUnixNano"))
                        .setEndTimeUnixNano(OtlpJson.time(node, "endTimeUnixNano"))
                        .addAllAttributes(OtlpJson.attributes(node))
                        .addAllEvents(OtlpJson.list(node, "events", TraceJson::event))
                        .addAllLinks(OtlpJson.list(node, "links", TraceJson::link));
        JsonNode status = OtlpJson.member(node, "status");
        if (status != null && !status.isObject()) {
            throw new IllegalArgumentException(
                    "status must be an object, was " + OtlpJson.brief(status));
        }
        if (status != null) {
            span.setStatus(
                    Status.newBuilder()
                            .setCodeValue(
                                    OtlpJson.enumeration(
                                            status,
                                            "code",
                                            Status.StatusCode.getDescriptor()::findValueByName))
                            .setMessage(OtlpJson.text(status, "message")));
        }
        return span.build();
    }

    private static Span.Event event(JsonNode node) {
        return Span.Event.newBuilder()
                .setTimeUnixNano(OtlpJson.time(node, "timeUnixNano"))
                .setName(OtlpJson.text(node, "name"))
                .addAllAttributes(OtlpJson.attributes(node))
                .build();
    }

    private static Span.Link link(JsonNode node) {
        return Span.Link.newBuilder()
                .setTraceId(OtlpJson.idOrNone(node, "traceId"))
                .setSpanId(OtlpJson.idOrNone(node, "spanId"))
                .setTraceState(OtlpJson.text(node, "traceState"))
                .addAllAttributes(OtlpJson.attributes(node))
                .build();
    }
}
