package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of the Langfuse SDKs 3 and later. */
final class Langfuse implements Dialect {

    private static final String INPUT = "langfuse.observation.input";
    private static final String OUTPUT = "langfuse.observation.output";
    private static final String USAGE = "langfuse.observation.usage_details";
    private static final String COST = "langfuse.observation.cost_details";

    private static final Map<String, String> KINDS =
            Map.of(
                    "generation", "LLM",
                    "embedding", "EMBEDDING",
                    "agent", "AGENT",
                    "tool", "TOOL",
                    "retriever", "RETRIEVER",
                    "evaluator", "EVALUATOR",
                    "guardrail", "GUARDRAIL",
                    "chain", "CHAIN",
                    "span", "CHAIN",
                    "event", "CHAIN");

    @Override
    public String id() {
        return "langfuse";
    }

    @Override
    public String title() {
        return "Langfuse SDK";
    }

    @Override
    public List<String> evidence() {
        return List.of("langfuse.");
    }

    @Override
    public String advice() {
        return "a `mask` function of the client must not remove content";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("langfuse.observation.type", KINDS),
                Rule.kindWhen(
                        "LLM",
                        "langfuse.observation.model.name",
                        span -> span.has("langfuse.observation.model.name")),
                Rule.input(INPUT, "langfuse.trace.input"),
                Rule.output(OUTPUT, "langfuse.trace.output"),
                Rule.inputMessages(INPUT).on("LLM"),
                Rule.of("llm.output_messages", reading -> reading.putAnswer(OUTPUT), OUTPUT)
                        .on("LLM"),
                Rule.of("llm.tools", reading -> reading.putToolsIn(INPUT, "tools"), INPUT)
                        .on("LLM"),
                Rule.documents("retrieval.documents", OUTPUT).on("RETRIEVER"),
                Rule.model("langfuse.observation.model.name"),
                Rule.jsonText("llm.invocation_parameters", "langfuse.observation.model.parameters"),
                Rule.of(
                        TokenUsage.TARGETS,
                        reading -> reading.putUsage(reading.span().json(USAGE), USAGE),
                        USAGE),
                Rule.of(
                        List.of("llm.cost.prompt", "llm.cost.completion", "llm.cost.total"),
                        reading -> reading.putCosts(COST, "input", "output", "total"),
                        COST),
                Rule.text("session.id", "langfuse.session.id", "langfuse.trace.session_id"),
                Rule.text("user.id", "langfuse.user.id", "langfuse.trace.user_id"),
                Rule.tags("langfuse.trace.tags"),
                Rule.of("metadata", Langfuse::metadata, "langfuse.*.metadata"),
                Rule.text("prompt.id", "langfuse.observation.prompt.name"),
                Rule.text("llm.prompt_template.version", "langfuse.observation.prompt.version"),
                Rule.object("tool.parameters", INPUT).on("TOOL"),
                Rule.of("embedding.embeddings", Langfuse::texts, INPUT).on("EMBEDDING"),
                Rule.of(
                                "tool.name",
                                reading -> reading.put("tool.name", reading.span().name(), "name"),
                                "name")
                        .on("TOOL"));
    }

    private static void texts(Reading reading) {
        JsonNode input = reading.span().json(INPUT);
        reading.putTexts(input != null && input.isObject() ? input.get("input") : input, INPUT);
    }

    /** Values are JSON, strings with quotes around them. */
    private static void metadata(Reading reading) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (String path : List.of("langfuse.trace.metadata", "langfuse.observation.metadata")) {
            JsonNode metadata = reading.span().object(path);
            if (metadata != null) {
                metadata.forEachEntry((name, value) -> all.set(name, JsonValues.decoded(value)));
            }
        }
        if (!all.isEmpty()) {
            reading.put("metadata", all, "langfuse.*.metadata");
        }
    }
}
