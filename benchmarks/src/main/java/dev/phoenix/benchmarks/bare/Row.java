package dev.phoenix.benchmarks.bare;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One span as the one table has it. */
record Row(
        String spanId,
        String traceId,
        String parentSpanId,
        String project,
        String name,
        String kind,
        long startNanos,
        long endNanos,
        String statusCode,
        String statusMessage,
        String sessionId,
        String attributes) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HexFormat HEX = HexFormat.of();

    static List<Row> of(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(
                        resource -> {
                            String project = project(resource.getResource());
                            return resource.getScopeSpansList().stream()
                                    .flatMap(scope -> scope.getSpansList().stream())
                                    .map(span -> of(span, project));
                        })
                .toList();
    }

    private static Row of(Span span, String project) {
        Map<String, Object> attributes = LinkedHashMap.newLinkedHashMap(span.getAttributesCount());
        for (KeyValue attribute : span.getAttributesList()) {
            attributes.put(attribute.getKey(), value(attribute.getValue()));
        }
        return new Row(
                HEX.formatHex(span.getSpanId().toByteArray()),
                HEX.formatHex(span.getTraceId().toByteArray()),
                HEX.formatHex(span.getParentSpanId().toByteArray()),
                project,
                span.getName(),
                attributes.getOrDefault("openinference.span.kind", "UNKNOWN").toString(),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getStatus().getCode().name(),
                span.getStatus().getMessage(),
                attributes.getOrDefault("session.id", "").toString(),
                JSON.writeValueAsString(attributes));
    }

    private static String project(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("openinference.project.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("default");
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            default -> value.getStringValue();
        };
    }
}
