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
                Rule.tools("lk.function_tools").on("LLM"),
                Rule.of(
                        TokenUsage.TARGETS,
                        LiveKit::usage,
                        "lk.llm_metrics",
                        "lk.realtime_model_metrics"),
                Rule.of("llm.model_name", LiveKit::model, "lk.llm_metrics").on("LLM"),
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
            } else if (item.path("type").asString("").startsWith("function_call")) {
                messages.add(turn(item));
            }
        }
        reading.putMessages("llm.input_messages", messages, "user", "lk.chat_ctx");
    }

    /** Calls of tools and their results stand between the messages. */
    private static ObjectNode turn(JsonNode item) {
        boolean isCall = item.path("type").asString("").equals("function_call");
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("role", isCall ? "assistant" : "tool");
        message.putArray("content").add(item);
        return message;
    }

    private static void usage(Reading reading) {
        for (String source : List.of("lk.llm_metrics", "lk.realtime_model_metrics")) {
            TokenUsage.put(reading, reading.span().object(source), source);
        }
    }

    private static void model(Reading reading) {
        JsonNode metrics = reading.span().object("lk.llm_metrics");
        JsonNode model = metrics == null ? null : metrics.path("metadata").get("model_name");
        if (model != null && model.isString() && !reading.span().has("gen_ai.request.model")) {
            reading.put("llm.model_name", model.asString(), "lk.llm_metrics");
        }
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
