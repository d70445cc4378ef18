package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A trace in REST answers.
 *
 * @param spans null unless asked for
 */
@Schema(requiredProperties = {"id", "trace_id", "project_id", "start_time", "end_time"})
record TraceData(
        String id,
        @JsonProperty("trace_id") String traceId,
        @JsonProperty("project_id") String projectId,
        @JsonProperty("start_time") Instant startTime,
        @JsonProperty("end_time") Instant endTime,
        @JsonProperty("token_count_prompt") long tokenCountPrompt,
        @JsonProperty("token_count_completion") long tokenCountCompletion,
        @JsonProperty("token_count_total") long tokenCountTotal,
        @Schema(implementation = TraceSpanData[].class) @Nullable Iterator<TraceSpanData> spans) {

    static TraceData of(Trace trace, @Nullable Iterator<TraceSpanData> spans) {
        return new TraceData(
                trace.id(),
                trace.traceId(),
                trace.projectId(),
                trace.startTime(),
                trace.endTime(),
                trace.promptTokens(),
                trace.completionTokens(),
                trace.promptTokens() + trace.completionTokens(),
                spans);
    }
}
