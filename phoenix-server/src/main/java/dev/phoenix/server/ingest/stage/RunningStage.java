package dev.phoenix.server.ingest.stage;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;

/** A stage that has begun. */
public final class RunningStage implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long started = System.nanoTime();
    private final Span span;
    private final Scope scope;
    private final DistributionDataPoint durations;

    @SuppressWarnings("MustBeClosedChecker") // closed with the stage
    RunningStage(Span span, DistributionDataPoint durations) {
        this.span = span;
        this.scope = span.makeCurrent();
        this.durations = durations;
    }

    public RunningStage with(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    public RunningStage with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    /** Only the type is told: messages may hold what was sent. */
    public void failed(Throwable cause) {
        span.setStatus(StatusCode.ERROR, cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
        scope.close();
        span.end();
        durations.observe((System.nanoTime() - started) / NANOS_PER_SECOND);
    }
}
