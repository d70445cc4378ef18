package dev.phoenix.server.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Real spans and log records end in the same state, however they are cut, mixed and repeated. */
@ServerTest
class LogOrderTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path FOLDER = Path.of("src/test/resources/otlp");
    private static final int SHUFFLES = 4;

    private final TestServer server;

    LogOrderTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gen-py-openai-v2-events",
                "gen-py-google-genai",
                "own-semantic-kernel",
                "java-otel-agent-openai"
            })
    void every_order_gives_the_same_spans(String name) {
        Map<String, JsonNode> logsFirst = afterLogsFirst(name);
        for (int seed = 1; seed <= SHUFFLES; seed++) {
            shuffled(name, seed, logsFirst);
        }
        assertThat(server.differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gen-py-openai-v2-events",
                "gen-py-google-genai",
                "own-semantic-kernel",
                "java-otel-agent-openai"
            })
    void content_of_logs_is_readable(String name) throws IOException {
        assertThat(missed(name, afterLogsFirst(name))).isEmpty();
    }

    private Map<String, JsonNode> afterLogsFirst(String name) {
        Recording recording = Recording.load(name);
        Logs logs = new Logs(server, server.projectName());
        logs.send(recording.logs());
        logs.sendSpans(recording.request());
        return state(logs, name, recording);
    }

    private void shuffled(String name, int seed, Map<String, JsonNode> expected) {
        Recording recording = Recording.load(name);
        Logs logs = new Logs(server, server.projectName());
        Random random = new Random(seed);
        List<Runnable> requests = new ArrayList<>();
        for (LogRecord record : Logs.records(recording.logs())) {
            requests.add(() -> logs.send(Logs.request(List.of(record))));
        }
        for (ExportTraceServiceRequest part : parts(recording.request())) {
            requests.add(() -> logs.sendSpans(part));
        }
        List<Runnable> all = new ArrayList<>(requests);
        all.addAll(requests.subList(0, requests.size() / 2));
        Collections.shuffle(all, random);
        all.forEach(Runnable::run);
        Await.await(SOON, expected, () -> state(logs, name, recording));
    }

    /** One span each, with its resource and scope. */
    private static List<ExportTraceServiceRequest> parts(ExportTraceServiceRequest request) {
        List<ExportTraceServiceRequest> parts = new ArrayList<>();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                scope.getSpansList()
                        .forEach(
                                span ->
                                        parts.add(
                                                ExportTraceServiceRequest.newBuilder()
                                                        .addResourceSpans(
                                                                resource.toBuilder()
                                                                        .clearScopeSpans()
                                                                        .addScopeSpans(
                                                                                scope.toBuilder()
                                                                                        .clearSpans()
                                                                                        .addSpans(
                                                                                                span)))
                                                        .build()));
            }
        }
        return parts;
    }

    /** Kind, attributes and events by the span id of the recording. */
    private static Map<String, JsonNode> state(Logs logs, String name, Recording recording) {
        Map<String, String> recorded = new HashMap<>();
        List<String> original = recordedIds(name);
        for (int i = 0; i < original.size(); i++) {
            recorded.put(hex(recording.spans().get(i).getSpanId().toByteArray()), original.get(i));
        }
        Map<String, JsonNode> state = new TreeMap<>();
        for (JsonNode span : logs.spans()) {
            ObjectNode shown = JsonMapper.shared().createObjectNode();
            for (String field : List.of("name", "span_kind", "attributes", "events")) {
                shown.set(field, span.get(field));
            }
            // The id of an event is made of those of its span.
            shown.get("events")
                    .forEach(
                            event -> {
                                if (event.get("log") instanceof ObjectNode origin) {
                                    origin.remove("id");
                                }
                            });
            state.put(recorded.get(span.at("/context/span_id").asString()), shown);
        }
        return state;
    }

    private static List<String> recordedIds(String name) {
        try {
            return ExportTraceServiceRequest.parseFrom(
                            Files.readAllBytes(FOLDER.resolve(name + ".pb")))
                    .getResourceSpansList()
                    .stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(span -> hex(span.getSpanId().toByteArray()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    /** Texts that the recording says are readable and that no span shows on their side. */
    private static List<String> missed(String name, Map<String, JsonNode> state)
            throws IOException {
        List<String> missed = new ArrayList<>();
        JsonNode facts =
                JsonMapper.shared()
                        .readTree(Files.readString(FOLDER.resolve(name + ".expected.json")));
        for (JsonNode span : facts.get("spans")) {
            // What plain log records say is not stored.
            if (!span.get("kind").asString().equals("LLM")) {
                continue;
            }
            JsonNode shown = Objects.requireNonNull(state.get(span.get("spanId").asString()));
            for (String side : List.of("input", "output")) {
                String text = text(shown.get("attributes"), side);
                span.path(side + "Contains")
                        .forEach(
                                fact -> {
                                    if (!text.contains(fact.asString())) {
                                        missed.add(span.get("name") + " " + side + " " + fact);
                                    }
                                });
            }
        }
        return missed;
    }

    private static String text(JsonNode attributes, String side) {
        StringBuilder text = new StringBuilder();
        attributes.forEachEntry(
                (path, value) -> {
                    if (path.startsWith(side + ".") || path.startsWith("llm." + side)) {
                        text.append(value.asString()).append('\n');
                    }
                });
        return text.toString();
    }
}
