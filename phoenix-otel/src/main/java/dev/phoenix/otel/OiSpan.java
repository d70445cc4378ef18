package dev.phoenix.otel;

import dev.phoenix.core.openinference.OpenInference;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A running span.
 *
 * <pre>{@code
 * try (OiSpan span = tracer.chain("plan").input(request).startScoped()) {
 *     span.output(planner.plan(request));
 * }
 * }</pre>
 *
 * <p>Members of lists, such as messages and documents, are written when the span ends:
 * OpenTelemetry drops what comes after the attribute limit, and so it drops those first.
 */
public final class OiSpan implements AutoCloseable {

    private final Span span;
    private final Mask mask;
    private final Context context;
    private final Map<String, Object> listMembers = new LinkedHashMap<>();
    private @Nullable Scope scope;
    private boolean outputSet;
    private boolean statusSet;

    @SuppressWarnings("MustBeClosedChecker") // leave() closes it
    OiSpan(Span span, Mask mask, Context parent, boolean scoped) {
        this.span = span;
        this.mask = mask;
        context = parent.with(span);
        scope = scoped ? context.makeCurrent() : null;
    }

    /** What went in, where it is only known after the start. */
    public OiSpan input(@Nullable Object value) {
        if (value != null) {
            Payload payload = Payload.of(value);
            attribute(OpenInference.INPUT_VALUE, payload.text());
            attribute(OpenInference.INPUT_MIME_TYPE, payload.mimeType());
        }
        return this;
    }

    /** What came out: a string as text, maps, collections, records and numbers as JSON. */
    public OiSpan output(@Nullable Object value) {
        if (value != null) {
            Payload payload = Payload.of(value);
            output(payload.text(), payload.mimeType());
        }
        return this;
    }

    public OiSpan output(String text, String mimeType) {
        attribute(OpenInference.OUTPUT_VALUE, text);
        return attribute(OpenInference.OUTPUT_MIME_TYPE, mimeType);
    }

    /** As {@link OiAttributes.Builder#put}. */
    public synchronized OiSpan attribute(String key, Object value) {
        outputSet |= key.equals(OpenInference.OUTPUT_VALUE);
        Object masked = span.isRecording() ? mask.apply(key, value) : null;
        if (masked != null) {
            if (isListMember(key)) {
                listMembers.put(key, masked);
            } else {
                AttributeValues.write(span, key, masked);
            }
        }
        return this;
    }

    public OiSpan attributes(OiAttributes several) {
        several.values().forEach(this::attribute);
        return this;
    }

    /** Makes the status OK. */
    public synchronized OiSpan ok() {
        statusSet = true;
        span.setStatus(StatusCode.OK);
        return this;
    }

    /** Records what was thrown and makes the status ERROR with its message. */
    public synchronized OiSpan error(Throwable thrown) {
        statusSet = true;
        span.recordException(thrown);
        String message = thrown.getMessage();
        span.setStatus(StatusCode.ERROR, message == null ? thrown.getClass().getName() : message);
        return this;
    }

    /** Makes the status ERROR, where nothing was thrown. */
    public synchronized OiSpan error(String message) {
        statusSet = true;
        span.setStatus(StatusCode.ERROR, message);
        return this;
    }

    /** The context in which this span is the current one, to hand to other threads. */
    public Context context() {
        return context;
    }

    /** The OpenTelemetry span, for what is not OpenInference. */
    public Span span() {
        return span;
    }

    /** Ends the span; what comes later is ignored. */
    public synchronized void end() {
        listMembers.forEach((key, value) -> AttributeValues.write(span, key, value));
        listMembers.clear();
        span.end();
    }

    /**
     * Stops being current, if it was started so, and ends. Must be called on the starting thread.
     */
    @Override
    public void close() {
        leave();
        end();
    }

    void leave() {
        if (scope != null) {
            scope.close();
            scope = null;
        }
    }

    synchronized void finish(@Nullable Object result, @Nullable Throwable thrown) {
        if (thrown != null) {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            error(cause == null ? thrown : cause);
        } else {
            if (!outputSet) {
                output(result);
            }
            if (!statusSet) {
                ok();
            }
        }
        end();
    }

    private static boolean isListMember(String key) {
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            if (dot + 1 < key.length() && Character.isDigit(key.charAt(dot + 1))) {
                return true;
            }
        }
        return false;
    }
}
