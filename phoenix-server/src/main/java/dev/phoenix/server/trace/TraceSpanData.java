package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A span of a trace in REST answers, without what it carries. */
@Schema(
        requiredProperties = {
            "id",
            "span_id",
            "parent_id",
            "name",
            "span_kind",
            "status_code",
            "start_time",
            "end_time"
        })
record TraceSpanData(
        String id,
        @JsonProperty("span_id") String spanId,
        @JsonProperty("parent_id") @Nullable String parentId,
        String name,
        @JsonProperty("span_kind") String spanKind,
        @JsonProperty("status_code") String statusCode,
        @JsonProperty("start_time") Instant startTime,
        @JsonProperty("end_time") Instant endTime) {

    static TraceSpanData of(Span span) {
        return new TraceSpanData(
                span.id(),
                span.spanId(),
                span.parentId(),
                span.name(),
                span.kind(),
                span.statusCode(),
                span.startTime(),
                span.endTime());
    }
}
