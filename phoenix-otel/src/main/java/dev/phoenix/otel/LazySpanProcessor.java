package dev.phoenix.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps ended spans until it is known where they go, then hands them over once and in order.
 *
 * <p>Until then the start of a span is not passed on, and a flush has nothing to do. Spans beyond
 * the bound are dropped, and how many is logged.
 */
public final class LazySpanProcessor implements SpanProcessor {

    private static final System.Logger LOGGER = System.getLogger("phoenix.otel");

    private final int maxSpans;
    private final List<ReadableSpan> waiting = new ArrayList<>();
    private volatile @Nullable SpanProcessor target;
    private int dropped;

    private LazySpanProcessor(int maxSpans) {
        this.maxSpans = maxSpans;
    }

    /**
     * @param maxSpans how many spans to keep, at least 1
     */
    public static LazySpanProcessor keeping(int maxSpans) {
        if (maxSpans < 1) {
            throw new IllegalArgumentException("maxSpans must be at least 1, was " + maxSpans);
        }
        return new LazySpanProcessor(maxSpans);
    }

    /**
     * Hands everything over to the real processor.
     *
     * @throws IllegalStateException if there is one already
     */
    public synchronized void resolve(SpanProcessor processor) {
        if (target != null) {
            throw new IllegalStateException("resolve must be called only once");
        }
        waiting.forEach(processor::onEnd);
        waiting.clear();
        target = processor;
        if (dropped > 0) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    dropped + " spans were dropped before it was known where to send them");
        }
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        SpanProcessor processor = target;
        if (processor != null && processor.isStartRequired()) {
            processor.onStart(parent, span);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        SpanProcessor processor = target != null ? target : keep(span);
        if (processor != null) {
            processor.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        SpanProcessor processor = target;
        return processor == null ? CompletableResultCode.ofSuccess() : processor.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        SpanProcessor processor = target;
        return processor == null ? CompletableResultCode.ofSuccess() : processor.shutdown();
    }

    /** The processor, if it arrived in the meantime. */
    private synchronized @Nullable SpanProcessor keep(ReadableSpan span) {
        if (target == null) {
            if (waiting.size() < maxSpans) {
                waiting.add(span);
            } else {
                dropped++;
            }
        }
        return target;
    }
}
