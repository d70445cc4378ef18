package dev.phoenix.server.ingest;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/** Metrics of the ingestion path under the names dashboards of the reference product use. */
@Component
public class IngestMetrics {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusRegistry registry;
    private final InstantSource clock;
    private final Histogram insertionTime;
    private final Histogram batchSize;
    private final Counter spanExceptions;
    private final Counter queueRejections;
    private final Counter failedSpans;
    private final Counter ledgerSpans;
    private final Gauge lastSuccess;
    private volatile double lastActivity;

    IngestMetrics(PrometheusRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        insertionTime =
                Histogram.builder()
                        .name("phoenix_bulk_loader_span_insertion_time_seconds")
                        .help("Duration of one batch of spans")
                        .classicOnly()
                        .classicUpperBounds(.5, 1, 2, 5, 10, 30, 60, 180)
                        .register(registry);
        batchSize =
                Histogram.builder()
                        .name("phoenix_bulk_loader_batch_size")
                        .help("Spans in a committed batch")
                        .classicOnly()
                        .classicUpperBounds(1, 10, 50, 100, 250, 500, 1000)
                        .register(registry);
        spanExceptions =
                Counter.builder()
                        .name("phoenix_bulk_loader_span_exceptions")
                        .help("Spans refused and batches failed by the writer")
                        .register(registry);
        queueRejections =
                Counter.builder()
                        .name("phoenix_span_queue_rejections")
                        .help("Requests refused because the span queue or the byte budget was full")
                        .register(registry);
        failedSpans =
                Counter.builder()
                        .name("phoenix_span_ingestion_failed_spans")
                        .help("Spans not stored, by reason")
                        .labelNames("reason")
                        .register(registry);
        ledgerSpans =
                Counter.builder()
                        .name("phoenix_span_rejections")
                        .help("Spans not stored as they arrived, by reason; see /v1/rejections")
                        .labelNames("reason")
                        .register(registry);
        lastSuccess =
                Gauge.builder()
                        .name("phoenix_span_ingestion_last_success_timestamp_seconds")
                        .help("When spans were last committed")
                        .register(registry);
    }

    public void queueSize(LongSupplier spans) {
        lastActivity = now();
        GaugeWithCallback.builder()
                .name("phoenix_span_queue_size")
                .help("Spans waiting for or in a batch")
                .callback(callback -> callback.call(spans.getAsLong()))
                .register(registry);
        // A writer with nothing to do is as alive as one that writes: what must not stop moving is
        // work that waits.
        GaugeWithCallback.builder()
                .name("phoenix_bulk_loader_last_activity_timestamp_seconds")
                .help("When a batch last ended; now, while nothing waits")
                .callback(callback -> callback.call(spans.getAsLong() == 0 ? now() : lastActivity))
                .register(registry);
    }

    public void rejected() {
        queueRejections.inc();
    }

    public void batchCommitted(int spans, long durationNanos) {
        insertionTime.observe(durationNanos / NANOS_PER_SECOND);
        batchSize.observe(spans);
        lastSuccess.set(now());
        lastActivity = now();
    }

    /** A span that the sender is told was refused. */
    public void spanRefused() {
        spanExceptions.inc();
        failedSpans.labelValues("span_error").inc();
    }

    /** A span that has an entry in the ledger. */
    public void spanInLedger(String reason) {
        ledgerSpans.labelValues(reason).inc();
    }

    public void batchFailed(int spans) {
        spanExceptions.inc();
        failedSpans.labelValues("transaction_error").inc(spans);
        lastActivity = now();
    }

    private double now() {
        return clock.instant().toEpochMilli() / 1e3;
    }
}
