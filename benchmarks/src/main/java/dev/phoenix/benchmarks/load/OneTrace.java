package dev.phoenix.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A single trace whose leaves are model calls, all of the same tokens, in requests of 100 spans.
 * The span that is sent last if the root is first has failed, and is a descendant of the root like
 * every other.
 */
public final class OneTrace {

    public static final int PROMPT_TOKENS = 30;
    public static final int COMPLETION_TOKENS = 12;

    private static final int SPANS_PER_REQUEST = 100;
    private static final int PROSE = 300;

    private final SpanIds ids = SpanIds.random();
    private final Sdk sdk;
    private final TraceShape shape;
    private final int spans;
    private final Span step;
    private final Span call;
    private final long startedAt = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());

    public OneTrace(String project, TraceShape shape, int spans) {
        sdk = new Sdk(project);
        this.shape = shape;
        this.spans = spans;
        String prose = new Prose(spans).text(PROSE);
        step = new TemplateSpan("Step", "CHAIN").text("input.value", prose).build();
        call =
                new TemplateSpan("ChatCompletion", "LLM")
                        .text("llm.model_name", "gpt-4o-mini")
                        .text("llm.provider", "openai")
                        .count("llm.token_count.prompt", PROMPT_TOKENS)
                        .count("llm.token_count.completion", COMPLETION_TOKENS)
                        .count("llm.token_count.total", PROMPT_TOKENS + COMPLETION_TOKENS)
                        .text("input.value", prose)
                        .build();
    }

    /** A call above a call of the same tokens would be the same call. */
    public int calls() {
        return (int)
                IntStream.range(0, spans).filter(position -> shape.isLeaf(position, spans)).count();
    }

    public int spans() {
        return spans;
    }

    public int requests() {
        return Math.ceilDiv(spans, SPANS_PER_REQUEST);
    }

    public byte[] encode(int request) {
        int first = request * SPANS_PER_REQUEST;
        return sdk.encode(
                IntStream.range(first, Math.min(spans, first + SPANS_PER_REQUEST))
                        .map(sent -> shape.leafFirst() ? spans - 1 - sent : sent)
                        .mapToObj(this::span));
    }

    /** As the server stores it. */
    public String rootId() {
        return ids.spanIdText(0);
    }

    private Span span(int position) {
        Span.Builder span =
                (shape.isLeaf(position, spans) ? call : step)
                        .toBuilder()
                                .setTraceId(ByteString.copyFrom(ids.traceId(0)))
                                .setSpanId(ByteString.copyFrom(ids.spanId(position)))
                                .setStartTimeUnixNano(startedAt + 1_000L * position)
                                .setEndTimeUnixNano(startedAt + 1_000L * (2L * spans - position));
        if (position > 0) {
            span.setParentSpanId(ByteString.copyFrom(ids.spanId(shape.parent(position))));
        }
        if (position == spans - 1) {
            span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
        }
        return span.build();
    }
}
