package dev.phoenix.server.ingest.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;

/** Compares what a recording says must be readable from a span with what is read. */
public final class Facts {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Map<String, String> TOKENS =
            Map.of(
                    "prompt", "prompt",
                    "completion", "completion",
                    "cacheRead", "prompt_details.cache_read",
                    "cacheWrite", "prompt_details.cache_write",
                    "reasoning", "completion_details.reasoning");

    private static final List<String> INPUTS =
            List.of(
                    "input",
                    "llm.input_messages",
                    "llm.prompts",
                    "llm.prompt_template",
                    "tool.parameters",
                    "embedding",
                    "reranker.query",
                    "reranker.input_documents");

    private static final List<String> OUTPUTS =
            List.of(
                    "output",
                    "llm.output_messages",
                    "llm.choices",
                    "retrieval",
                    "reranker.output_documents");

    private final String recording;
    private final Set<String> missed = new TreeSet<>();
    private int counted;

    public Facts(String recording) {
        this.recording = recording;
    }

    /** A span as an API shows it, attributes nested. */
    public record Shown(
            String kind,
            String status,
            @Nullable String session,
            @Nullable String user,
            JsonNode attributes) {}

    public int counted() {
        return counted;
    }

    /** Recording, span and fact of everything that could not be read. */
    public Set<String> missed() {
        return missed;
    }

    public void compare(JsonNode expected, Shown shown) {
        Span span =
                new Span(
                        expected.get("name").asString() + " " + expected.get("spanId").asString(),
                        shown);
        List<String> kinds = new ArrayList<>(List.of(expected.get("kind").asString()));
        expected.path("kindAlso").forEach(kind -> kinds.add(kind.asString()));
        span.check("kind " + kinds, kinds.contains(shown.kind.toUpperCase(Locale.ROOT)));
        span.check("status", expected.get("status").asString().equals(shown.status));
        span.model(expected);
        span.tokens(expected.path("tokens"));
        span.contains(expected.path("inputContains"), "input", INPUTS);
        span.contains(expected.path("outputContains"), "output", OUTPUTS);
        span.same(expected, "sessionId", shown.session);
        span.same(expected, "userId", shown.user);
        JsonNode tool = at(shown.attributes, "tool.name");
        span.same(expected, "tool", tool == null ? null : tool.asString());
        span.toolCalls(expected.path("toolCalls"));
        span.toolsOffered(expected.path("toolsOffered"));
        span.documents(
                expected.path("documents"),
                "retrieval.documents",
                "reranker.input_documents",
                "reranker.output_documents");
        span.documents(expected.path("outputDocuments"), "reranker.output_documents");
        span.tags(expected.path("tags"));
    }

