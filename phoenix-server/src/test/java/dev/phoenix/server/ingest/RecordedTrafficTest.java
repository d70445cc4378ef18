package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The span trees of real instrumentation libraries read back as they were sent. */
@ServerTest
class RecordedTrafficTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final TestServer server;

    RecordedTrafficTest(TestServer server) {
        this.server = server;
    }

    static List<String> recordings() {
        return Recording.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void tree_reads_back(String name) {
        String project = server.projectName();
        Recording recording = Recording.load(name);
        assertThat(send(recording, project)).isEqualTo(200);

        List<SpanNode> sent = recording.spans().stream().map(SpanNode::of).toList();
        assertThat(throughRest(project)).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(throughGraphQl(sent)).containsExactlyInAnyOrderElementsOf(sent);
    }

    private int send(Recording recording, String project) {
        return server.send(
                        server.request("/v1/traces")
                                .header("Content-Type", "application/x-protobuf")
                                .header("x-project-name", project)
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                recording.request().toByteArray())))
                .statusCode();
    }

    private List<SpanNode> throughRest(String project) {
        return Stored.spans(server, project).stream()
                .map(
                        span ->
                                new SpanNode(
                                        span.get("context").get("trace_id").asString(),
                                        span.get("context").get("span_id").asString(),
                                        text(span.get("parent_id")),
                                        span.get("name").asString(),
                                        span.get("status_code").asString()))
                .toList();
    }

    private List<SpanNode> throughGraphQl(List<SpanNode> sent) {
        List<SpanNode> read = new ArrayList<>();
        for (String traceId : sent.stream().map(SpanNode::traceId).collect(Collectors.toSet())) {
            String query =
                    """
                    query ($id: String!) { getTraceByOtelId(traceId: $id) { spans(first: 1000) { edges { node {
                      context { traceId spanId } parentId name statusCode } } } } }\
                    """;
            String body =
                    MAPPER.writeValueAsString(
                            Map.of("query", query, "variables", Map.of("id", traceId)));
            JsonNode answer =
                    MAPPER.readTree(server.post("/graphql", "application/json", body).body());
            for (JsonNode edge : answer.at("/data/getTraceByOtelId/spans/edges")) {
                JsonNode span = edge.get("node");
                read.add(
                        new SpanNode(
                                span.at("/context/traceId").asString(),
                                span.at("/context/spanId").asString(),
                                text(span.get("parentId")),
                                span.get("name").asString(),
                                span.get("statusCode").asString()));
            }
        }
        return read;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isNull() ? null : node.asString();
    }

    private record SpanNode(
            String traceId, String spanId, @Nullable String parentId, String name, String status) {

        static SpanNode of(Span span) {
            return new SpanNode(
                    Spans.hex(span.getTraceId()),
                    Spans.hex(span.getSpanId()),
                    span.getParentSpanId().isEmpty() ? null : Spans.hex(span.getParentSpanId()),
                    span.getName(),
                    status(span.getStatus()));
        }

        private static String status(Status status) {
            return Objects.requireNonNull(
                    Map.of(0, "UNSET", 1, "OK", 2, "ERROR").get(status.getCodeValue()));
        }
    }
}
