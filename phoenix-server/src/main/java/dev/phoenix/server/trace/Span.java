package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/** The narrow row of a span: everything but its payload. */
public record Span(
        long key,
        long traceKey,
        long projectKey,
        String traceId,
        String spanId,
        @Nullable String parentId,
        String name,
        String kind,
        long startNs,
        long endNs,
        String statusCode,
        String statusMessage,
        @Nullable String modelName,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens,
        @Nullable String userId,
        @Nullable String inputPreview,
        @Nullable String inputMimeType,
        @Nullable String outputPreview,
        @Nullable String outputMimeType,
        int numDocuments,
        long cumulativeErrors,
        long cumulativePromptTokens,
        long cumulativeCompletionTokens,
        @Nullable SpanRepetition repetition) {

    public static final String TYPE = "Span";

    /** The columns of {@link #from}; the trace must be joined. */
    static final List<SelectField<?>> COLUMNS =
            List.of(
                    SPANS.ID,
                    SPANS.TRACE_KEY,
                    SPANS.PROJECT_ID,
                    TRACES.TRACE_ID,
                    SPANS.SPAN_ID,
                    SPANS.PARENT_SPAN_ID,
                    SPANS.NAME,
                    SPANS.SPAN_KIND,
                    SPANS.START_NS,
                    SPANS.END_NS,
                    SPANS.STATUS_CODE,
                    SPANS.STATUS_MESSAGE,
                    SPANS.MODEL_NAME,
                    SPANS.PROMPT_TOKENS,
                    SPANS.COMPLETION_TOKENS,
                    SPANS.USER_ID,
                    SPANS.INPUT_PREVIEW,
                    SPANS.INPUT_MIME_TYPE,
                    SPANS.OUTPUT_PREVIEW,
                    SPANS.OUTPUT_MIME_TYPE,
                    SPANS.DOCUMENT_COUNT,
                    SPANS.CUMULATIVE_ERROR_COUNT,
                    SPANS.CUMULATIVE_PROMPT_TOKENS,
                    SPANS.CUMULATIVE_COMPLETION_TOKENS,
                    SPANS.REPEATS,
                    SPANS.REPEATED_SPAN_ID);

    static Span from(Record row) {
        return new Span(
                row.get(SPANS.ID),
                row.get(SPANS.TRACE_KEY),
                row.get(SPANS.PROJECT_ID),
                row.get(TRACES.TRACE_ID),
                row.get(SPANS.SPAN_ID),
                row.get(SPANS.PARENT_SPAN_ID),
                row.get(SPANS.NAME),
                row.get(SPANS.SPAN_KIND),
                row.get(SPANS.START_NS),
                row.get(SPANS.END_NS),
                row.get(SPANS.STATUS_CODE),
                row.get(SPANS.STATUS_MESSAGE),
                row.get(SPANS.MODEL_NAME),
                row.get(SPANS.PROMPT_TOKENS),
                row.get(SPANS.COMPLETION_TOKENS),
                row.get(SPANS.USER_ID),
                row.get(SPANS.INPUT_PREVIEW),
                row.get(SPANS.INPUT_MIME_TYPE),
                row.get(SPANS.OUTPUT_PREVIEW),
                row.get(SPANS.OUTPUT_MIME_TYPE),
                row.get(SPANS.DOCUMENT_COUNT),
                row.get(SPANS.CUMULATIVE_ERROR_COUNT),
                row.get(SPANS.CUMULATIVE_PROMPT_TOKENS),
                row.get(SPANS.CUMULATIVE_COMPLETION_TOKENS),
                SpanRepetition.of(row.get(SPANS.REPEATS), row.get(SPANS.REPEATED_SPAN_ID)));
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public String spanKind() {
        return kind.toLowerCase(Locale.ROOT);
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

    public @Nullable Long tokenCountPrompt() {
        return promptTokens;
    }

    public @Nullable Long tokenCountCompletion() {
        return completionTokens;
    }

    public @Nullable Long tokenCountTotal() {
        return total(promptTokens, completionTokens);
    }

    static @Nullable Long total(@Nullable Long prompt, @Nullable Long completion) {
        if (prompt == null) {
            return completion;
        }
        return completion == null ? prompt : Long.valueOf(prompt + completion);
    }

    public double cumulativeTokenCountPrompt() {
        return cumulativePromptTokens;
    }

    public double cumulativeTokenCountCompletion() {
        return cumulativeCompletionTokens;
    }

    public double cumulativeTokenCountTotal() {
        return (double) cumulativePromptTokens + cumulativeCompletionTokens;
    }

    /** ERROR if the span or any of its descendants failed. */
    public String propagatedStatusCode() {
        return cumulativeErrors > 0 ? "ERROR" : statusCode;
    }

    public Context context() {
        return new Context(traceId, spanId);
    }

    public @Nullable SpanText input() {
        return SpanText.of(key, SpanText.Side.INPUT, inputPreview, inputMimeType);
    }

    public @Nullable SpanText output() {
        return SpanText.of(key, SpanText.Side.OUTPUT, outputPreview, outputMimeType);
    }

    /** The span's ids as OpenTelemetry knows them. */
    public record Context(String traceId, String spanId) {}
}
