package dev.phoenix.server.ingest.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as one attribute per field, which listeners of LangChain4j and older instrumentations
 * write, or as the text of two attributes.
 */
final class IndexedMessages implements Dialect {

    private static final String PROMPT = "gen_ai.prompt";
    private static final String COMPLETION = "gen_ai.completion";

    /** Names of OpenLIT, whose events have them as well. */
    private static final String CONTENT_PROMPT = "gen_ai.content.prompt";

    private static final String CONTENT_COMPLETION = "gen_ai.content.completion";

    @Override
    public String id() {
        return "langchain4j";
    }

    @Override
    public String title() {
        return "LangChain4j listeners, GenAI ≤ 1.27";
    }

    @Override
    public List<String> evidence() {
        return List.of(PROMPT, COMPLETION, CONTENT_PROMPT, CONTENT_COMPLETION);
    }

    @Override
    public boolean isIn(SentSpan span) {
        // LangSmith has its own meaning for these names.
        return !span.has("langsmith.span.kind")
                && (span.list(PROMPT) != null
                        || span.list(COMPLETION) != null
                        || span.has(PROMPT)
                        || span.has(COMPLETION)
                        || span.has(CONTENT_PROMPT)
                        || span.has(CONTENT_COMPLETION));
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.of(
                        "llm.input_messages",
                        reading -> indexed(reading, "llm.input_messages", PROMPT, "user"),
                        "gen_ai.prompt.N"),
                Rule.of(
                        "llm.output_messages",
                        reading -> indexed(reading, "llm.output_messages", COMPLETION, "assistant"),
                        "gen_ai.completion.N"),
                Rule.of("llm.input_messages", IndexedMessages::asked, PROMPT).on("LLM"),
                Rule.of("llm.output_messages", IndexedMessages::answered, COMPLETION).on("LLM"),
                Rule.inputMessages(CONTENT_PROMPT).on("LLM"),
                Rule.outputMessages(CONTENT_COMPLETION).on("LLM"),
                Rule.of(
                                List.of("input.value", "input.mime_type"),
                                reading -> whole(reading, "input", PROMPT),
                                PROMPT)
                        .on("", "TOOL", "AGENT", "CHAIN", "RETRIEVER", "EMBEDDING", "RERANKER"),
                Rule.of(
                                List.of("output.value", "output.mime_type"),
                                reading -> whole(reading, "output", COMPLETION),
                                COMPLETION)
                        .on("", "TOOL", "AGENT", "CHAIN", "RETRIEVER", "EMBEDDING", "RERANKER"));
    }

    private static void indexed(Reading reading, String target, String source, String role) {
        JsonNode list = reading.span().has(source) ? null : reading.span().list(source);
        if (list == null) {
            return;
        }
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : list) {
            messages.add(
                    isVerdict(message) ? JsonNodeFactory.instance.nullNode() : opened(message));
        }
        if (!messages.valueStream().allMatch(JsonNode::isNull)) {
            reading.putMessages(target, messages, role, source);
        }
    }

    private static JsonNode opened(JsonNode message) {
        JsonNode parts = MessageParts.inText(message.get("content"));
        if (parts != null) {
            return ((ObjectNode) message.deepCopy()).set("content", parts);
        }
        // Traceloop's instrumentation of Bedrock names the field as the role.
        JsonNode asked = message.has("content") ? null : message.get("user");
        return asked != null && asked.isString() ? asked : message;
    }

    /** Azure and Bedrock say what their filters found also where content is not sent. */
    private static boolean isVerdict(JsonNode message) {
        return message.isObject()
                && message.propertyStream()
                        .allMatch(
                                field ->
                                        field.getKey().endsWith("_filter_results")
                                                || field.getKey().equals("finish_reason"));
    }

    private static void asked(Reading reading) {
        JsonNode sent = sent(reading, PROMPT);
        if (sent != null) {
            reading.putMessages("llm.input_messages", sent, "user", PROMPT);
        }
    }

    private static void answered(Reading reading) {
        JsonNode sent = sent(reading, COMPLETION);
        if (sent != null) {
            reading.putAnswer(COMPLETION);
            if (!reading.isFound("llm.output_messages")) {
                reading.unreadable("llm.output_messages", COMPLETION);
            }
        }
    }

    private static @Nullable JsonNode sent(Reading reading, String source) {
        return reading.span().has(source) ? reading.span().json(source) : null;
    }

    private static void whole(Reading reading, String side, String source) {
        JsonNode sent = reading.span().get(source);
        if (sent != null) {
            reading.putValue(side, sent, source);
        }
    }
}
