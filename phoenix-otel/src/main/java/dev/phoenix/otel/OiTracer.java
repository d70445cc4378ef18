package dev.phoenix.otel;

import dev.phoenix.core.openinference.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/**
 * Starts OpenInference spans.
 *
 * <pre>{@code
 * OiTracer tracer = otel.tracer("my.app");
 * String answer = tracer.chain("answer").input(question).call(() -> pipeline.run(question));
 * }</pre>
 *
 * <p>Spans take on the values of {@link OiContext}, and what the {@link TraceConfig} hides never
 * reaches them.
 */
public final class OiTracer {

    private final Tracer tracer;
    private final Mask mask;

    private OiTracer(Tracer tracer, Mask mask) {
        this.tracer = tracer;
        this.mask = mask;
    }

    /** Writes through any OpenTelemetry tracer, such as one of the Java agent. */
    public static OiTracer of(Tracer tracer, TraceConfig config) {
        return new OiTracer(tracer, new Mask(config));
    }

    public OiSpanBuilder chain(String name) {
        return span(SpanKind.CHAIN, name);
    }

    public OiSpanBuilder agent(String name) {
        return span(SpanKind.AGENT, name);
    }

    public OiSpanBuilder tool(String name) {
        return span(SpanKind.TOOL, name);
    }

    public OiSpanBuilder llm(String name) {
        return span(SpanKind.LLM, name);
    }

    public OiSpanBuilder retriever(String name) {
        return span(SpanKind.RETRIEVER, name);
    }

    public OiSpanBuilder embedding(String name) {
        return span(SpanKind.EMBEDDING, name);
    }

    public OiSpanBuilder reranker(String name) {
        return span(SpanKind.RERANKER, name);
    }

    public OiSpanBuilder guardrail(String name) {
        return span(SpanKind.GUARDRAIL, name);
    }

    public OiSpanBuilder evaluator(String name) {
        return span(SpanKind.EVALUATOR, name);
    }

    /** A span of any kind. */
    public OiSpanBuilder span(SpanKind kind, String name) {
        return new OiSpanBuilder(tracer, mask, kind, name);
    }
}
