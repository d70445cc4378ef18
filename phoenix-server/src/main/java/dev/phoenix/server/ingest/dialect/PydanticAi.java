package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What Pydantic AI has beside the OpenTelemetry convention, and Logfire on any span. */
final class PydanticAi implements Dialect {

    /** Of Logfire's instrumentations of the SDKs of OpenAI and Anthropic. */
    private static final String REQUEST = "request_data";

    private static final String RESPONSE = "response_data";
    private static final String INSTRUCTIONS = "gen_ai.system_instructions";

    @Override
    public String id() {
        return "pydantic_ai";
    }

    @Override
    public String title() {
        return "Pydantic AI and Logfire";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "logfire.",
                REQUEST,
                RESPONSE,
                "pydantic_ai.",
                "all_messages_events",
                "model_request_parameters",
                "tool_arguments",
                "tool_response",
                "final_result",
                "agent_name");
    }

    @Override
    public List<String> scopeEvidence() {
        return List.of("pydantic-ai");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.hasBelow("logfire")
                || span.hasBelow("pydantic_ai")
                || span.has("model_request_parameters")
                || span.scope().equals("pydantic-ai");
    }

    @Override
    public String advice() {
        return "`InstrumentationSettings(include_content=True)`, which is the default";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("agent_name", PydanticAi::kind),
                Rule.of(
                                List.of("llm.input_messages", "llm.output_messages"),
                                PydanticAi::events,
                                "events")
                        .on("LLM"),
                Rule.of(
                                List.of("llm.input_messages", "llm.output_messages"),
                                PydanticAi::allMessages,
                                "pydantic_ai.all_messages",
                                "all_messages_events")
                        .on("AGENT"),
                Rule.of(
                                List.of(
                                        "llm.input_messages",
                                        "llm.tools",
                                        "llm.invocation_parameters"),
                                PydanticAi::request,
                                REQUEST)
                        .on("LLM"),
                Rule.of(
                                Stream.concat(
                                                Stream.of("llm.output_messages"),
                                                TokenUsage.TARGETS.stream())
                                        .toList(),
                                PydanticAi::response,
                                RESPONSE)
                        .on("LLM"),
                Rule.of(
                                List.of("embedding.embeddings", "input.value", "input.mime_type"),
                                PydanticAi::texts,
                                REQUEST)
                        .on("EMBEDDING"),
                Rule.of(TokenUsage.TARGETS, PydanticAi::usage, RESPONSE).on("EMBEDDING"),
                Rule.of("llm.tools", PydanticAi::tools, "model_request_parameters").on("LLM"),
                Rule.input("tool_arguments").on("TOOL"),
                Rule.output("tool_response").on("TOOL"),
                Rule.object("tool.parameters", "tool_arguments").on("TOOL"),
                Rule.output("final_result"),
                Rule.model("gen_ai.response.model", "gen_ai.request.model", "model_name"),
                Rule.text("agent.name", "agent_name"),
                Rule.tags("logfire.tags"));
    }

    private static @Nullable String kind(SentSpan span) {
        if (span.has("gen_ai.operation.name")) {
            return null;
        }
        if (span.has("agent_name") && (span.has("model_name") || span.has("final_result"))) {
            return "AGENT";
        }
        if (span.has("tool_arguments") || span.has("tool_response")) {
            return "TOOL";
        }
        if (isEmbedding(span)) {
            return "EMBEDDING";
        }
        boolean isOther = span.has("gen_ai.request.model") || span.has("gen_ai.tool.name");
        JsonNode request = isOther ? null : span.object(REQUEST);
        if (request != null && request.has("messages") && request.has("model")) {
            return "LLM";
        }
        return span.name().equals("running tools") || (span.has("logfire.span_type") && !isOther)
                ? "CHAIN"
                : null;
    }

    /** Logfire names the operation in the template of its message only. */
    private static boolean isEmbedding(SentSpan span) {
        String template = span.text("logfire.msg_template");
        return span.mayHave(REQUEST)
                && (template == null ? span.name() : template).startsWith("Embedding Creation");
    }

    private static void texts(Reading reading) {
        JsonNode request = reading.span().object(REQUEST);
        reading.putTexts(request == null ? null : request.get("input"), REQUEST);
        String text = reading.member(REQUEST, "input");
        if (text != null) {
            reading.putValue("input", JsonValues.text(text), REQUEST);
        } else if (request != null && request.has("input")) {
            reading.putValue("input", request.get("input"), REQUEST);
        }
    }

    private static void usage(Reading reading) {
        JsonNode response = reading.span().object(RESPONSE);
        reading.putUsage(
                response == null ? null : response.get("usage"), RESPONSE, RESPONSE + ".usage");
    }

    private static void events(Reading reading) {
        JsonNode events = reading.span().list("events");
        if (events != null) {
            MessageEvents.ofList(events, "events").putInto(reading, "events");
        }
    }

    /** The whole conversation; where it ends with an answer, that is the output. */
    private static void allMessages(Reading reading) {
        String source = "pydantic_ai.all_messages";
        JsonNode sent = reading.span().list(source);
        if (sent == null) {
            source = "all_messages_events";
            sent = reading.span().list(source);
        }
        if (sent == null) {
            return;
        }
        Unread unread = new Unread();
        ArrayNode messages;
        if (source.equals("all_messages_events")) {
            MessageEvents events = MessageEvents.ofList(sent, source);
            messages = events.all();
            unread.addAll(events.unread());
        } else {
            messages = Messages.of(sent, "user", unread);
            unread.in(source, 0);
        }
        JsonNode instructions = reading.span().json(INSTRUCTIONS);
        reading.putConversation(
                messages == null
                        ? null
                        : Messages.instructions(instructions, INSTRUCTIONS, unread)
                                .addAll(messages),
                source,
                unread);
    }

    private static void request(Reading reading) {
        JsonNode request = reading.span().object(REQUEST);
        String name = request != null && request.hasNonNull("messages") ? "messages" : "input";
        if (request == null || !request.hasNonNull(name)) {
            return;
        }
        Unread unread = new Unread();
        ArrayNode read = Messages.of(request.get(name), "user", unread);
        unread.in(name, 0);
        if (read == null) {
            reading.unreadable("llm.input_messages", REQUEST);
        } else {
            String system = request.hasNonNull("system") ? "system" : "instructions";
            ArrayNode all = Messages.instructions(request.get(system), system, unread).addAll(read);
            unread.in(REQUEST, 0);
            reading.putMessages("llm.input_messages", all, REQUEST, unread);
        }
        reading.putToolsIn(REQUEST, "tools");
        reading.putParameters(request, REQUEST);
    }

    /** Streams leave the text put together. */
    private static void response(Reading reading) {
        reading.putAnswer(RESPONSE);
        String text = reading.member(RESPONSE, "combined_chunk_content");
        if (text != null) {
            reading.putMessages(
                    "llm.output_messages", JsonValues.text(text), "assistant", RESPONSE);
        }
        usage(reading);
    }

    private static void tools(Reading reading) {
        JsonNode parameters = reading.span().object("model_request_parameters");
        if (parameters == null) {
            return;
        }
        ArrayNode tools = JsonNodeFactory.instance.arrayNode();
        for (String list : List.of("function_tools", "output_tools")) {
            parameters.path(list).forEach(tools::add);
        }
        if (!tools.isEmpty()) {
            reading.putTools(tools, "model_request_parameters");
        }
    }
}
