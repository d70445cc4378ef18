package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.project.Project;
import java.time.Instant;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A trace as it is stored, with the sums over its spans. */
public record Trace(
        long key,
        String traceId,
        long projectKey,
        @Nullable Long sessionKey,
        long startNs,
        long endNs,
        long numSpans,
        long errorCount,
        long promptTokens,
        long completionTokens,
        CostSummary costSummary) {

    public static final String TYPE = "Trace";

    static Trace from(Record row) {
        return new Trace(
                row.get(TRACES.ID),
                row.get(TRACES.TRACE_ID),
                row.get(TRACES.PROJECT_ID),
                row.get(TRACES.SESSION_KEY),
                row.get(TRACES.START_NS),
                row.get(TRACES.END_NS),
                row.get(TRACES.SPAN_COUNT),
                row.get(TRACES.ERROR_COUNT),
                row.get(TRACES.PROMPT_TOKENS),
                row.get(TRACES.COMPLETION_TOKENS),
                CostSummary.of(
                        row.get(TRACES.COST_PROMPT_TOKENS),
                        row.get(TRACES.COST_COMPLETION_TOKENS),
                        row.get(TRACES.PROMPT_COST),
                        row.get(TRACES.COMPLETION_COST),
                        row.get(TRACES.PRICED_PROMPTS),
                        row.get(TRACES.PRICED_COMPLETIONS)));
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public String projectId() {
        return Project.id(projectKey);
    }

    public Instant startTime() {
        return Timestamps.instant(startNs);
    }

    public Instant endTime() {
        return Timestamps.instant(endNs);
    }

    public double latencyMs() {
        return (endNs - startNs) / 1e6;
    }

    public TokenUsage tokenUsage() {
        return new TokenUsage(promptTokens, completionTokens);
    }
}
