package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
    public String advice() {
        return "a tracer provider of your own, set with `set_tracer_provider`";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("lk.*", LiveKit::kind),
                Rule.of("llm.input_messages", LiveKit::context, named("chat_ctx")).on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                LiveKit::answer,
                                named("response.text", "response.function_calls"))
                        .on("LLM"),
                Rule.tools(named("function_tools")).on("LLM"),
                Rule.of(
                        TokenUsage.TARGETS,
                        LiveKit::usage,
                        "lk.llm_metrics",
                        "lk.realtime_model_metrics"),
                Rule.of("llm.model_name", LiveKit::model, "lk.llm_metrics").on("LLM"),
                Rule.input(
                        named(
                                "function_tool.arguments",
                                "input_text",
                                "user_input",
                                "user_transcript")),
                Rule.output(named("function_tool.output", "response.text")),
                Rule.text("tool.name", "lk.function_tool.name").on("TOOL"),
                Rule.text("tool.id", "lk.function_tool.id").on("TOOL"),
                Rule.object("tool.parameters", named("function_tool.arguments")).on("TOOL"),
                Rule.text("agent.name", "lk.agent_name", "lk.agent_label"),
                Rule.text("session.id", "lk.session_id", "lk.room_name", "lk.room_id", "lk.job_id"),
                Rule.text("user.id", named("participant_identity")));
    }

    /** Since version 1.7 what people say has a name of its own. */
    private static String[] named(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of("lk." + name, "lk.pii." + name))
                .toArray(String[]::new);
    }

    private static @Nullable String firstOf(SentSpan span, String name) {
        for (String source : named(name)) {
            if (span.mayHave(source) && span.json(source) != null) {
                return source;
            }
        }
        return null;
    }

    private static @Nullable String kind(SentSpan span) {
        if (span.has("lk.function_tool.name")) {
            return "TOOL";
        }
        return switch (span.name()) {
            case "llm_node", "llm_request", "llm_request_run" -> "LLM";
            case "agent_session", "agent_turn", "job_entrypoint" -> "AGENT";
            default -> firstOf(span, "chat_ctx") != null ? "LLM" : "CHAIN";
        };
    }

    private static void context(Reading reading) {
        String source = firstOf(reading.span(), "chat_ctx");
        JsonNode context = source == null ? null : reading.span().json(source);
        JsonNode items = context != null && context.has("items") ? context.get("items") : context;
        if (source == null || items == null) {
            return;
        }
        if (!items.isArray()) {
            reading.unreadable("llm.input_messages", source);
            return;
        }
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            if (item.has("role")) {
                messages.add(item);
            } else if (item.path("type").asString("").startsWith("function_call")) {
                messages.add(turn(item));
            } else {
                // Keeps its place.
                messages.addNull();
            }
        }
        String place = items.equals(context) ? source : source + ".items";
        if (!messages.valueStream().allMatch(JsonNode::isNull)) {
            reading.putMessages("llm.input_messages", messages, "user", source, place);
        }
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
            reading.putUsage(reading.span().json(source), source);
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
        String text = firstOf(reading.span(), "response.text");
        if (text != null) {
            answer.set("text", reading.span().get(text));
        }
        String calls = firstOf(reading.span(), "response.function_calls");
        if (calls != null) {
            answer.set("toolCalls", reading.span().json(calls));
        }
        String ofCalls = Objects.requireNonNullElse(calls, "lk.response.function_calls");
        reading.putSpoken(answer, Objects.requireNonNullElse(text, ofCalls), ofCalls);
    }
}
