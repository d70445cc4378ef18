package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** One span being read: what rules find, first come, never where something was sent. */
final class Reading {

    private static final Set<String> CONTENT =
            Set.of(
                    "messages",
                    "tools",
                    "model",
                    "input",
                    "contents",
                    "prompt",
                    "system",
                    "system_instruction",
                    "instructions");

    private final SentSpan span;
    private final Map<String, Derivation.Value> values = new LinkedHashMap<>();
    private final NameSketch found = new NameSketch();
    private final List<Derivation.Missing> missing = new ArrayList<>();
    private final Set<String> responseIds = new LinkedHashSet<>();
    private String dialect = "";

    Reading(SentSpan span) {
        this.span = span;
    }

    SentSpan span() {
        return span;
    }

    void by(String dialectId) {
        this.dialect = dialectId;
    }

    /** Upper case; empty where nobody says. */
    String kind() {
        String kind = text(Rule.KIND);
        return kind == null ? "" : kind.toUpperCase(Locale.ROOT);
    }

    boolean isCall() {
        return kind().equals("LLM");
    }

    String modelPath() {
        return switch (kind()) {
            case "EMBEDDING" -> "embedding.model_name";
            case "RERANKER" -> "reranker.model_name";
            default -> "llm.model_name";
        };
    }

    /** What was sent or found so far. */
    @Nullable JsonNode known(String path) {
        Derivation.Value found = values.get(path);
        return found == null ? span.json(path) : found.value();
    }

    boolean isFound(String path) {
        return values.containsKey(path);
    }

    /** From where the value was read; null where it was sent, or is none. */
    @Nullable String sourceOf(String path) {
        Derivation.Value found = values.get(path);
        return found == null ? null : found.source();
    }

    @Nullable String text(String path) {
        Derivation.Value found = values.get(path);
        if (found != null) {
            return found.value().asString();
        }
        return span.text(path);
    }

    /** Returns whether the value is what readers of the path now see. */
    boolean put(String path, JsonNode value, String source) {
        if (value.isNull() || !isFree(path)) {
            return false;
        }
        values.put(path, new Derivation.Value(path, value, source, dialect));
        found.add(path);
        return true;
    }

    boolean put(String path, String text, String source) {
        return put(path, StringNode.valueOf(text), source);
    }

    boolean put(String path, long number, String source) {
        return put(path, LongNode.valueOf(number), source);
    }

    boolean put(String path, double number, String source) {
        return put(path, DoubleNode.valueOf(number), source);
    }

