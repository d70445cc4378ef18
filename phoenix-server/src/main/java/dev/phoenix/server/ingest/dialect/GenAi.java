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

    private static final String INPUT = "gen_ai.input.messages";
    private static final String OUTPUT = "gen_ai.output.messages";
    private static final String INSTRUCTIONS = "gen_ai.system_instructions";
    private static final String RESPONSE_CALLS = "gen_ai.response.tool_calls";

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
                text("session.id", "gen_ai.conversation.id", "gen_ai.thread.id"),
                Rule.of("session.id", GenAi::thread, "thread_id"),
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
                Rule.of(
                        "llm.input_messages",
                        reading ->
                                inputMessages(
                                        reading,
                                        reading.span().json(INPUT),
                                        reading.span().json(INSTRUCTIONS),
                                        INPUT),
                        INPUT),
                Rule.of(
                        "llm.output_messages",
                        reading -> outputMessages(reading, reading.span().json(OUTPUT), OUTPUT),
                        OUTPUT),
                Rule.messagesOfJson("gen_ai.request.messages"),
                Rule.of(
                        "llm.output_messages",
                        GenAi::answer,
                        "gen_ai.response.text",
                        RESPONSE_CALLS),
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
                                "gen_ai.response.model")
                        .last(),
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

    /** Numbers are threads of the operating system. */
    private static void thread(Reading reading) {
        String thread = reading.span().text("thread_id");
        if (thread != null) {
            reading.put("session.id", thread, "thread_id");
        }
    }

    /**
     * Instructions come first, as a message of the system.
     *
     * @param source of all of it: an attribute, or the event that has them
     */
    static void inputMessages(
            Reading reading,
            @Nullable JsonNode sent,
            @Nullable JsonNode instructions,
            String source) {
        Unread unread = new Unread();
        ArrayNode messages =
                sent == null
                        ? JsonNodeFactory.instance.arrayNode()
                        : Messages.ofJson(sent, "user", unread);
        if (messages == null) {
            reading.unreadable("llm.input_messages", source);
            return;
        }
        unread.in(INPUT, 0);
        ArrayNode all = Messages.instructions(instructions, INSTRUCTIONS, unread).addAll(messages);
        reading.putMessages(
                "llm.input_messages",
                all,
                sent == null && source.equals(INPUT) ? INSTRUCTIONS : source,
                unread);
    }

    /**
     * @param source an attribute, or the event that has them
     */
    static void outputMessages(Reading reading, @Nullable JsonNode sent, String source) {
        Unread unread = new Unread();
        ArrayNode messages =
                sent == null
                        ? JsonNodeFactory.instance.arrayNode()
                        : Messages.ofJson(sent, "assistant", unread);
        if (messages == null) {
            reading.unreadable("llm.output_messages", source);
            return;
        }
        unread.in(OUTPUT, 0);
        reading.putMessages("llm.output_messages", messages, source, unread);
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
        JsonNode calls = span.json(RESPONSE_CALLS);
        if (calls != null) {
            answer.set("toolCalls", calls);
        }
        reading.putSpoken(answer, "gen_ai.response.text", RESPONSE_CALLS);
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
        JsonNode sent = reading.span().json(source);
        ArrayNode reasons = Counts.strings(sent);
        if (reasons == null && sent != null && !sent.isArray()) {
            reading.unreadable("llm.finish_reason", source);
        } else if (reasons != null) {
            reading.put(
                    "llm.finish_reason", reasons.size() == 1 ? reasons.get(0) : reasons, source);
        }
    }

    /** Where nobody says what was answered, at least which answer it was. */
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
