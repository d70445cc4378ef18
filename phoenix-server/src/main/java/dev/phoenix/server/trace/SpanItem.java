package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span in REST answers, attributes flattened to dotted keys. */
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
record SpanItem(
        String id,
        String name,
        SpanContext context,
        @JsonProperty("span_kind") String spanKind,
        @JsonProperty("parent_id") @Nullable String parentId,
        @JsonProperty("start_time") Instant startTime,
        @JsonProperty("end_time") Instant endTime,
        @JsonProperty("status_code") String statusCode,
        @JsonProperty("status_message") String statusMessage,
        @Schema(
                        implementation = Object.class,
                        additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
                FlatAttributes attributes,
        @Schema(implementation = SpanEvent[].class) FlatEvents events) {

    @Schema(requiredProperties = {"trace_id", "span_id"})
    record SpanContext(
            @JsonProperty("trace_id") String traceId, @JsonProperty("span_id") String spanId) {}

    @Schema(requiredProperties = {"name", "timestamp"})
    record SpanEvent(String name, Instant timestamp, Map<String, Object> attributes) {}
}
