package dev.phoenix.server.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestServer;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Log records sent to a server, and the events of spans read back. */
public final class Logs {

    private final TestServer server;
    private final String project;

    public Logs(TestServer server, String project) {
        this.server = server;
        this.project = project;
    }

    public static ExportLogsServiceRequest request(List<LogRecord> records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder()
                                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(records)))
                .build();
    }

    static List<LogRecord> records(ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }

    public void sendSpans(ExportTraceServiceRequest spans) {
        post("/v1/traces", "application/x-protobuf", spans.toByteArray());
    }

    public ExportLogsPartialSuccess send(ExportLogsServiceRequest logs) {
        try {
            return ExportLogsServiceResponse.parseFrom(
                            post("/v1/logs", "application/x-protobuf", logs.toByteArray()))
                    .getPartialSuccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ExportLogsPartialSuccess sendOverGrpc(ExportLogsServiceRequest logs) {
        var channel =
                NettyChannelBuilder.forAddress("localhost", server.grpcPort())
                        .usePlaintext()
                        .build();
        try {
            return LogsServiceGrpc.newBlockingStub(channel).export(logs).getPartialSuccess();
        } finally {
            channel.shutdownNow();
        }
    }

    byte[] post(String path, String contentType, byte[] body) {
        var answer =
                server.send(
                        server.request(path)
                                .header("Content-Type", contentType)
                                .header("x-project-name", project)
                                .POST(BodyPublishers.ofByteArray(body)),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return answer.body();
    }

    /** The spans of the project as REST lists them, at most a hundred. */
    List<JsonNode> spans() {
        return new Api(server)
                .get("/v1/projects/%s/spans?limit=100&sort=start_time".formatted(project))
                .get("data")
                .valueStream()
                .toList();
    }

    /** Names of the events that came as log records, in the order in which a span has them. */
    List<String> events(String spanId) {
        return spans().stream()
                .filter(span -> span.at("/context/span_id").asString().equals(spanId))
                .flatMap(span -> span.get("events").valueStream())
                .filter(event -> event.has("log"))
                .map(event -> event.get("name").asString())
                .toList();
    }
}