    private boolean meetsFound(String path) {
        if (!found.mayMeet(path)) {
            return false;
        }
        for (String known : values.keySet()) {
            if (SentSpan.meet(known, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the paths is still empty; a rule for none does something else. */
    boolean mayFill(List<String> paths) {
        for (String path : paths) {
            if (path.isEmpty() || isFree(path)) {
                return true;
            }
        }
        return false;
    }

    boolean isFree(String path) {
        return !meetsFound(path) && span.isFree(path);
    }

    boolean firstText(String target, String... sources) {
        for (String source : sources) {
            JsonNode value = span.get(source);
            if (value != null && !value.isContainer() && !value.asString().isBlank()) {
                return put(target, JsonValues.unquoted(value.asString()), source);
            }
        }
        return false;
    }

    /** Input or output as text with its type; what was sent as text stays that very text. */
    boolean putValue(String side, JsonNode value, String source) {
        String text = JsonValues.plain(value);
        if (text.isEmpty() || !put(side + ".value", text, source)) {
            return false;
        }
        boolean json = value.isContainer() || holdsContainer(text, source);
        put(side + ".mime_type", json ? "application/json" : "text/plain", source);
        return true;
    }

    /** Without reading it, unless that was done already. */
    private boolean holdsContainer(String text, String source) {
        JsonNode opened = span.opened(source);
        return opened == null ? JsonValues.holdsContainer(text) : opened.isContainer();
    }

    boolean putMessages(String target, JsonNode sent, String role, String source) {
        ArrayNode messages = Messages.of(sent, role);
        if (messages == null) {
            unreadable(target, source);
            return false;
        }
        return !messages.isEmpty() && put(target, messages, source);
    }

    /** A whole conversation; where it ends with an answer, that is the output. */
    void putConversation(@Nullable ArrayNode messages, String source) {
        if (messages == null || messages.isEmpty()) {
            return;
        }
        JsonNode last = messages.get(messages.size() - 1);
        if (messages.size() > 1
                && "assistant".equals(last.path("message").path("role").asString(""))) {
            messages.remove(messages.size() - 1);
            put("llm.output_messages", JsonNodeFactory.instance.arrayNode().add(last), source);
        }
        put("llm.input_messages", messages, source);
    }

    /** The messages of an answer as providers give them. */
    void putAnswer(String source) {
        JsonNode answer = span.json(source);
        ArrayNode messages = answer == null ? null : Responses.messages(answer);
        if (messages != null) {
            put("llm.output_messages", messages, source);
        }
    }

    void putTools(@Nullable JsonNode sent, String source) {
        ArrayNode tools = sent == null ? null : Tools.of(sent);
        if (tools != null) {
            put("llm.tools", tools, source);
        } else if (sent != null && !(sent.isArray() && sent.isEmpty())) {
            unreadable("llm.tools", source);
        }
    }

    /** What a request asks for beside its content. */
    void putParameters(@Nullable JsonNode request, String source) {
        if (request == null || !request.isObject()) {
            return;
        }
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        request.forEachEntry(
                (name, value) -> {
                    if (!CONTENT.contains(name) && !value.isNull()) {
                        parameters.set(name, value);
                    }
                });
        if (!parameters.isEmpty()) {
            put("llm.invocation_parameters", parameters.toString(), source);
        }
    }

    /** Dollars, from the members of an object that have these names. */
    void putCosts(String source, String prompt, String completion, String total) {
        JsonNode costs = span.object(source);
        if (costs != null) {
            putCost("prompt", costs.get(prompt), source);
            putCost("completion", costs.get(completion), source);
            putCost("total", costs.get(total), source);
        }
    }

    private void putCost(String side, @Nullable JsonNode sent, String source) {
        Double dollars = Counts.real(sent);
        if (dollars != null) {
            put("llm.cost." + side, dollars, source);
        }
    }

    /** The texts that were embedded. */
    void putTexts(@Nullable JsonNode sent, String source) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (sent != null && sent.isArray()) {
            sent.forEach(text -> addText(list, text));
        } else if (sent != null) {
            addText(list, sent);
        }
        if (!list.isEmpty()) {
            put("embedding.embeddings", list, source);
        }
    }

    private static void addText(ArrayNode list, JsonNode text) {
        if (text.isString()) {
            list.addObject()
                    .putObject("embedding")
                    .put("text", JsonValues.unquoted(text.asString()));
        }
    }

    /** The name of the function, else of the span. */
    String toolName() {
        for (String source : List.of("gen_ai.tool.name", "mlflow.spanFunctionName")) {
            String found = span.text(source);
            if (found != null) {
                return JsonValues.unquoted(found);
            }
        }
        return span.name();
    }

    /** Text of one member of an object. */
    @Nullable String member(String source, String name) {
        JsonNode object = span.object(source);
        JsonNode value = object == null ? null : object.get(name);
        return value != null && value.isString() ? value.asString() : null;
    }

    void unreadable(String path, String source) {
        missing.add(new Derivation.Missing(path, Derivation.Reason.UNREADABLE, source, dialect));
    }

    /** The attribute whose messages could not be read; null where there is none. */
    @Nullable String unreadableSource(String path) {
        if (missing.isEmpty()) {
            return null;
        }
        return missing.stream()
                .filter(entry -> entry.path().equals(path) && entry.source() != null)
                .map(Derivation.Missing::source)
                .filter(source -> source != null && span.has(source))
                .findFirst()
                .orElse(null);
    }

    /** Unless it is known already why. */
    void missing(String path, Derivation.Reason reason) {
        for (Derivation.Missing entry : missing) {
            if (entry.path().equals(path)) {
                return;
            }
        }
        missing.add(new Derivation.Missing(path, reason, null, dialect));
    }

    /** LangChain numbers its own runs where a provider gives no id. */
    void responseId(@Nullable String id) {
        String bare = id == null || id.isBlank() ? "" : JsonValues.unquoted(id);
        if (!bare.isBlank() && !bare.startsWith("run-") && !bare.startsWith("lc_run-")) {
            responseIds.add(bare);
        }
    }

    Derivation derivation(List<String> dialects) {
        List<Derivation.Missing> stillMissing =
                missing.isEmpty()
                        ? missing
                        : missing.stream()
                                .filter(entry -> known(entry.path()) == null)
                                .distinct()
                                .toList();
        return new Derivation(
                dialects,
                List.copyOf(values.values()),
                stillMissing,
                List.copyOf(responseIds),
                List.of());
    }
}
