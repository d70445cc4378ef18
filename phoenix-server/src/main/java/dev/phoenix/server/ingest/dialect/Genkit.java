package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The attributes of Genkit. */
final class Genkit implements Dialect {

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("model", "LLM"),
                    Map.entry("embedder", "EMBEDDING"),
                    Map.entry("tool", "TOOL"),
                    Map.entry("retriever", "RETRIEVER"),
                    Map.entry("indexer", "CHAIN"),
                    Map.entry("reranker", "RERANKER"),
                    Map.entry("evaluator", "EVALUATOR"),
                    Map.entry("prompt", "PROMPT"),
                    Map.entry("executable-prompt", "PROMPT"),
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
                Rule.input("genkit:input"),
                Rule.output("genkit:output"),
                Rule.inputMessages("genkit:input").on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                reading -> reading.putAnswer("genkit:output"),
                                "genkit:output")
                        .on("LLM"),
                Rule.of("llm.tools", Genkit::tools, "genkit:input").on("LLM"),
                Rule.of("llm.invocation_parameters", Genkit::parameters, "genkit:input").on("LLM"),
                Rule.of(TokenUsage.TARGETS, Genkit::usage, "genkit:output").on("LLM"),
                Rule.model("genkit:metadata:model", "genkit:name")
                        .on("LLM", "EMBEDDING", "RERANKER"),
                Rule.documents("retrieval.documents", "genkit:output").on("RETRIEVER"),
                Rule.text("tool.name", "genkit:name").on("TOOL"),
                Rule.object("tool.parameters", "genkit:input").on("TOOL"),
                Rule.text("session.id", "genkit:sessionId", "genkit:metadata:sessionId"));
    }

    private static void tools(Reading reading) {
        JsonNode input = reading.span().object("genkit:input");
        reading.putTools(input == null ? null : input.get("tools"), "genkit:input");
    }

    private static void parameters(Reading reading) {
        JsonNode input = reading.span().object("genkit:input");
        JsonNode config = input == null ? null : input.get("config");
        reading.putParameters(config, "genkit:input");
    }

    private static void usage(Reading reading) {
        JsonNode output = reading.span().object("genkit:output");
        TokenUsage.put(reading, output == null ? null : output.get("usage"), "genkit:output");
    }
}
