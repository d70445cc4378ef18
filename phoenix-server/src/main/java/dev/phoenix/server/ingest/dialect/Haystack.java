package dev.phoenix.server.ingest.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Haystack's own tracing. */
final class Haystack implements Dialect {

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
                        "haystack.component.input",
                        "haystack.pipeline.input_data",
                        "haystack.agent.input"),
                Rule.output(
                        "haystack.component.output",
                        "haystack.pipeline.output_data",
                        "haystack.agent.output"),
                Rule.of("llm.input_messages", Haystack::inputMessages, "haystack.component.input")
                        .on("LLM"),
                Rule.of("llm.output_messages", Haystack::answer, "haystack.component.output")
                        .on("LLM"),
                Rule.documents("retrieval.documents", "haystack.component.output").on("RETRIEVER"),
                Rule.documents("reranker.output_documents", "haystack.component.output")
                        .on("RERANKER"),
                Rule.text("tool.name", "haystack.tool.name").on("TOOL"));
    }

    /** Components say what they are with the end of the name of their class. */
    private static @Nullable String kind(SentSpan span) {
        String type = span.text("haystack.component.type");
        if (type == null) {
            return span.name().equals("haystack.agent.run") ? "AGENT" : "CHAIN";
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

    private static void inputMessages(Reading reading) {
        JsonNode input = reading.span().object("haystack.component.input");
        JsonNode messages = input == null ? null : Messages.first(input, "messages", "prompt");
        if (messages != null) {
            reading.putMessages("llm.input_messages", messages, "user", "haystack.component.input");
        }
    }

    private static void answer(Reading reading) {
        JsonNode output = reading.span().object("haystack.component.output");
        JsonNode replies = output == null ? null : output.get("replies");
        if (replies != null) {
            reading.putMessages(
                    "llm.output_messages", replies, "assistant", "haystack.component.output");
        }
    }
}
