package dev.phoenix.server.ingest.dialect;

import static dev.phoenix.server.ingest.dialect.Rule.count;
import static dev.phoenix.server.ingest.dialect.Rule.decimal;
import static dev.phoenix.server.ingest.dialect.Rule.model;
import static dev.phoenix.server.ingest.dialect.Rule.responseId;
import static dev.phoenix.server.ingest.dialect.Rule.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of the OpenTelemetry convention for generative AI, old names and new ones. */
final class GenAi implements Dialect {

    private static final Map<String, String> KINDS =
            Map.of(
                    "chat", "LLM",
                    "text_completion", "LLM",
                    "generate_content", "LLM",
                    "embeddings", "EMBEDDING",
                    "execute_tool", "TOOL",
                    "retrieval", "RETRIEVER",
                    "invoke_agent", "AGENT",
                    "create_agent", "AGENT");

    @Override
    public String id() {
        return "gen_ai";
    }

    @Override
    public String title() {
        return "OpenTelemetry GenAI";
    }

    @Override
    public List<String> evidence() {
        return List.of("gen_ai.");
    }

    @Override
    public String advice() {
        return "`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true` (newer packages:"
                + " `SPAN_ONLY` or `SPAN_AND_EVENT`); with older packages also an exporter of logs,"
                + " as content then travels as log events";
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("gen_ai.operation.name", KINDS),
                Rule.kindBy("gen_ai.*", GenAi::kindOfNames),
                Rule.of(
                        List.of("llm.provider", "llm.system"),
                        GenAi::provider,
                        "gen_ai.provider.name",
                        "gen_ai.system"),
                text("session.id", "gen_ai.conversation.id"),
                text("user.id", "enduser.id", "enduser.pseudo.id"),
                model("gen_ai.response.model", "gen_ai.request.model", "gen_ai.request_model"),
                Rule.of(
                        List.of("llm.invocation_parameters", "embedding.invocation_parameters"),
                        GenAiParameters::read,
                        "gen_ai.request.*"),
                count(
                        "llm.token_count.prompt",
                        "gen_ai.usage.input_tokens",
                        "gen_ai.usage.prompt_tokens",
                        "gen_ai.response.prompt_tokens"),
                count(
                        "llm.token_count.completion",
                        "gen_ai.usage.output_tokens",
                        "gen_ai.usage.completion_tokens",
                        "gen_ai.response.completion_tokens"),
                count("llm.token_count.total", "gen_ai.usage.total_tokens"),
                Rule.of(
                        "llm.token_count.total",
                        reading -> TokenUsage.total(reading, "gen_ai.usage.*"),
                        "gen_ai.usage.*"),
                count(
                        "llm.token_count.prompt_details.cache_read",
                        "gen_ai.usage.cache_read.input_tokens",
                        "gen_ai.usage.cache_read_input_tokens",
                        "gen_ai.usage.details.cache_read_tokens",
                        "gen_ai.usage.details.cache_read_input_tokens",
                        "gen_ai.usage.details.cached_tokens",
                        "gen_ai.usage.input_tokens.cached",
                        "gen_ai.usage.input_cached_tokens",
                        "gen_ai.usage.cached_input_tokens",
                        "gen_ai.usage.cached_tokens",
                        "gen_ai.usage.input_tokens_details.cached_tokens",
                        "gen_ai.usage.prompt_tokens_details.cached_tokens",
                        "llm.usage.cache_read_input_tokens"),
                count(
                        "llm.token_count.prompt_details.cache_write",
                        "gen_ai.usage.cache_creation.input_tokens",
                        "gen_ai.usage.cache_write.input_tokens",
                        "gen_ai.usage.cache_creation_input_tokens",
                        "gen_ai.usage.cache_write_input_tokens",
                        "gen_ai.usage.details.cache_write_tokens",
                        "gen_ai.usage.details.cache_creation_input_tokens",
                        "gen_ai.usage.input_tokens.cache_write",
                        "gen_ai.usage.cache_creation_tokens",
                        "gen_ai.usage.cache_write_tokens",
                        "llm.usage.cache_creation_input_tokens"),
                count(
                        "llm.token_count.prompt_details.audio",
                        "gen_ai.usage.audio.input_tokens",
                        "gen_ai.usage.details.input_audio_tokens",
                        "gen_ai.usage.experimental.input_audio_tokens"),
                count(
                        "llm.token_count.completion_details.reasoning",
                        "gen_ai.usage.reasoning.output_tokens",
                        "gen_ai.usage.reasoning_tokens",
                        "gen_ai.usage.details.reasoning_tokens",
                        "gen_ai.usage.details.thoughts_tokens",
                        "gen_ai.usage.output_tokens.reasoning",
                        "gen_ai.usage.reasoning_output_tokens",
                        "gen_ai.usage.thinking_tokens",
                        "gen_ai.usage.output_tokens_details.reasoning_tokens",
                        "gen_ai.usage.completion_tokens_details.reasoning_tokens",
                        "gen_ai.usage.experimental.reasoning_tokens",
                        "llm.usage.reasoning_tokens"),
                count(
                        "llm.token_count.completion_details.audio",
                        "gen_ai.usage.audio.output_tokens",
                        "gen_ai.usage.details.output_audio_tokens",
                        "gen_ai.usage.experimental.output_audio_tokens"),
                count("llm.token_count.prompt_details.image", "gen_ai.usage.image.input_tokens"),
                count(
                        "llm.token_count.completion_details.image",
                        "gen_ai.usage.image.output_tokens"),
                decimal(
                        "llm.cost.total",
                        "gen_ai.usage.cost",
                        "gen_ai.usage.total_cost",
                        "operation.cost"),
                decimal("llm.cost.prompt", "gen_ai.usage.input_cost"),
                decimal("llm.cost.completion", "gen_ai.usage.output_cost"),
                Rule.of("llm.input_messages", GenAi::inputMessages, "gen_ai.input.messages"),
                Rule.of("llm.output_messages", GenAi::outputMessages, "gen_ai.output.messages"),
                Rule.inputMessages("gen_ai.request.messages"),
                Rule.of(
                        "llm.output_messages",
                        GenAi::answer,
                        "gen_ai.response.text",
                        "gen_ai.response.tool_calls"),
                Rule.of("embedding.embeddings", GenAi::texts, "llm.input_messages").on("EMBEDDING"),
                Rule.of(
                        "llm.tools",
                        reading ->
                                reading.putTools(
                                        reading.span().json("gen_ai.tool.definitions"),
                                        "gen_ai.tool.definitions"),
                        "gen_ai.tool.definitions"),
                Rule.tools("gen_ai.request.available_tools"),
                Rule.of("llm.finish_reason", GenAi::finishReason, "gen_ai.response.finish_reasons"),
                responseId("gen_ai.response.id"),
                Rule.of(
                        List.of("output.value", "output.mime_type"),
                        GenAi::response,
                        "gen_ai.response.id",
                        "gen_ai.response.model"),
                text("tool.name", "gen_ai.tool.name").on("TOOL"),
                text("tool.description", "gen_ai.tool.description").on("TOOL"),
                text("tool.id", "gen_ai.tool.call.id").on("TOOL"),
                Rule.of("tool.parameters", GenAi::arguments, "gen_ai.tool.call.arguments")
                        .on("TOOL"),
                Rule.input("gen_ai.tool.call.arguments", "gen_ai.tool.input").on("TOOL"),
                Rule.output("gen_ai.tool.call.result", "gen_ai.tool.output").on("TOOL"),
                text("tool.json_schema", "gen_ai.tool.json_schema").on("TOOL"),
                Rule.of(
                                List.of("input.value", "input.mime_type"),
                                GenAi::query,
                                "gen_ai.retrieval.query.text")
                        .on("RETRIEVER"),
                Rule.documents("retrieval.documents", "gen_ai.retrieval.documents").on("RETRIEVER"),
                text("agent.name", "gen_ai.agent.name"),
                text("llm.prompt_template.version", "gen_ai.prompt.version"),
                text("prompt.id", "gen_ai.prompt.name"));
    }

    /** Without an operation, what the span has tells what it is. */
    private static @Nullable String kindOfNames(SentSpan span) {
        if (span.has("gen_ai.operation.name")) {
            return null;
        }
        if (span.has("gen_ai.tool.call.id") || span.has("gen_ai.tool.name")) {
            return "TOOL";
        }
        if (span.has("gen_ai.retrieval.documents") || span.has("gen_ai.retrieval.query.text")) {
            return "RETRIEVER";
        }
        if (span.has("gen_ai.embeddings.dimension.count")) {
            return "EMBEDDING";
        }
        return span.has("gen_ai.input.messages")
                        || span.has("gen_ai.output.messages")
                        || span.has("gen_ai.request.model")
                ? "LLM"
                : null;
    }

    private static void provider(Reading reading) {
        String name = reading.span().text("gen_ai.provider.name");
        String source = "gen_ai.provider.name";
        if (name == null) {
            source = "gen_ai.system";
            name = reading.span().text(source);
            name = name == null ? null : name.toLowerCase(Locale.ROOT);
        }
        Provider provider = name == null ? null : Provider.named(name);
        if (provider != null) {
            provider.putInto(reading, source);
            return;
        }
        String host = reading.isCall() ? reading.span().text("server.address") : null;
        provider = host == null ? null : Provider.ofHost(host);
        if (provider != null) {
            provider.putInto(reading, "server.address");
        }
    }

    /** Instructions come first, as a message of the system. */
    private static void inputMessages(Reading reading) {
        JsonNode sent = reading.span().json("gen_ai.input.messages");
        JsonNode instructions = reading.span().json("gen_ai.system_instructions");
        if (sent == null && instructions == null) {
            return;
        }
        ArrayNode messages =
                sent == null ? JsonNodeFactory.instance.arrayNode() : Messages.ofJson(sent, "user");
        if (messages == null) {
            reading.unreadable("llm.input_messages", "gen_ai.input.messages");
            return;
        }
        ArrayNode all = Messages.instructions(instructions).addAll(messages);
        if (!all.isEmpty()) {
            reading.put(
                    "llm.input_messages",
                    all,
                    sent == null ? "gen_ai.system_instructions" : "gen_ai.input.messages");
        }
    }

    private static void outputMessages(Reading reading) {
        String source = "gen_ai.output.messages";
        JsonNode sent = reading.span().json(source);
        ArrayNode messages = sent == null ? null : Messages.ofJson(sent, "assistant");
        if (messages != null && !messages.isEmpty()) {
            reading.put("llm.output_messages", messages, source);
        } else if (sent != null && messages == null) {
            reading.unreadable("llm.output_messages", source);
        }
    }

    /** Names of Sentry: the last answer as text or a list of texts, and calls beside it. */
    private static void answer(Reading reading) {
        SentSpan span = reading.span();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        JsonNode text = span.json("gen_ai.response.text");
        if (text != null && text.isArray()) {
            ArrayNode texts = Counts.strings(text);
            text = texts == null ? null : JsonValues.text(joined(texts));
        }
        if (text != null) {
            answer.set("text", text);
        }
        JsonNode calls = span.list("gen_ai.response.tool_calls");
        if (calls != null) {
            answer.set("toolCalls", calls);
        }
        ArrayNode messages = answer.isEmpty() ? null : Responses.spoken(answer);
        if (messages != null) {
            reading.put("llm.output_messages", messages, "gen_ai.response.text");
        }
    }

    private static String joined(ArrayNode texts) {
        return String.join("\n", texts.valueStream().map(JsonNode::asString).toList());
    }

    /** What was embedded, one text for each message, wherever those were found. */
    private static void texts(Reading reading) {
        String source = reading.sourceOf("llm.input_messages");
        if (source != null) {
            reading.putTexts(Messages.texts(reading.known("llm.input_messages")), source);
        }
    }

    /** One reason alone, several as a list. */
    private static void finishReason(Reading reading) {
        String source = "gen_ai.response.finish_reasons";
        ArrayNode reasons = Counts.strings(reading.span().json(source));
        if (reasons != null) {
            reading.put(
                    "llm.finish_reason", reasons.size() == 1 ? reasons.get(0) : reasons, source);
        }
    }

    private static void response(Reading reading) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        String id = reading.span().text("gen_ai.response.id");
        if (id != null) {
            response.put("id", id);
        }
        String model = reading.span().text("gen_ai.response.model");
        if (model != null) {
            response.put("model", model);
        }
        if (!response.isEmpty()
                && reading.put("output.value", response.toString(), "gen_ai.response.id")) {
            reading.put("output.mime_type", "application/json", "gen_ai.response.id");
        }
    }

    private static void arguments(Reading reading) {
        JsonNode arguments = reading.span().json("gen_ai.tool.call.arguments");
        if (arguments != null) {
            reading.put("tool.parameters", arguments, "gen_ai.tool.call.arguments");
        }
    }

    private static void query(Reading reading) {
        String query = reading.span().text("gen_ai.retrieval.query.text");
        if (query != null && reading.put("input.value", query, "gen_ai.retrieval.query.text")) {
            reading.put("input.mime_type", "text/plain", "gen_ai.retrieval.query.text");
        }
    }
}
