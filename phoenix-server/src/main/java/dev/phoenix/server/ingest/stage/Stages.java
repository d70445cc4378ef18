package dev.phoenix.server.ingest.stage;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Measures stages of ingestion. */
@Component
public class Stages {

    private final Tracer tracer;
    private final Map<Stage, DistributionDataPoint> durations = new EnumMap<>(Stage.class);

    Stages(Tracer tracer, PrometheusRegistry registry) {
        this.tracer = tracer;
        Histogram histogram =
                Histogram.builder()
                        .name("phoenix_ingest_stage_duration_seconds")
                        .help("Duration of one pass of a stage of ingestion; stages contain others")
                        .labelNames("stage")
                        .classicOnly()
                        .classicUpperBounds(.0005, .002, .01, .05, .1, .25, .5, 1, 2, 5, 10, 30)
                        .register(registry);
        for (Stage stage : Stage.values()) {
            durations.put(stage, histogram.labelValues(stage.wireName()));
        }
    }

    /** Begins a stage within the one that this thread is in; to be closed by the same thread. */
    public RunningStage begin(Stage stage) {
        return begin(stage, List.of());
    }

    /**
     * @param causes spans of other threads because of which this happens
     */
    public RunningStage begin(Stage stage, Collection<SpanContext> causes) {
        SpanBuilder span = tracer.spanBuilder("ingest " + stage.wireName());
        causes.forEach(span::addLink);
        return new RunningStage(
                span.startSpan(), Objects.requireNonNull(durations.get(stage), stage.wireName()));
    }

    /** The span of the stage that this thread is in. */
    public static SpanContext current() {
        return Span.current().getSpanContext();
    }
}
