package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the recordings say must be readable is read through the public API. What is not stands in
 * {@code facts-not-read.txt}, each with its reason; a fact that is read now has to leave the file.
 */
@ServerTest
class RecordedDialectsTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Path FOLDER = Path.of("src/test/resources/otlp");

    private final TestServer server;

    RecordedDialectsTest(TestServer server) {
        this.server = server;
    }

    @Test
    void facts_read_back() throws IOException {
        Set<String> missed = new TreeSet<>();
        int counted = 0;
        for (String name : Recording.names()) {
            Facts facts = new Facts(name);
            read(name, facts);
            counted += facts.counted();
            missed.addAll(facts.missed());
        }
        double share = 100.0 * (counted - missed.size()) / counted;
        System.out.printf(
                "%d of %d facts read, %.2f %%%n", counted - missed.size(), counted, share);
        assertThat(missed).isEqualTo(Facts.notRead());
        assertThat(share).isGreaterThanOrEqualTo(98);
    }

    private void read(String name, Facts facts) {
        String project = server.projectName();
        Recording recording = Recording.load(name);
        // Logs first: what waits for a span is read with it.
        if (Files.exists(FOLDER.resolve(name + ".logs.pb"))) {
            send("/v1/logs", project, recording.logs());
        }
        send("/v1/traces", project, recording.request());
        Map<String, JsonNode> stored = new HashMap<>();
        recording.spans().stream()
                .map(span -> hex(span.getTraceId().toByteArray()))
                .distinct()
                .forEach(traceId -> throughGraphQl(traceId, stored));
        List<JsonNode> expected = new ArrayList<>();
        Facts.expected(FOLDER.resolve(name + ".expected.json")).get("spans").forEach(expected::add);
        Map<String, String> ids = recording.ownIds();
        for (JsonNode span : expected) {
            JsonNode shown =
                    Objects.requireNonNull(stored.get(ids.get(span.get("spanId").asString())));
            JsonNode attributes = MAPPER.readTree(shown.get("attributes").asString());
            facts.compare(
                    span,
                    new Facts.Shown(
                            shown.get("spanKind").asString(),
                            shown.get("statusCode").asString(),
                            text(attributes, "session.id"),
                            text(attributes, "user.id"),
                            attributes));
        }
    }

    private void send(String path, String project, MessageLite request) {
        var answer =
                server.send(
                        server.request(path)
                                .header("Content-Type", "application/x-protobuf")
                                .header("x-project-name", project)
                                .POST(BodyPublishers.ofByteArray(request.toByteArray())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static @Nullable String text(JsonNode tree, String path) {
        JsonNode value = Facts.at(tree, path);
        return value == null ? null : value.asString();
    }

    private void throughGraphQl(String traceId, Map<String, JsonNode> stored) {
        String query =
                """
                query ($id: String!) { getTraceByOtelId(traceId: $id) { spans(first: 1000) { edges { node {
                  context { spanId } spanKind statusCode attributes } } } } }\
                """;
        String body =
                MAPPER.writeValueAsString(
                        Map.of("query", query, "variables", Map.of("id", traceId)));
        JsonNode answer = MAPPER.readTree(server.post("/graphql", "application/json", body).body());
        for (JsonNode edge : answer.at("/data/getTraceByOtelId/spans/edges")) {
            JsonNode span = edge.get("node");
            stored.put(span.at("/context/spanId").asString(), span);
        }
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
