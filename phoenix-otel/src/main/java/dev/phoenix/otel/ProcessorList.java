package dev.phoenix.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Processors that may still change after the provider was built, which the SDK does not allow. */
final class ProcessorList implements SpanProcessor {

    private final List<SpanProcessor> processors = new CopyOnWriteArrayList<>();

    void add(SpanProcessor processor) {
        processors.add(processor);
    }

    void remove(SpanProcessor processor) {
        processors.remove(processor);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (SpanProcessor processor : processors) {
            if (processor.isStartRequired()) {
                processor.onStart(parent, span);
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        for (SpanProcessor processor : processors) {
            if (processor.isEndRequired()) {
                processor.onEnd(span);
            }
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofAll(
                processors.stream().map(SpanProcessor::shutdown).toList());
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofAll(
                processors.stream().map(SpanProcessor::forceFlush).toList());
    }
}
