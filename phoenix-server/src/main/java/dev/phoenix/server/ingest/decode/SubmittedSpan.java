package dev.phoenix.server.ingest.decode;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as REST clients send it, in the shape in which they read spans.
 *
 * @param id what a client that copies spans has read; it has no meaning here
 * @param attributes flat dotted names, nested objects or both; the values are JSON nodes
 */
@Schema(
        name = "Span",
        requiredProperties = {
            "name",
            "context",
            "span_kind",
            "start_time",
            "end_time",
            "status_code"
        })
public record SubmittedSpan(
        String id,
        String name,
        SpanContext context,
        @JsonProperty("span_kind") String spanKind,
        @JsonProperty("parent_id") @Nullable String parentId,
        @JsonProperty("start_time") Instant startTime,
        @JsonProperty("end_time") Instant endTime,
        @JsonProperty("status_code") String statusCode,
        @JsonProperty("status_message") String statusMessage,
        Map<String, Object> attributes,
        List<SpanEvent> events) {

    SubmittedSpan with(
            String otherMessage, Map<String, Object> otherAttributes, List<SpanEvent> otherEvents) {
        return new SubmittedSpan(
                id,
                name,
                context,
                spanKind,
                parentId,
                startTime,
                endTime,
                statusCode,
                otherMessage,
                otherAttributes,
                otherEvents);
    }

    @Schema(requiredProperties = {"trace_id", "span_id"})
    public record SpanContext(
            @JsonProperty("trace_id") String traceId, @JsonProperty("span_id") String spanId) {}

    @Schema(requiredProperties = {"name", "timestamp"})
    public record SpanEvent(String name, Instant timestamp, Map<String, Object> attributes) {}
}
