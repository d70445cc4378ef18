package dev.phoenix.otel;

import dev.phoenix.core.openinference.OpenInference;
import dev.phoenix.core.openinference.SpanKind;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A span before it starts; {@link #call} runs work inside it, {@link #startScoped} leaves that
 * open.
 */
public final class OiSpanBuilder {

    private final Tracer tracer;
    private final Mask mask;
    private final SpanKind kind;
    private final String name;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private @Nullable Context parent;

    OiSpanBuilder(Tracer tracer, Mask mask, SpanKind kind, String name) {
        this.tracer = tracer;
        this.mask = mask;
        this.kind = kind;
        this.name = name;
        if (kind == SpanKind.TOOL) {
            attributes.put(OpenInference.TOOL_NAME, name);
        }
    }

    /** The parent, instead of the span that is current when this one starts. */
    public OiSpanBuilder parent(Context context) {
        parent = context;
        return this;
    }

    /** What goes in: a string as text, maps, collections, records and numbers as JSON. */
    public OiSpanBuilder input(@Nullable Object value) {
        if (value != null) {
            Payload payload = Payload.of(value);
            input(payload.text(), payload.mimeType());
        }
        return this;
    }

    public OiSpanBuilder input(String text, String mimeType) {
        attributes.put(OpenInference.INPUT_VALUE, text);
        attributes.put(OpenInference.INPUT_MIME_TYPE, mimeType);
        return this;
    }

    /** As {@link OiAttributes.Builder#put}. */
    public OiSpanBuilder attribute(String key, Object value) {
        attributes.put(key, value);
        return this;
    }

    public OiSpanBuilder attributes(OiAttributes several) {
        attributes.putAll(several.values());
        return this;
    }

    /**
     * What a tool does.
     *
     * @throws IllegalStateException if this is not a tool span
     */
    public OiSpanBuilder description(String description) {
        requireTool("description");
        return attribute(OpenInference.TOOL_DESCRIPTION, description);
    }

    /**
     * The JSON schema of a tool's parameters, as text or as a map.
     *
     * @throws IllegalStateException if this is not a tool span
     */
    public OiSpanBuilder parameters(Object schema) {
        requireTool("parameters");
        return attribute(
                OpenInference.TOOL_PARAMETERS,
                schema instanceof String ? schema : JsonText.of(schema));
    }

    /** Starts the span without making it current; it can be ended on any thread. */
    public OiSpan start() {
        Context context = parent == null ? Context.current() : parent;
        return start(context, false);
    }

    /** Starts the span and makes it current on this thread until it is closed. */
    public OiSpan startScoped() {
        Context context = parent == null ? Context.current() : parent;
        return start(context, true);
    }

    /** As {@link #call(TracedWork.WithSpan)}, for work that adds nothing to the span. */
    public <T extends @Nullable Object, X extends Throwable> T call(TracedWork<T, X> work)
            throws X {
        return call(span -> work.call());
    }

    /**
     * Runs work inside the span. What it returns becomes the output unless the work set one, and
     * the status is OK; what it throws is recorded, makes the status ERROR and is thrown on. A
     * returned {@link CompletionStage} ends the span when it completes.
     */
    public <T extends @Nullable Object, X extends Throwable> T call(TracedWork.WithSpan<T, X> work)
            throws X {
        OiSpan span = startScoped();
        T result;
        try {
            result = work.call(span);
        } catch (Throwable e) {
            span.error(e);
            span.close();
            throw e;
        }
        span.leave();
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete(span::finish);
        } else {
            span.finish(result, null);
        }
        return result;
    }

    /** As {@link #call(TracedWork.WithSpan)}, for work that returns nothing. */
    public <X extends Throwable> void run(TracedWork.Action<X> action) throws X {
        this.<@Nullable Object, X>call(
                span -> {
                    action.run();
                    return null;
                });
    }

    private OiSpan start(Context context, boolean scoped) {
        if (OiContext.isSuppressed(context)) {
            Span silent = Span.wrap(Span.fromContext(context).getSpanContext());
            return new OiSpan(silent, mask, context, scoped);
        }
        Span started =
                tracer.spanBuilder(name)
                        .setParent(context)
                        .setAttribute(OpenInference.SPAN_KIND, kind.name())
                        .startSpan();
        OiSpan span = new OiSpan(started, mask, context, scoped);
        OiContext.attributes(context).forEach(span::attribute);
        attributes.forEach(span::attribute);
        return span;
    }

    private void requireTool(String what) {
        if (kind != SpanKind.TOOL) {
            throw new IllegalStateException(what + " belongs to TOOL spans, this one is " + kind);
        }
    }
}
