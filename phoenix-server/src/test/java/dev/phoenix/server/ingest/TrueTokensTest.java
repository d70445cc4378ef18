package dev.phoenix.server.ingest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of recorded traces and projects are those that the providers billed: each call counts
 * once, however many instrumentations report it.
 */
@ServerTest
class TrueTokensTest {

    private static final Path FOLDER = Path.of("src/test/resources/otlp");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String NOT_SENT = "the sender reports no tokens for a call";
    private static final String NO_PROVIDER = "tokens written by hand, without a call";

    /** Traces that cannot be right, by the recording and the name of their root. */
    private static final Map<String, String> EXCEPTIONS =
            Map.ofEntries(
                    entry("gen-py-google-genai: generate_content gemini-2.5-flash", NOT_SENT),
                    entry("gen-py-google-genai: embeddings gemini-embedding-001", NOT_SENT),
                    entry("java-otel-agent-openai: chat gpt-4o", NOT_SENT),
                    entry("oi-js-openai: OpenAI Chat Completions", NOT_SENT),
                    entry("oi-js-openai: OpenAI Embeddings", NOT_SENT),
                    entry("oi-py-dspy: Rag.forward", NOT_SENT),
                    entry("oi-py-dspy: Predict.forward", NOT_SENT),
                    entry("oi-py-google-genai: GenerateContent", NOT_SENT),
                    entry("oi-py-google-genai: EmbedContent", NOT_SENT),
                    entry("oi-py-langchain-rag: rag_chain", NOT_SENT),
                    entry("oi-py-llama-index: OpenAIEmbedding.get_text_embedding_batch", NOT_SENT),
                    entry("oi-py-llama-index: RetrieverQueryEngine.query", NOT_SENT),
                    entry("oi-py-llama-index: OpenAI.stream_chat", NOT_SENT),
                    entry("oi-py-openai-stream-image-embed: ChatCompletion", NOT_SENT),
                    entry("vercel-ai-v4: ai.streamText", NOT_SENT),
                    entry("oi-py-haystack: Pipeline.run", NOT_SENT),
                    entry("oi-py-manual-kinds: support_agent", NO_PROVIDER),
                    entry("oi-py-manual-kinds: masked_call", NO_PROVIDER),
                    entry("own-langfuse: manual-generation", NO_PROVIDER),
                    entry("own-langfuse: embed-query", NO_PROVIDER));

    private final TestServer server;
    private final Api api;

    TrueTokensTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    private record Tokens(long prompt, long completion) {

        static Tokens of(JsonNode tokens) {
            return new Tokens(tokens.path("prompt").asLong(0), tokens.path("completion").asLong(0));
        }

        Tokens plus(Tokens other) {
            return new Tokens(prompt + other.prompt, completion + other.completion);
        }

        Tokens minus(Tokens other) {
            return new Tokens(prompt - other.prompt, completion - other.completion);
        }
    }

    @Test
    void tracesAndProjects_haveTheTokensThatWereBilled() throws IOException {
        Map<String, String> wrong = new TreeMap<>();
        for (String name : Recording.names()) {
            compare(name, wrong);
        }
        assertThat(wrong.keySet())
                .as(() -> String.join("\n", wrong.values()))
                .isEqualTo(EXCEPTIONS.keySet());
        assertThat(server.differences()).isEmpty();
    }

    private void compare(String name, Map<String, String> wrong) throws IOException {
        JsonNode expected =
                JSON.readTree(Files.readString(FOLDER.resolve(name + ".expected.json")));
        String project = server.projectName();
        Map<String, String> ids = send(name, project);
        Map<String, Tokens> stored = tracesOf(project);
        Tokens forgiven = new Tokens(0, 0);
        for (JsonNode trace : expected.get("traces")) {
            Tokens billed = Tokens.of(trace.path("trueTokens"));
            Tokens counted =
                    Objects.requireNonNull(stored.get(ids.get(trace.get("traceId").asString())));
            if (!counted.equals(billed)) {
                String which = name + ": " + trace.at("/roots/0").asString();
                wrong.put(which, "%s has %s, true is %s".formatted(which, counted, billed));
                forgiven = forgiven.plus(counted.minus(billed));
            }
        }
        Tokens total = Tokens.of(expected.at("/total/trueTokens"));
        assertThat(tokensOf(project)).as("total of " + name).isEqualTo(total.plus(forgiven));
    }

    /** Returns the ids that the traces have here, by those they were recorded with. */
    private Map<String, String> send(String name, String project) throws IOException {
        Recording recording = Recording.load(name);
        var answer =
                server.send(
                        server.request("/v1/traces")
                                .header("Content-Type", "application/x-protobuf")
                                .header("x-project-name", project)
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                recording.request().toByteArray())));
        assertThat(answer.statusCode()).isEqualTo(200);
        List<Span> recorded =
                ExportTraceServiceRequest.parseFrom(
                                Files.readAllBytes(FOLDER.resolve(name + ".pb")))
                        .getResourceSpansList()
                        .stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream())
                        .toList();
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < recorded.size(); i++) {
            ids.put(hex(recorded.get(i)), hex(recording.spans().get(i)));
        }
        return ids;
    }

    private static String hex(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    private Map<String, Tokens> tracesOf(String project) {
        Map<String, Tokens> traces = new HashMap<>();
        JsonNode edges =
                api.query(
                                """
                                {getProjectByName(name: "%s") {traces(first: 100) {
                                  edges {node {traceId tokenUsage {prompt completion}}}}}}\
                                """
                                        .formatted(project))
                        .at("/getProjectByName/traces/edges");
        List<JsonNode> nodes = new ArrayList<>();
        edges.forEach(edge -> nodes.add(edge.get("node")));
        nodes.forEach(
                trace ->
                        traces.put(
                                trace.get("traceId").asString(),
                                Tokens.of(trace.get("tokenUsage"))));
        return traces;
    }

    private Tokens tokensOf(String project) {
        JsonNode counts =
                api.query(
                                "{getProjectByName(name: \"%s\") {tokenCountPrompt tokenCountCompletion}}"
                                        .formatted(project))
                        .get("getProjectByName");
        return new Tokens(
                counts.get("tokenCountPrompt").asLong(),
                counts.get("tokenCountCompletion").asLong());
    }
}
