package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a trace by columns: the n-th member of each belongs to the n-th span. Members of a
 * row repeat no names, which makes large traces small on the wire and cheap to read.
 */
@Schema(requiredProperties = {"trace", "columns", "next_cursor"})
record TraceSkeleton(
        Summary trace, Columns columns, @JsonProperty("next_cursor") @Nullable String nextCursor) {

    @Schema(
            name = "TraceSkeletonSummary",
            requiredProperties = {
                "id",
                "trace_id",
                "project_id",
                "start_time",
                "end_time",
                "num_spans"
            })
    record Summary(
            String id,
            @JsonProperty("trace_id") String traceId,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("start_time") Instant startTime,
            @JsonProperty("end_time") Instant endTime,
            @JsonProperty("num_spans") long numSpans) {

        static Summary of(Trace trace) {
            return new Summary(
                    trace.id(),
                    trace.traceId(),
                    trace.projectId(),
                    trace.startTime(),
                    trace.endTime(),
                    trace.numSpans());
        }
    }

    /**
     * Each is a list in JSON, as the database wrote it.
     *
     * @param startMicros from the start of the trace
     * @param tokens null where the sender reported none
     * @param cost in US dollars, null without a price
     * @param error the status message of failed spans, null for all others
     */
    @Schema(
            name = "TraceSkeletonColumns",
            requiredProperties = {
                "id",
                "span_id",
                "parent_id",
                "name",
                "kind",
                "status",
                "start_us",
                "duration_us",
                "tokens",
                "cost",
                "error"
            })
    record Columns(
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) String id,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) @JsonProperty("span_id")
                    String spanId,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) @JsonProperty("parent_id")
                    String parentId,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) String name,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) String kind,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) String status,
            @JsonRawValue
                    @ArraySchema(schema = @Schema(type = "integer", format = "int64"))
                    @JsonProperty("start_us")
                    String startMicros,
            @JsonRawValue
                    @ArraySchema(schema = @Schema(type = "integer", format = "int64"))
                    @JsonProperty("duration_us")
                    String durationMicros,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "integer", format = "int64"))
                    String tokens,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "number", format = "double"))
                    String cost,
            @JsonRawValue @ArraySchema(schema = @Schema(type = "string")) String error) {}
}
