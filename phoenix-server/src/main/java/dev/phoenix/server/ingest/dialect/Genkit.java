package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The attributes of Genkit. */
final class Genkit implements Dialect {

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("model", "LLM"),
                    Map.entry("embedder", "EMBEDDING"),
                    Map.entry("background-model", "LLM"),
                    Map.entry("tool", "TOOL"),
                    Map.entry("tool.v2", "TOOL"),
                    Map.entry("retriever", "RETRIEVER"),
                    Map.entry("indexer", "CHAIN"),
                    Map.entry("reranker", "RERANKER"),
                    Map.entry("evaluator", "EVALUATOR"),
                    Map.entry("prompt", "PROMPT"),
                    Map.entry("executable-prompt", "PROMPT"),
                    Map.entry("prompttemplate", "PROMPT"),
                    Map.entry("dotprompt", "PROMPT"),
                    Map.entry("agent", "AGENT"),
                    Map.entry("flow", "CHAIN"),
                    Map.entry("flowstep", "CHAIN"),
                    Map.entry("util", "CHAIN"),
                    Map.entry("action", "CHAIN"));

    @Override
    public String id() {
        return "genkit";
    }

    @Override
    public String title() {
        return "Firebase Genkit";
    }

    @Override
    public List<String> evidence() {
        return List.of("genkit:");
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("genkit:metadata:subtype", KINDS),
                Rule.kind("genkit:type", KINDS),
                Rule.inputOfJson("genkit:input"),
                Rule.outputOfJson("genkit:output"),
                Rule.messagesOfJson("genkit:input").on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                reading -> reading.putAnswerOfJson("genkit:output"),
                                "genkit:output")
                        .on("LLM"),
                Rule.of("llm.tools", Genkit::tools, "genkit:input").on("LLM"),
                Rule.of("llm.invocation_parameters", Genkit::parameters, "genkit:input").on("LLM"),
                Rule.of(TokenUsage.TARGETS, Genkit::usage, "genkit:output").on("LLM"),
                Rule.model("genkit:metadata:model", "genkit:name")
                        .on("LLM", "EMBEDDING", "RERANKER"),
                Rule.documents("retrieval.documents", "genkit:output").on("RETRIEVER"),
                Rule.documents("reranker.output_documents", "genkit:output").on("RERANKER"),
                Rule.documents("reranker.input_documents", "genkit:input").on("RERANKER"),
                Rule.of("reranker.query", Genkit::query, "genkit:input").on("RERANKER"),
                Rule.of("embedding.embeddings", Genkit::texts, "genkit:input").on("EMBEDDING"),
                Rule.of("llm.finish_reason", Genkit::finishReason, "genkit:output").on("LLM"),
                Rule.of(List.of("llm.provider", "llm.system"), Genkit::provider, "genkit:name")
                        .on("LLM", "EMBEDDING"),
                Rule.text("tool.name", "genkit:name").on("TOOL"),
                Rule.object("tool.parameters", "genkit:input").on("TOOL"),
                Rule.text("session.id", "genkit:sessionId", "genkit:metadata:sessionId"));
    }

    /** Documents are made of parts. */
    private static void query(Reading reading) {
        JsonNode input = reading.span().object("genkit:input");
        JsonNode content = input == null ? null : input.path("query").get("content");
        if (content != null) {
            reading.put("reranker.query", MessageParts.resultText(content), "genkit:input");
        }
    }

    private static void texts(Reading reading) {
        JsonNode input = reading.span().object("genkit:input");
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        for (JsonNode document : input == null ? texts : input.path("input")) {
            JsonNode content = document.get("content");
            if (content != null) {
                texts.add(MessageParts.resultText(content));
            }
        }
        reading.putTexts(texts, "genkit:input");
    }

    private static void finishReason(Reading reading) {
        String reason = reading.member("genkit:output", "finishReason");
        if (reason != null) {
            reading.put("llm.finish_reason", reason, "genkit:output");
        }
    }

    /** The plug-in stands before the name of the model. */
    private static void provider(Reading reading) {
        String name = reading.span().text("genkit:name");
        int slash = name == null ? -1 : name.indexOf('/');
        Provider provider =
                name == null || slash < 0 ? null : Provider.named(name.substring(0, slash));
        if (provider != null) {
            provider.putInto(reading, "genkit:name");
        }
    }

    private static void tools(Reading reading) {
        reading.putToolsIn("genkit:input", "tools");
    }

    private static void parameters(Reading reading) {
        JsonNode input = reading.span().object("genkit:input");
        JsonNode config = input == null ? null : input.get("config");
        reading.putParameters(config, "genkit:input");
    }

    private static void usage(Reading reading) {
        JsonNode output = reading.span().object("genkit:output");
        reading.putUsage(
                output == null ? null : output.get("usage"),
                "genkit:output",
                "genkit:output.usage");
    }
}
