package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Metrics;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** So many spans may wait for the database, and no more, whichever way they come. */
class QueueLimitTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String RULE = "PHOENIX_MAX_SPANS_QUEUE_SIZE is 2";

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void full_queue_asks_every_sender_to_come_back(TestEngine engine) throws Exception {
        Map<String, String> variables =
                Map.of("PHOENIX_MAX_SPANS_QUEUE_SIZE", "2", "PHOENIX_ENABLE_PROMETHEUS", "true");
        try (TestServer server = TestServer.start(engine, variables);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String project = server.projectName();
            assertThat(export(server, project, "known").statusCode()).isEqualTo(200);
            Future<HttpResponse<String>> waiting;
            try (HeldWrites held = HeldWrites.of(server)) {
                waiting = threads.submit(() -> export(server, project, "one", "two"));
                Await.await(DEADLINE, 2.0, () -> Metrics.value(server, "phoenix_span_queue_size"));
                refuseAll(server, project);
            }
            assertThat(waiting.get().statusCode()).isEqualTo(200);
            assertThat(create(server, project).statusCode()).isEqualTo(202);

            assertThat(Metrics.value(server, "phoenix_span_queue_rejections_total")).isEqualTo(3);
            assertThat(Metrics.value(server, "phoenix_span_queue_size")).isZero();
            assertThat(Stored.spans(server, project))
                    .extracting(span -> span.get("name").asString())
                    .containsExactlyInAnyOrder("known", "one", "two", "created");
        }
    }

    private static void refuseAll(TestServer server, String project) throws Exception {
        HttpResponse<String> http = export(server, project, "too many");
        assertThat(http.statusCode()).isEqualTo(503);
        assertThat(http.headers().firstValue("retry-after")).hasValue("1");
        assertThat(http.body()).contains(RULE);

        HttpResponse<String> rest = create(server, project);
        assertThat(rest.statusCode()).isEqualTo(503);
        assertThat(rest.headers().firstValue("retry-after")).hasValue("1");
        assertThat(rest.body()).contains(RULE);

        StatusRuntimeException grpc =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                Transport.GRPC.send(
                                        server,
                                        Spans.request(
                                                project, Spans.span(Spans.id(16), "too many"))));
        assertThat(grpc.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(grpc.getStatus().getDescription()).contains(RULE);
        var details = Objects.requireNonNull(StatusProto.fromThrowable(grpc)).getDetails(0);
        assertThat(details.unpack(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
    }

    private static HttpResponse<String> export(TestServer server, String project, String... names) {
        var trace = Spans.id(16);
        Span.Builder[] spans =
                Arrays.stream(names)
                        .map(name -> Spans.span(trace, name))
                        .toArray(Span.Builder[]::new);
        return server.post(
                "/v1/traces",
                "application/x-protobuf",
                Spans.request(project, spans).toByteArray());
    }

    private static HttpResponse<String> create(TestServer server, String project) {
        return server.post(
                "/v1/projects/" + project + "/spans",
                "application/json",
                """
                {"data": [{"name": "created", "span_kind": "CHAIN", "status_code": "OK",
                  "context": {"trace_id": "%s", "span_id": "%s"},
                  "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:01Z"}]}"""
                        .formatted(Spans.hex(Spans.id(16)), Spans.hex(Spans.id(8))));
    }
}
