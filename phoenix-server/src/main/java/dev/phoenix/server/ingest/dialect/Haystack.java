package dev.phoenix.server.ingest.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Haystack's own tracing. */
final class Haystack implements Dialect {

    private static final String INPUT = "haystack.component.input";
    private static final String OUTPUT = "haystack.component.output";

    /** Agents call their model without a component around it. */
    private static final String STEP_INPUT = "haystack.agent.step.llm.input";

    private static final String STEP_OUTPUT = "haystack.agent.step.llm.output";

    @Override
    public String id() {
        return "haystack";
    }

    @Override
    public String title() {
        return "Haystack";
    }

    @Override
    public List<String> evidence() {
        return List.of("haystack.");
    }

    @Override
    public String advice() {
        return "`HAYSTACK_CONTENT_TRACING_ENABLED=true`";
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("haystack.component.type", Haystack::kind),
                Rule.input(
                        INPUT,
                        "haystack.pipeline.input_data",
                        "haystack.agent.input",
                        STEP_INPUT,
                        "haystack.agent.step.tool.input",
                        "haystack.agent.step.input"),
                Rule.output(
                        OUTPUT,
                        "haystack.pipeline.output_data",
                        "haystack.agent.output",
                        STEP_OUTPUT,
                        "haystack.agent.step.tool.output",
                        "haystack.agent.step.llm_output"),
                Rule.of("llm.input_messages", Haystack::inputMessages, INPUT, STEP_INPUT).on("LLM"),
                Rule.of("llm.output_messages", Haystack::answer, OUTPUT, STEP_OUTPUT).on("LLM"),
                Rule.documents("retrieval.documents", OUTPUT).on("RETRIEVER"),
                Rule.documents("reranker.output_documents", OUTPUT).on("RERANKER"),
                Rule.documents("reranker.input_documents", INPUT).on("RERANKER"),
                Rule.of(
                                "reranker.query",
                                reading -> {
                                    String query = reading.member(INPUT, "query");
                                    if (query != null) {
                                        reading.put("reranker.query", query, INPUT);
                                    }
                                },
                                INPUT)
                        .on("RERANKER"),
                Rule.of("embedding.embeddings", Haystack::texts, INPUT).on("EMBEDDING"),
                Rule.of(
                                List.of("llm.model_name", "embedding.model_name"),
                                Haystack::model,
                                OUTPUT,
                                STEP_OUTPUT)
                        .on("LLM", "EMBEDDING"),
                Rule.of(TokenUsage.TARGETS, Haystack::usage, OUTPUT, STEP_OUTPUT)
                        .on("LLM", "EMBEDDING"),
                Rule.of("llm.finish_reason", Haystack::finishReason, OUTPUT, STEP_OUTPUT).on("LLM"),
                Rule.of("llm.tools", Haystack::tools, INPUT, STEP_INPUT).on("LLM"),
                Rule.text("tool.name", "haystack.tool.name").on("TOOL"));
    }

    /** Components say what they are with the end of the name of their class. */
    private static @Nullable String kind(SentSpan span) {
        String type = span.text("haystack.component.type");
        if (type == null) {
            return switch (span.name()) {
                case "haystack.agent.run" -> "AGENT";
                case "haystack.agent.step.llm" -> "LLM";
                case "haystack.agent.step.tool" -> "TOOL";
                default -> "CHAIN";
            };
        }
        if (type.endsWith("Generator")) {
            return "LLM";
        }
        if (type.endsWith("Embedder")) {
            return "EMBEDDING";
        }
        if (type.endsWith("Retriever")) {
            return "RETRIEVER";
        }
        if (type.endsWith("Ranker")) {
            return "RERANKER";
        }
        if (type.endsWith("PromptBuilder")) {
            return "PROMPT";
        }
        if (type.endsWith("ToolInvoker")) {
            return "TOOL";
        }
        if (type.endsWith("Evaluator")) {
            return "EVALUATOR";
        }
        return type.endsWith("Agent") ? "AGENT" : "CHAIN";
    }

    private static String asked(Reading reading) {
        return reading.span().mayHave(STEP_INPUT) ? STEP_INPUT : INPUT;
    }

    private static String answered(Reading reading) {
        return reading.span().mayHave(STEP_OUTPUT) ? STEP_OUTPUT : OUTPUT;
    }

    /** What a generator or embedder says about its call, beside the answer or in it. */
    private static @Nullable JsonNode meta(Reading reading) {
        JsonNode output = reading.span().object(answered(reading));
        if (output == null) {
            return null;
        }
        JsonNode meta = output.path("meta");
        JsonNode reply = output.path("replies").path(0);
        meta = meta.isArray() ? meta.path(0) : meta;
        meta = meta.isObject() ? meta : reply.path("meta");
        meta = meta.isObject() ? meta : reply.path("_meta");
        return meta.isObject() ? meta : null;
    }

    private static void model(Reading reading) {
        JsonNode meta = meta(reading);
        JsonNode model = meta == null ? null : meta.get("model");
        if (model != null && model.isString()) {
            reading.put(reading.modelPath(), model.asString(), answered(reading));
        }
    }

    private static void usage(Reading reading) {
        JsonNode meta = meta(reading);
        String source = answered(reading);
        reading.putUsage(meta == null ? null : meta.get("usage"), source, source + ".*");
    }

    private static void finishReason(Reading reading) {
        JsonNode meta = meta(reading);
        JsonNode reason = meta == null ? null : meta.get("finish_reason");
        if (reason != null && reason.isString()) {
            reading.put("llm.finish_reason", reason.asString(), answered(reading));
        }
    }

    private static void tools(Reading reading) {
        JsonNode input = reading.span().object(asked(reading));
        JsonNode tools = input == null ? null : input.get("tools");
        ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tool : tools == null ? definitions : tools) {
            definitions.add(tool.path("data").isObject() ? tool.get("data") : tool);
        }
        if (!definitions.isEmpty()) {
            reading.putTools(definitions, asked(reading));
        }
    }

    private static void texts(Reading reading) {
        JsonNode input = reading.span().object(INPUT);
        JsonNode sent = input == null ? null : Messages.first(input, "text", "documents");
        if (sent == null || sent.isString()) {
            reading.putTexts(sent, INPUT);
            return;
        }
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        sent.forEach(document -> texts.add(document.path("content").asString("")));
        reading.putTexts(texts, INPUT);
    }

    private static void inputMessages(Reading reading) {
        JsonNode input = reading.span().object(asked(reading));
        String source = asked(reading);
        for (String name : List.of("messages", "prompt")) {
            if (input != null && input.hasNonNull(name)) {
                reading.putMessages(
                        "llm.input_messages", input.get(name), "user", source, source + "." + name);
                return;
            }
        }
    }

    private static void answer(Reading reading) {
        JsonNode output = reading.span().object(answered(reading));
        JsonNode replies = output == null ? null : output.get("replies");
        if (replies != null) {
            String source = answered(reading);
            reading.putMessages(
                    "llm.output_messages", replies, "assistant", source, source + ".replies");
        }
    }
}