    static @Nullable JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String segment : path.split("\\.", -1)) {
            node = node.path(segment);
        }
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    private final class Span {

        private final String name;
        private final Shown shown;

        Span(String name, Shown shown) {
            this.name = name;
            this.shown = shown;
        }

        void check(String fact, boolean read) {
            counted++;
            if (!read) {
                missed.add(recording + " | " + name + " | " + fact);
            }
        }

        void same(JsonNode expected, String field, @Nullable String read) {
            JsonNode value = expected.get(field);
            if (value != null && !value.isNull()) {
                check(field, value.asString().equals(read));
            }
        }

        void model(JsonNode expected) {
            JsonNode model = expected.get("model");
            if (model != null) {
                check(
                        "model",
                        List.of("llm", "embedding", "reranker").stream()
                                .map(prefix -> at(shown.attributes, prefix + ".model_name"))
                                .anyMatch(model::equals));
            }
        }

        void tokens(JsonNode expected) {
            TOKENS.forEach(
                    (fact, path) -> {
                        if (expected.has(fact)) {
                            check(
                                    "tokens." + fact,
                                    of(expected, fact)
                                            .equals(
                                                    at(
                                                            shown.attributes,
                                                            "llm.token_count." + path)));
                        }
                    });
        }

        /** Where the sender does not count cached tokens as prompt, the server does. */
        private static JsonNode of(JsonNode expected, String fact) {
            boolean isBeside =
                    fact.equals("prompt") && !expected.path("promptIncludesCache").asBoolean(true);
            return isBeside
                    ? IntNode.valueOf(
                            expected.get(fact).asInt()
                                    + expected.path("cacheRead").asInt(0)
                                    + expected.path("cacheWrite").asInt(0))
                    : expected.get(fact);
        }

        void contains(JsonNode expected, String side, List<String> paths) {
            if (expected.isEmpty()) {
                return;
            }
            StringBuilder all = new StringBuilder();
            for (String path : paths) {
                JsonNode value = at(shown.attributes, path);
                if (value != null) {
                    collect(all, value, 0);
                }
            }
            for (JsonNode text : expected) {
                check(side + ' ' + text.asString(), all.indexOf(text.asString()) >= 0);
            }
        }

        private void collect(StringBuilder all, JsonNode value, int opened) {
            if (value.isContainer()) {
                value.forEachEntry((name, member) -> all.append(name).append('\n'));
                value.forEach(member -> collect(all, member, opened));
                return;
            }
            all.append(value.asString()).append('\n');
            String text = value.isString() ? value.asString() : "";
            if (opened < 3 && JsonValues.looksLikeJson(text)) {
                JsonNode json = JsonValues.parse(text);
                if (json != null) {
                    collect(all, json, opened + 1);
                }
            }
        }

        void toolCalls(JsonNode expected) {
            List<JsonNode> calls = new ArrayList<>();
            JsonNode messages = at(shown.attributes, "llm.output_messages");
            if (messages != null) {
                for (JsonNode message : messages) {
                    message.path("message")
                            .path("tool_calls")
                            .forEach(call -> calls.add(call.path("tool_call")));
                    message.path("message")
                            .path("contents")
                            .forEach(
                                    part ->
                                            calls.add(
                                                    part.path("message_content")
                                                                    .path("tool_call")
                                                                    .isMissingNode()
                                                            ? part.path("tool_call")
                                                            : part.path("message_content")
                                                                    .path("tool_call")));
                }
            }
            for (JsonNode call : expected) {
                check(
                        "toolCall " + call.get("name").asString(),
                        calls.stream().anyMatch(read -> isSameCall(call, read)));
            }
        }

        private boolean isSameCall(JsonNode expected, JsonNode read) {
            JsonNode arguments = JsonValues.opened(read.path("function").path("arguments"));
            return expected.get("name").equals(read.path("function").path("name"))
                    && (!expected.has("arguments")
                            || expected.get("arguments").equals(arguments)
                            || expected.get("arguments").isEmpty());
        }

        void toolsOffered(JsonNode expected) {
            Set<String> names = new TreeSet<>();
            JsonNode tools = at(shown.attributes, "llm.tools");
            if (tools != null) {
                for (JsonNode tool : tools) {
                    JsonNode schema = JsonValues.opened(tool.path("tool").path("json_schema"));
                    names.add(schema.path("function").path("name").asString(""));
                    names.add(schema.path("name").asString(""));
                    schema.path("toolSpec")
                            .path("name")
                            .asOptional()
                            .ifPresent(n -> names.add(n.asString()));
                }
            }
            expected.forEach(
                    tool ->
                            check(
                                    "tool offered " + tool.asString(),
                                    names.contains(tool.asString())));
        }

        void documents(JsonNode expected, String... paths) {
            int number = 0;
            for (JsonNode document : expected) {
                boolean found = false;
                for (String path : paths) {
                    JsonNode read = at(shown.attributes, path);
                    for (JsonNode candidate : read == null ? List.<JsonNode>of() : read) {
                        found |= isSame(document, candidate.path("document"));
                    }
                }
                check("document " + number++, found);
            }
        }

        private boolean isSame(JsonNode expected, JsonNode read) {
            return (!expected.has("contentContains")
                            || read.path("content")
                                    .asString("")
                                    .contains(expected.get("contentContains").asString()))
                    && (!expected.has("id")
                            || expected.get("id").asString().equals(read.path("id").asString("")));
        }

        void tags(JsonNode expected) {
            JsonNode tags = at(shown.attributes, "tag.tags");
            for (JsonNode tag : expected) {
                check(
                        "tag " + tag.asString(),
                        tags != null && tags.valueStream().anyMatch(tag::equals));
            }
        }
    }

    /** What is known not to be read: lines after a line with {@code #}, which says why. */
    static Set<String> notRead() throws IOException {
        Set<String> facts =
                new TreeSet<>(
                        Files.readAllLines(Path.of("src/test/resources/otlp/facts-not-read.txt")));
        facts.removeIf(line -> line.startsWith("#") || line.isBlank());
        return facts;
    }

    static JsonNode expected(Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
