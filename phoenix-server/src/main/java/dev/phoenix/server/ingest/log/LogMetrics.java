package dev.phoenix.server.ingest.log;

import dev.phoenix.server.ingest.decode.DecodedLogs;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/** What became of log records. */
@Component
class LogMetrics {

    private final PrometheusRegistry registry;
    private final Counter records;
    private final Counter discarded;

    LogMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        records =
                Counter.builder()
                        .name("phoenix_otlp_log_records")
                        .help(
                                "Log records received: events of spans are stored, others not,"
                                        + " refused ones have an entry in /v1/rejections")
                        .labelNames("outcome")
                        .register(registry);
        discarded =
                Counter.builder()
                        .name("phoenix_log_events_discarded")
                        .help("Events of spans that were accepted and then given up, by reason")
                        .labelNames("reason")
                        .register(registry);
    }

    void pending(LongSupplier events) {
        GaugeWithCallback.builder()
                .name("phoenix_pending_log_events")
                .help("Events from logs that wait for their span")
                .callback(callback -> callback.call((double) events.getAsLong()))
                .register(registry);
    }

    void received(DecodedLogs decoded, int refused) {
        int invalid = decoded.rejections().size();
        count("event", decoded.events().size() - (refused - invalid));
        count("refused", refused);
        count("other", decoded.others());
    }

    /** Their span did not come in time. */
    void expired(long events) {
        discard("expired", events);
    }

    /** They had waited longest when the room for what waits was getting scarce. */
    void displaced(long events) {
        discard("displaced", events);
    }

    private void count(String outcome, long count) {
        if (count > 0) {
            records.labelValues(outcome).inc(count);
        }
    }

    private void discard(String reason, long count) {
        if (count > 0) {
            discarded.labelValues(reason).inc(count);
        }
    }
}
