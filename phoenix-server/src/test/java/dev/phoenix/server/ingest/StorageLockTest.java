package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageLockTest {

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void database_above_its_share_takes_no_spans_and_can_be_read(TestEngine engine) {
        try (TestServer server = start(engine, "0.00001")) {
            var request = Spans.request("p", Spans.span(Spans.id(16), "s"));

            var http = server.post("/v1/traces", "application/x-protobuf", request.toByteArray());
            assertThat(http.statusCode()).isEqualTo(507);
            assertThat(http.body())
                    .contains("PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE");
            assertThat(
                            server.post("/v1/projects/p/spans", "application/json", "{\"data\":[]}")
                                    .statusCode())
                    .isEqualTo(507);
            StatusRuntimeException grpc =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> Transport.GRPC.send(server, request));
            assertThat(grpc.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(server.get("/v1/projects").statusCode()).isEqualTo(200);
        }
    }

    /** What makes room is never refused. */
    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void database_above_its_share_is_cleared_over_its_api(TestEngine engine, @TempDir Path folder) {
        Map<String, String> storage =
                Map.of("PHOENIX_SQL_DATABASE_URL", engine.newDatabase(folder));
        Telemetry sent;
        try (TestServer roomy = TestServer.start(engine, storage)) {
            sent = Telemetry.of(roomy).span(1, 1, 0, 1).span(1, 2, 0, 1).span(2, 3, 0, 1).send();
        }
        Map<String, String> locked = new HashMap<>(storage);
        locked.putAll(share("0.00001"));
        try (TestServer server = TestServer.start(engine, locked)) {
            Api api = new Api(server);
            var request = Spans.request("p", Spans.span(Spans.id(16), "s"));
            assertThat(
                            server.post(
                                            "/v1/traces",
                                            "application/x-protobuf",
                                            request.toByteArray())
                                    .statusCode())
                    .isEqualTo(507);
            assertThat(
                            api.execute(
                                            "mutation {recomputeCosts(input: {}) {recomputation {id}}}",
                                            Map.of())
                                    .path("errors")
                                    .toString())
                    .contains("PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE");
            for (String path :
                    List.of("/v1/traces/" + sent.traceId(2), "/v1/projects/" + sent.project())) {
                assertThat(server.send(server.request(path).DELETE()).statusCode())
                        .as(path)
                        .isEqualTo(204);
            }
            assertThat(server.get("/v1/projects/" + sent.project()).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void database_below_its_share_takes_spans(TestEngine engine) {
        try (TestServer server = start(engine, "10")) {
            var request = Spans.request("p", Spans.span(Spans.id(16), "s"));

            assertThat(Transport.GRPC.send(server, request).getRejectedSpans()).isZero();
        }
    }

    private static TestServer start(TestEngine engine, String gibibytes) {
        return TestServer.start(engine, share(gibibytes));
    }

    private static Map<String, String> share(String gibibytes) {
        return Map.of(
                "PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES",
                gibibytes,
                "PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE",
                "90");
    }
}
