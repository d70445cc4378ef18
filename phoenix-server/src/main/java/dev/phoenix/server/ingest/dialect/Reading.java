package dev.phoenix.server.ingest.dialect;

import static dev.phoenix.server.ingest.dialect.Derivation.Reason.UNREADABLE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
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

    private static final String PROMPT_TOKENS = "llm.token_count.prompt";

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

    /** What stays missing although something else is read under the same path. */
    private final List<Derivation.Missing> besides = new ArrayList<>();

    private final Set<String> responseIds = new LinkedHashSet<>();
    private String dialect = "";
    private @Nullable String foundKind;

    Reading(SentSpan span) {
        this.span = span;
    }

    SentSpan span() {
        return span;
    }

    void by(String dialectId) {
        this.dialect = dialectId;
    }

    /**
     * Upper case; empty where nobody says. Beside a kind that nobody knows, the one that the rules
     * found, so that what they read is read.
     */
    String kind() {
        String kind = hasUnknownKind() ? foundKind : text(Rule.KIND);
        return kind == null ? "" : kind.toUpperCase(Locale.ROOT);
    }

    private boolean hasUnknownKind() {
        JsonNode sent = span.get(Rule.KIND);
        return sent != null
                && !(sent.isString()
                        && Dialects.KINDS.contains(sent.asString().toUpperCase(Locale.ROOT)));
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
            if (foundKind == null && path.equals(Rule.KIND)) {
                foundKind = value.asString();
            }
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
            if (path.isEmpty()
                    || isFree(path)
                    || (path.equals(Rule.KIND) && foundKind == null && hasUnknownKind())) {
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
            if (value != null && value.isContainer() && !value.isEmpty()) {
                unreadable(target, source);
            } else if (value != null && !value.isContainer() && !value.asString().isBlank()) {
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

    /** Without reading it, unless that was done already. The text may be a part of the source. */
    private boolean holdsContainer(String text, String source) {
        JsonNode sent = span.get(source);
        boolean whole = sent != null && sent.isString() && sent.asString().equals(text);
        JsonNode opened = whole ? span.opened(source) : null;
        return opened == null ? JsonValues.holdsContainer(text) : opened.isContainer();
    }

    boolean putMessages(String target, JsonNode sent, String role, String source) {
        return putMessages(target, sent, role, source, source);
    }

    /**
     * Messages as they were sent.
     *
     * @param place where in the source they are
     */
    boolean putMessages(String target, JsonNode sent, String role, String source, String place) {
        Unread unread = new Unread();
        ArrayNode messages = Messages.of(sent, role, unread);
        if (messages == null) {
            unreadable(target, source);
            return false;
        }
        if (!unread.isEmpty() && sent.isArray() && !span.has(source)) {
            unread.renumber(span.numbersBelow(source));
        }
        unread.in(place, 0);
        return putMessages(target, messages, source, unread);
    }

    /**
     * Messages that were read.
     *
     * @param unread what stands beside them, by its full name
     */
    boolean putMessages(String target, ArrayNode messages, String source, Unread unread) {
        if (messages.isEmpty() || (!unread.isEmpty() && Messages.areBlank(messages))) {
            if (!unread.isEmpty() && !messages.isEmpty() && span.has(source)) {
                unreadable(target, source);
            } else {
                unread.places().forEach(place -> unreadable(target, place));
            }
            return false;
        }
        boolean isPut = put(target, messages, source);
        if (isPut) {
            unread.places().forEach(flaw -> note(besides, target, UNREADABLE, flaw));
        }
        return isPut;
    }

    /** A whole conversation; where it ends with an answer, that is the output. */
    void putConversation(@Nullable ArrayNode messages, String source, Unread unread) {
        if (messages == null) {
            unreadable("llm.input_messages", source);
        }
        if (messages == null || messages.isEmpty()) {
            return;
        }
        JsonNode last = messages.get(messages.size() - 1);
        if (messages.size() > 1
                && "assistant".equals(last.path("message").path("role").asString(""))) {
            messages.remove(messages.size() - 1);
            put("llm.output_messages", JsonNodeFactory.instance.arrayNode().add(last), source);
        }
        putMessages("llm.input_messages", messages, source, unread);
    }

    /** The messages of an answer as providers give them. */
    void putAnswer(String source) {
        JsonNode answer = span.json(source);
        Unread unread = new Unread();
        ArrayNode messages = answer == null ? null : Responses.messages(answer, unread);
        unread.in(source, 0);
        if (messages != null) {
            putMessages("llm.output_messages", messages, source, unread);
        } else if (!unread.isEmpty()) {
            unreadable("llm.output_messages", source);
        }
    }

    /** The same, of attributes that hold JSON only: text that is none cannot be read. */
    void putAnswerOfJson(String source) {
        JsonNode answer = span.json(source);
        if (answer != null && JsonValues.isBroken(answer)) {
            unreadable("llm.output_messages", source);
        } else {
            putAnswer(source);
        }
    }

    /**
     * A text, and calls beside it.
     *
     * @param calls where those were sent
     */
    void putSpoken(ObjectNode answer, String source, String calls) {
        Unread unread = new Unread();
        ArrayNode messages = answer.isEmpty() ? null : Responses.spoken(answer, unread);
        if (messages == null) {
            return;
        }
        if (unread.isEmpty()) {
            put("llm.output_messages", messages, source);
        } else {
            Unread ofCalls = new Unread();
            ofCalls.add();
            ofCalls.in(calls, 0);
            putMessages("llm.output_messages", messages, source, ofCalls);
        }
    }

    /** A list of which each member is read, or noted as one that cannot be. */
    boolean putList(
            String target,
            @Nullable JsonNode sent,
            String source,
            BiFunction<JsonNode, Unread, @Nullable ArrayNode> form) {
        return putList(target, sent, source, source, form);
    }

    private boolean putList(
            String target,
            @Nullable JsonNode sent,
            String source,
            String place,
            BiFunction<JsonNode, Unread, @Nullable ArrayNode> form) {
        if (sent == null || sent.isNull()) {
            return false;
        }
        Unread unread = new Unread();
        ArrayNode list = form.apply(sent, unread);
        if (list == null) {
            if (!(sent.isContainer() && sent.isEmpty())) {
                unreadable(target, place);
            }
            return false;
        }
        unread.in(place, 0);
        boolean isPut = put(target, list, source);
        if (isPut) {
            unread.places().forEach(flaw -> note(besides, target, UNREADABLE, flaw));
        }
        return isPut;
    }

    void putTools(@Nullable JsonNode sent, String source) {
        putList("llm.tools", sent, source, Tools::of);
    }

    /** The tools that a request has in the member of this name. */
    void putToolsIn(String source, String... way) {
        JsonNode sent = span.object(source);
        for (String name : way) {
            sent = sent == null ? null : sent.get(name);
        }
        putList("llm.tools", sent, source, source + "." + String.join(".", way), Tools::of);
    }

    /** What a call used, under the names of any provider. */
    void putUsage(@Nullable JsonNode usage, String source) {
        putUsage(usage, source, source);
    }

    /**
     * What a call used, under the names of any provider.
     *
     * @param place where in the source it is
     */
    void putUsage(@Nullable JsonNode usage, String source, String place) {
        if (usage == null || usage.isNull()) {
            return;
        }
        if (!usage.isObject()) {
            unreadable(PROMPT_TOKENS, place);
            return;
        }
        TokenUsage.put(this, usage, source);
        usage.forEachEntry(
                (name, value) -> {
                    String target = value.isContainer() ? null : countOf(name);
                    if (target != null && !value.isNull() && Counts.whole(value) == null) {
                        unreadable(target, place + "." + name);
                    }
                });
    }

    /** Which of the counts that every call has a name means; null where none. */
    private static @Nullable String countOf(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "input", "inputtokens", "prompttokens", "prompttokencount" -> PROMPT_TOKENS;
            case "output", "outputtokens", "completiontokens", "candidatestokencount" ->
                    "llm.token_count.completion";
            case "total", "totaltokens", "totaltokencount" -> "llm.token_count.total";
            default -> null;
        };
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
            putCost("prompt", costs, prompt, source);
            putCost("completion", costs, completion, source);
            putCost("total", costs, total, source);
        } else if (span.json(source) != null) {
            unreadable("llm.cost.total", source);
        }
    }

    private void putCost(String side, JsonNode costs, String name, String source) {
        Double dollars = Counts.real(costs.get(name));
        if (dollars != null) {
            put("llm.cost." + side, dollars, source);
        } else if (costs.hasNonNull(name)) {
            unreadable("llm.cost." + side, source + "." + name);
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
        } else if (sent != null && !(sent.isContainer() && sent.isEmpty())) {
            unreadable("embedding.embeddings", source);
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

    /** Unless something else tells it. */
    void unreadable(String path, String source) {
        note(missing, path, UNREADABLE, source);
    }

    private void note(
            List<Derivation.Missing> notes,
            String path,
            Derivation.Reason reason,
            @Nullable String source) {
        for (Derivation.Missing known : notes) {
            if (known.path().equals(path) && Objects.equals(known.source(), source)) {
                return;
            }
        }
        notes.add(new Derivation.Missing(path, reason, source, dialect));
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
        if (Stream.concat(missing.stream(), besides.stream())
                .noneMatch(entry -> entry.path().equals(path))) {
            note(besides, path, reason, null);
        }
    }

    /** LangChain numbers its own runs where a provider gives no id. */
    void responseId(@Nullable String id) {
        String bare = id == null || id.isBlank() ? "" : JsonValues.unquoted(id);
        if (!bare.isBlank() && !bare.startsWith("run-") && !bare.startsWith("lc_run-")) {
            responseIds.add(bare);
        }
    }

    Derivation derivation(List<String> dialects) {
        List<Derivation.Missing> stillMissing = new ArrayList<>();
        for (Derivation.Missing entry : missing) {
            if (known(entry.path()) == null) {
                stillMissing.add(entry);
            }
        }
        stillMissing.addAll(besides);
        return new Derivation(
                dialects,
                List.copyOf(values.values()),
                stillMissing,
                List.copyOf(responseIds),
                List.of());
    }
}
