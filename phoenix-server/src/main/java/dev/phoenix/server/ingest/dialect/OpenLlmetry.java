package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of Traceloop's SDK and instrumentations. */
final class OpenLlmetry implements Dialect {

    private static final String PROPERTIES = "traceloop.association.properties";

    private static final Map<String, String> KINDS =
            Map.of("workflow", "CHAIN", "task", "CHAIN", "agent", "AGENT", "tool", "TOOL");

    private static final Set<String> CALLS =
            Set.of("chat", "completion", "text_completion", "generate_content");

    private static final Map<String, String> TYPES =
            Map.of(
                    "chat", "LLM",
                    "completion", "LLM",
                    "text_completion", "LLM",
                    "embedding", "EMBEDDING",
                    "rerank", "RERANKER");

    @Override
    public String id() {
        return "openllmetry";
    }

    @Override
    public String title() {
        return "OpenLLMetry (Traceloop)";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "traceloop.",
                "llm.request.functions",
                "llm.request.type",
                "llm.usage.",
                "llm.is_streaming",
                "llm.response.finish_reason",
                "llm.response.stop_reason",
                "llm.vendor",
                "llm.user",
                "gen_ai.task.");
    }

    @Override
    public List<String> eventEvidence() {
        return List.of("db.query.result", "db.search.result");
    }

    @Override
    public String advice() {
        return "`TRACELOOP_TRACE_CONTENT` must not be `false`";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindWhen("LLM", "traceloop.span.kind", OpenLlmetry::isCall),
                Rule.kind("traceloop.span.kind", KINDS),
                Rule.kind("llm.request.type", TYPES),
                Rule.kindWhen(
                        "RETRIEVER",
                        "db.query.result",
                        span ->
                                !span.events("db.query.result").isEmpty()
                                        || !span.events("db.search.result").isEmpty()),
                Rule.of(
                        List.of("input.value", "input.mime_type"),
                        reading -> value(reading, "input"),
                        "traceloop.entity.input",
                        "gen_ai.task.input"),
                Rule.of(
                        List.of("output.value", "output.mime_type"),
                        reading -> value(reading, "output"),
                        "traceloop.entity.output",
                        "gen_ai.task.output"),
                Rule.text("tool.name", "gen_ai.tool.name", "traceloop.entity.name").on("TOOL"),
                Rule.tools("llm.request.functions"),
                Rule.count("llm.token_count.prompt", "llm.usage.prompt_tokens"),
                Rule.count("llm.token_count.completion", "llm.usage.completion_tokens"),
                Rule.count("llm.token_count.total", "llm.usage.total_tokens"),
                Rule.model("llm.response.model", "llm.request.model").on("LLM", "EMBEDDING"),
                Rule.of(List.of("llm.provider", "llm.system"), OpenLlmetry::vendor, "llm.vendor"),
                Rule.inputMessages("llm.prompts").on("LLM"),
                Rule.outputMessages("llm.completions").on("LLM"),
                Rule.text(
                        "llm.finish_reason",
                        "llm.response.finish_reason",
                        "llm.response.stop_reason"),
                Rule.text(
                        "session.id",
                        PROPERTIES + ".session_id",
                        PROPERTIES + ".sessionId",
                        PROPERTIES + ".conversation_id",
                        PROPERTIES + ".chat_id",
                        PROPERTIES + ".thread_id"),
                Rule.text("user.id", PROPERTIES + ".user_id", PROPERTIES + ".userId", "llm.user"),
                Rule.object("metadata", PROPERTIES),
                Rule.text("llm.prompt_template.template", "traceloop.prompt.template"),
                Rule.text(
                        "llm.prompt_template.version",
                        "traceloop.prompt.version",
                        "traceloop.prompt.version_name"),
                Rule.object("llm.prompt_template.variables", "traceloop.prompt.template_variables"),
                Rule.text("prompt.id", "traceloop.prompt.key"),
                Rule.text("agent.name", "gen_ai.agent.name", "traceloop.entity.name").on("AGENT"),
                Rule.of(
                        "retrieval.documents",
                        OpenLlmetry::documents,
                        "db.query.result",
                        "db.search.result"));
    }

    /** A task is any function that somebody marked, also one that calls a model. */
    private static boolean isCall(SentSpan span) {
        String operation = span.text("gen_ai.operation.name");
        String type = operation == null ? span.text("llm.request.type") : operation;
        return "task".equals(span.text("traceloop.span.kind"))
                && type != null
                && CALLS.contains(type);
    }

    private static void vendor(Reading reading) {
        String name = reading.span().text("llm.vendor");
        Provider provider = name == null ? null : Provider.ofAiSdk(name);
        if (provider != null) {
            provider.putInto(reading, "llm.vendor");
        }
    }

    /** Strings have quotes around them. */
    private static void value(Reading reading, String side) {
        for (String source : List.of("traceloop.entity." + side, "gen_ai.task." + side)) {
            JsonNode sent = reading.span().get(source);
            if (sent != null) {
                String text = JsonValues.unquoted(JsonValues.plain(sent));
                if (reading.putValue(side, JsonValues.text(text), source)) {
                    return;
                }
            }
        }
    }

    /** Databases of vectors report one event per hit. */
    private static void documents(Reading reading) {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        for (SentEvent event : reading.span().events()) {
            if (event.name().equals("db.query.result") || event.name().equals("db.search.result")) {
                ObjectNode hit = JsonNodeFactory.instance.objectNode();
                event.attributes()
                        .forEach(
                                (name, value) ->
                                        hit.set(name.substring(event.name().length() + 1), value));
                JsonNode content = hit.remove("document");
                if (content != null) {
                    hit.set("content", content);
                }
                documents.add(hit);
            }
        }
        if (!documents.isEmpty()) {
            reading.putList("retrieval.documents", documents, "db.query.result", Documents::of);
        }
    }
}
