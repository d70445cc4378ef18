package dev.phoenix.otel;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A span as it arrived. */
public record ReceivedSpan(
        String name,
        String scope,
        String traceId,
        String spanId,
        String parentId,
        String status,
        String statusMessage,
        Map<String, Object> attributes,
        Map<String, Object> resource,
        List<String> events) {

    static Stream<ReceivedSpan> all(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(
                        resource ->
                                resource.getScopeSpansList().stream()
                                        .flatMap(
                                                scope ->
                                                        scope.getSpansList().stream()
                                                                .map(
                                                                        span ->
                                                                                of(
                                                                                        resource
                                                                                                .getResource(),
                                                                                        scope.getScope()
                                                                                                .getName(),
                                                                                        span))));
    }

    public Object attribute(String key) {
        return attributes.getOrDefault(key, "(none)");
    }

    public String kind() {
        return attribute("openinference.span.kind").toString();
    }

    private static ReceivedSpan of(Resource resource, String scope, Span span) {
        return new ReceivedSpan(
                span.getName(),
                scope,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getStatus().getCode().name().replace("STATUS_CODE_", ""),
                span.getStatus().getMessage(),
                values(span.getAttributesList()),
                values(resource.getAttributesList()),
                span.getEventsList().stream().map(Span.Event::getName).toList());
    }

    private static Map<String, Object> values(List<KeyValue> list) {
        Map<String, Object> values = new TreeMap<>();
        list.forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().stream()
                            .map(ReceivedSpan::value)
                            .toList();
            default -> value.getStringValue();
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
