package dev.phoenix.server.ingest.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest
class LogPortsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAME = "gen-py-openai-v2-events";

    private final TestServer server;
    private final String project;
    private final Logs logs;

    LogPortsTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
        this.logs = new Logs(server, project);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void events_find_their_spans_in_either_order(boolean logsFirst) {
        Recording recording = Recording.load(NAME);
        if (logsFirst) {
            assertThat(logs.send(recording.logs()).getRejectedLogRecords()).isZero();
            logs.sendSpans(recording.request());
        } else {
            logs.sendSpans(recording.request());
            assertThat(logs.sendOverGrpc(recording.logs()).getRejectedLogRecords()).isZero();
        }
        String second = secondCall(recording);
        List<String> expected =
                List.of(
                        "gen_ai.system.message",
                        "gen_ai.user.message",
                        "gen_ai.assistant.message",
                        "gen_ai.tool.message",
                        "gen_ai.choice");
        Await.await(SOON, expected, () -> logs.events(second));
        var before = logs.spans();

        logs.send(recording.logs());
        logs.sendSpans(recording.request());
        Await.await(SOON, 0L, () -> pending(second));

        assertThat(logs.spans()).isEqualTo(before);
        assertThat(rejections()).isEmpty();
    }

    /** The answer after the tool was called. */
    private static String secondCall(Recording recording) {
        return Logs.records(recording.logs()).stream()
                .filter(record -> record.getEventName().equals("gen_ai.tool.message"))
                .map(record -> HexFormat.of().formatHex(record.getSpanId().toByteArray()))
                .findFirst()
                .orElseThrow();
    }

    private long pending(String spanId) {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT count(*) FROM pending_log_events WHERE span_id = '%s'"
                                        .formatted(spanId))) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<?> rejections() {
        return new Api(server)
                .get("/v1/rejections?project=" + project)
                .get("data")
                .valueStream()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void json_is_read_as_well(String encoding) throws IOException {
        byte[] json =
                Files.readAllBytes(
                        Path.of("src/test/resources/otlp/java-otel-agent-openai.logs.json"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (encoding.equals("gzip")) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
                gzip.write(json);
            }
        } else {
            body.write(json);
        }
        var answer =
                server.send(
                        server.request("/v1/logs")
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", encoding)
                                .POST(BodyPublishers.ofByteArray(body.toByteArray())));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
    }

    @Test
    void events_that_cannot_be_read_are_refused_alone() {
        Recording recording = Recording.load(NAME);
        LogRecord good = Logs.records(recording.logs()).getFirst();
        LogRecord wrongId = good.toBuilder().setTraceId(ByteString.copyFromUtf8("short")).build();
        LogRecord wrongTime = good.toBuilder().setTimeUnixNano(-1).build();
        LogRecord plain =
                LogRecord.newBuilder()
                        .setTraceId(ByteString.copyFromUtf8("short"))
                        .setBody(AnyValue.newBuilder().setStringValue("order 7 was shipped"))
                        .build();
        logs.sendSpans(recording.request());

        ExportLogsPartialSuccess partial =
                logs.send(Logs.request(List.of(wrongId, plain, good, wrongTime)));

        assertThat(partial.getRejectedLogRecords()).isEqualTo(2);
        assertThat(partial.getErrorMessage())
                .startsWith(
                        "log event 'gen_ai.system.message': trace_id must be 16 bytes, was"
                                + " '73686f7274'")
                .contains("its time must be below 2^63 nanoseconds");
        assertThat(rejections().toString()).contains("invalid_log_event");
        Await.await(
                SOON,
                List.of("gen_ai.system.message"),
                () -> logs.events(HexFormat.of().formatHex(good.getSpanId().toByteArray())));
    }

    @Test
    void events_beyond_what_a_span_may_have_are_refused() {
        LogRecord good = Logs.records(Recording.load(NAME).logs()).getFirst();
        List<LogRecord> large =
                IntStream.range(0, 3)
                        .mapToObj(
                                i ->
                                        good.toBuilder()
                                                .setObservedTimeUnixNano(i + 1)
                                                .setBody(
                                                        AnyValue.newBuilder()
                                                                .setStringValue(
                                                                        "x".repeat(3 << 20)))
                                                .build())
                        .toList();

        ExportLogsPartialSuccess partial = logs.send(Logs.request(large));

        assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
        assertThat(partial.getErrorMessage())
                .contains("the events of a span may have 8 MiB together");
        assertThat(rejections().toString()).contains("too_many_log_events");
    }

    @Test
    void bodies_that_are_no_logs_are_refused() {
        for (String body : List.of("{", "[]", "{\"resourceLogs\": 1}")) {
            var answer = server.post("/v1/logs", "application/json", body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
        var answer = server.post("/v1/logs", "application/x-protobuf", new byte[] {10, 100, 1});
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the body is not an ExportLogsServiceRequest");
    }

    @Test
    void metrics_are_counted_only() {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        request.addResourceMetricsBuilder()
                .addScopeMetricsBuilder()
                .addMetricsBuilder()
                .getGaugeBuilder()
                .addDataPointsBuilder();
        byte[] protobuf = request.build().toByteArray();
        String json =
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":[{}]}}]}]}]}";

        assertThat(logs.post("/v1/metrics", "application/x-protobuf", protobuf)).isEmpty();
        assertThat(logs.post("/v1/metrics", "application/json", json.getBytes(UTF_8)))
                .asString()
                .isEqualTo("{}");
        var channel =
                NettyChannelBuilder.forAddress("localhost", server.grpcPort())
                        .usePlaintext()
                        .build();
        try {
            assertThat(MetricsServiceGrpc.newBlockingStub(channel).export(request.build()))
                    .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
        assertThat(server.post("/v1/metrics", "application/json", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void the_empty_request_is_a_success() {
        assertThat(logs.send(ExportLogsServiceRequest.getDefaultInstance()))
                .isEqualTo(ExportLogsPartialSuccess.getDefaultInstance());
    }
}
