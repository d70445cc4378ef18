package dev.phoenix.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final TestServer SERVER =
            TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_ENABLE_PROMETHEUS", "TRUE"));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void requests_areCountedByRoute() throws Exception {
        SERVER.get("/healthz");
        SERVER.get("/v1/some-name");
        assertThat(metrics())
                .contains(
                        "starlette_requests_processing_time_seconds_summary_count{method=\"GET\",path=\"/healthz\"} ",
                        "starlette_requests_processing_time_seconds_summary_sum{method=\"GET\",path=\"/healthz\"} ",
                        "starlette_requests_processing_time_seconds_summary_count{method=\"GET\",path=\"/v1/**\"} ")
                .doesNotContain("some-name");
    }

    @Test
    void machineAndVersion_areThere() throws Exception {
        assertThat(metrics())
                .contains(
                        "memory_usage_bytes{type=\"virtual\"} ",
                        "memory_usage_bytes{type=\"swap\"} ",
                        "cpu_usage_percent ",
                        "phoenix_server_info{compatible_with=\"20.26.1\",version=");
    }

    @Test
    void ingestion_isThere() throws Exception {
        assertThat(metrics())
                .contains("phoenix_span_queue_size ", "phoenix_span_queue_rejections_total ");
    }

    private static String metrics() throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://localhost:%d/metrics"
                                .formatted(SERVER.settings().observability().prometheusPort()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
