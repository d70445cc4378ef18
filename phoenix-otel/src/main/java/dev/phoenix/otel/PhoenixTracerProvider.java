package dev.phoenix.otel;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tracer provider whose default processor, the one that sends to Phoenix, can be replaced. */
public final class PhoenixTracerProvider implements TracerProvider {

    private final ProcessorList processors = new ProcessorList();
    private final SdkTracerProvider sdk;
    private @Nullable SpanProcessor defaultProcessor;
    private CompletableResultCode replacedShutdown = CompletableResultCode.ofSuccess();

    PhoenixTracerProvider(
            SdkTracerProviderBuilder builder, @Nullable SpanProcessor defaultProcessor) {
        this.defaultProcessor = defaultProcessor;
        if (defaultProcessor != null) {
            processors.add(defaultProcessor);
        }
        sdk = builder.addSpanProcessor(processors).build();
    }

    /** As {@link #addSpanProcessor(SpanProcessor, boolean)}, replacing the default processor. */
    public void addSpanProcessor(SpanProcessor processor) {
        addSpanProcessor(processor, true);
    }

    /**
     * Adds a processor.
     *
     * @param replaceDefault whether the default processor, if it is still there, goes: it is
     *     removed first and then shut down, which sends what it holds
     */
    public synchronized void addSpanProcessor(SpanProcessor processor, boolean replaceDefault) {
        SpanProcessor replaced = replaceDefault ? defaultProcessor : null;
        processors.add(processor);
        if (replaced != null) {
            defaultProcessor = null;
            processors.remove(replaced);
            replacedShutdown = replaced.shutdown();
        }
    }

    @Override
    public Tracer get(String instrumentationScopeName) {
        return sdk.get(instrumentationScopeName);
    }

    @Override
    public Tracer get(String instrumentationScopeName, String instrumentationScopeVersion) {
        return sdk.get(instrumentationScopeName, instrumentationScopeVersion);
    }

    @Override
    public TracerBuilder tracerBuilder(String instrumentationScopeName) {
        return sdk.tracerBuilder(instrumentationScopeName);
    }

    /** Sends what is waiting to be sent. */
    public synchronized CompletableResultCode forceFlush() {
        return CompletableResultCode.ofAll(List.of(sdk.forceFlush(), replacedShutdown));
    }

    /** Sends what is waiting to be sent; spans that end later are lost. */
    public synchronized CompletableResultCode shutdown() {
        return CompletableResultCode.ofAll(List.of(sdk.shutdown(), replacedShutdown));
    }

    SdkTracerProvider sdk() {
        return sdk;
    }
}
