package dev.phoenix.server.annotation;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/** What became of annotations that were accepted before what they annotate. */
@Component
class AnnotationMetrics {

    private final PrometheusRegistry registry;
    private final Counter discarded;

    AnnotationMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        discarded =
                Counter.builder()
                        .name("phoenix_annotations_discarded")
                        .help("Annotations accepted and then given up, by target and reason")
                        .labelNames("target", "reason")
                        .register(registry);
    }

    void pending(LongSupplier annotations) {
        GaugeWithCallback.builder()
                .name("phoenix_pending_annotations")
                .help("Annotations that wait for their span, trace or session")
                .callback(callback -> callback.call(annotations.getAsLong()))
                .register(registry);
    }

    /** What they annotate did not arrive in time. */
    void expired(Target target, int annotations) {
        count(target, "expired", annotations);
    }

    /** The span has no document at the position. */
    void withoutDocument(int annotations) {
        count(Target.DOCUMENT, "no_document", annotations);
    }

    private void count(Target target, String reason, int annotations) {
        if (annotations > 0) {
            discarded.labelValues(target.name().toLowerCase(Locale.ROOT), reason).inc(annotations);
        }
    }
}
