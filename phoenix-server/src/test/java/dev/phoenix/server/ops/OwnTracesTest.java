package dev.phoenix.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's traces of its own work, received by another server. */
class OwnTracesTest {

    private static final String COLLECTOR =
            "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_%s_ENDPOINT";

    @Test
    void every_stage_of_ingestion_is_a_span_over_http() {
        try (TestServer collector = TestServer.start(TestEngine.SQLITE, Map.of())) {
            String address = "localhost:" + collector.baseUrl().getPort();

            ingestSomething(Map.of(COLLECTOR.formatted("HTTP"), address));

            assertThat(ownSpans(collector))
                    .contains(
                            "ingest request",
                            "ingest receive",
                            "ingest parse",
                            "ingest decode",
                            "ingest commit",
                            "ingest batch",
                            "ingest prepare",
                            "ingest transaction",
                            "ingest look_up",
                            "ingest insert",
                            "ingest sum");
        }
    }

    @Test
    void every_stage_of_spans_sent_over_rest_is_a_span_as_well() {
        try (TestServer collector = TestServer.start(TestEngine.SQLITE, Map.of())) {
            String address = "localhost:" + collector.baseUrl().getPort();
            try (TestServer server =
                    TestServer.start(
                            TestEngine.SQLITE, Map.of(COLLECTOR.formatted("HTTP"), address))) {
                server.post(
                        "/v1/projects/p/spans",
                        "application/json",
                        """
                        {"data": [{"name": "s", "span_kind": "CHAIN", "status_code": "OK",
                          "context": {"trace_id": "t", "span_id": "s"},
                          "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:01Z"}]}""");
            }

            assertThat(ownSpans(collector))
                    .contains(
                            "ingest request",
                            "ingest receive",
                            "ingest turn",
                            "ingest parse",
                            "ingest decode",
                            "ingest commit",
                            "ingest batch");
        }
    }

    @Test
    void own_traces_go_over_grpc_as_well() {
        try (TestServer collector = TestServer.start(TestEngine.SQLITE, Map.of())) {
            String address = "http://localhost:" + collector.grpcPort();

            ingestSomething(Map.of(COLLECTOR.formatted("GRPC"), address));

            assertThat(ownSpans(collector)).contains("ingest request", "ingest batch");
        }
    }

    /** What is left is exported when the server stops. */
    private static void ingestSomething(Map<String, String> variables) {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, variables)) {
            Telemetry.of(server).span(1, 1, 1, 1).send();
        }
    }

    private static List<String> ownSpans(TestServer collector) {
        JsonNode page =
                JsonMapper.shared()
                        .readTree(
                                collector
                                        .get("/v1/projects/phoenix-server/spans?limit=100")
                                        .body());
        return page.get("data").valueStream().map(span -> span.get("name").asString()).toList();
    }
}
