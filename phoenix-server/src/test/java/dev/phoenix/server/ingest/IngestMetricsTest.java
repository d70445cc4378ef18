package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Metrics;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What dashboards and alerts are made of, by what happens to spans. */
@ServerTest(environment = "PHOENIX_ENABLE_PROMETHEUS=true")
class IngestMetricsTest {

    private static final String LAST_ACTIVITY =
            "phoenix_bulk_loader_last_activity_timestamp_seconds";
    private static final String LAST_SUCCESS =
            "phoenix_span_ingestion_last_success_timestamp_seconds";
    private static final String FAILED =
            "phoenix_span_ingestion_failed_spans_total{reason=\"span_error\"}";
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final TestServer server;
    private final String project;

    IngestMetricsTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @Test
    void committed_batches_are_measured() {
        double batches = value("phoenix_bulk_loader_span_insertion_time_seconds_count");
        double spans = value("phoenix_bulk_loader_batch_size_sum");
        double before = seconds();

        send(Spans.span(Spans.id(16), "a"), Spans.span(Spans.id(16), "b"));

        assertThat(value("phoenix_bulk_loader_span_insertion_time_seconds_count"))
                .isGreaterThan(batches);
        assertThat(value("phoenix_bulk_loader_batch_size_sum")).isEqualTo(spans + 2);
        assertThat(value(LAST_SUCCESS)).isBetween(before, seconds());
    }

    @Test
    void spans_not_stored_are_counted_by_reason() {
        // A counter shows itself with its first count.
        send(Spans.span(Spans.id(15), "bad id"));
        double failed = value(FAILED);
        double exceptions = value("phoenix_bulk_loader_span_exceptions_total");
        double ids = value("phoenix_span_rejections_total{reason=\"invalid_id\"}");

        send(
                Spans.span(Spans.id(15), "bad id"),
                Spans.span(Spans.id(16), "good"),
                Spans.span(Spans.id(15), "another"));

        assertThat(value(FAILED)).isEqualTo(failed + 2);
        assertThat(value("phoenix_bulk_loader_span_exceptions_total")).isEqualTo(exceptions + 2);
        assertThat(value("phoenix_span_rejections_total{reason=\"invalid_id\"}"))
                .isEqualTo(ids + 2);
    }

    /** A known span with other content is told in the ledger, but its sender is told success. */
    @Test
    void conflicting_content_is_no_failure() {
        Span.Builder first = Spans.span(Spans.id(16), "first");
        send(first, Spans.span(Spans.id(15), "bad id"));
        double failed = value(FAILED);

        send(first.clone().setName("second"));

        assertThat(value(FAILED)).isEqualTo(failed);
        assertThat(value("phoenix_span_rejections_total{reason=\"conflicting_content\"}"))
                .isPositive();
    }

    /** Alerts ask whether it stands still; an idle writer must not look like a stuck one. */
    @Test
    void last_activity_stands_still_only_while_spans_wait() throws Exception {
        send(Spans.span(Spans.id(16), "before"));
        double idle = value(LAST_ACTIVITY);
        Await.await(DEADLINE, true, () -> value(LAST_ACTIVITY) > idle);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting;
            try (HeldWrites held = HeldWrites.of(server)) {
                waiting = threads.submit(() -> send(Spans.span(Spans.id(16), "waits")));
                Await.await(DEADLINE, 1.0, () -> value("phoenix_span_queue_size"));
                double stuck = value(LAST_ACTIVITY);
                double later = seconds() + 0.05;
                Await.await(DEADLINE, true, () -> seconds() > later);
                assertThat(value(LAST_ACTIVITY)).isEqualTo(stuck);
            }
            waiting.get();
        }
    }

    @Test
    void every_stage_has_its_time() {
        send(Spans.span(Spans.id(16), "a"), Spans.span(Spans.id(15), "bad"));
        String all = Metrics.of(server);
        for (Stage stage : Stage.values()) {
            assertThat(all)
                    .contains(
                            "phoenix_ingest_stage_duration_seconds_count{stage=\"%s\"} "
                                    .formatted(stage.name().toLowerCase(Locale.ROOT)));
        }
        assertThat(value("phoenix_ingest_stage_duration_seconds_count{stage=\"ledger\"}"))
                .isPositive();
    }

    private double value(String sample) {
        return Metrics.value(server, sample);
    }

    private static double seconds() {
        return Instant.now().toEpochMilli() / 1e3;
    }

    private void send(Span.Builder... spans) {
        Transport.PROTOBUF.send(server, Spans.request(project, spans));
    }
}
