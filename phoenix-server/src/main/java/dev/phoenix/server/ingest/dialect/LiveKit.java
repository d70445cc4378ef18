package dev.phoenix.server.ingest.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of LiveKit Agents. */
final class LiveKit implements Dialect {

    @Override
    public String id() {
        return "livekit";
    }

    @Override
    public String title() {
        return "LiveKit Agents";
    }

    @Override
    public List<String> evidence() {
        return List.of("lk.");
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("lk.*", LiveKit::kind),
                Rule.of("llm.input_messages", LiveKit::context, "lk.chat_ctx").on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                LiveKit::answer,
                                "lk.response.text",
                                "lk.response.function_calls")
                        .on("LLM"),
                Rule.input(
                        "lk.function_tool.arguments",
                        "lk.input_text",
                        "lk.user_input",
                        "lk.user_transcript"),
                Rule.output("lk.function_tool.output", "lk.response.text"),
                Rule.text("tool.name", "lk.function_tool.name").on("TOOL"),
                Rule.text("tool.id", "lk.function_tool.id").on("TOOL"),
                Rule.object("tool.parameters", "lk.function_tool.arguments").on("TOOL"),
                Rule.text("agent.name", "lk.agent_name", "lk.agent_label"),
                Rule.text("session.id", "lk.session_id", "lk.room_name", "lk.room_id", "lk.job_id"),
                Rule.text("user.id", "lk.participant_identity"));
    }

    private static @Nullable String kind(SentSpan span) {
        if (span.has("lk.function_tool.name")) {
            return "TOOL";
        }
        return switch (span.name()) {
            case "llm_node", "llm_request", "llm_request_run" -> "LLM";
            case "agent_session", "agent_turn", "job_entrypoint" -> "AGENT";
            default -> span.has("lk.chat_ctx") ? "LLM" : "CHAIN";
        };
    }

    private static void context(Reading reading) {
        JsonNode context = reading.span().json("lk.chat_ctx");
        JsonNode items = context != null && context.has("items") ? context.get("items") : context;
        if (items == null) {
            return;
        }
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            if (item.has("role")) {
                messages.add(item);
            }
        }
        reading.putMessages("llm.input_messages", messages, "user", "lk.chat_ctx");
    }

    private static void answer(Reading reading) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        JsonNode text = reading.span().get("lk.response.text");
        if (text != null) {
            answer.set("text", text);
        }
        JsonNode calls = reading.span().json("lk.response.function_calls");
        if (calls != null) {
            answer.set("toolCalls", calls);
        }
        ArrayNode messages = answer.isEmpty() ? null : Responses.spoken(answer);
        if (messages != null) {
            reading.put("llm.output_messages", messages, "lk.response.text");
        }
    }
}
