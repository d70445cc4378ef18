package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The attributes that Google's Agent Development Kit 1 has of its own. */
final class GoogleAdk implements Dialect {

    private static final String REQUEST = "gcp.vertex.agent.llm_request";
    private static final String RESPONSE = "gcp.vertex.agent.llm_response";
    private static final String AGENT_RUN = "agent_run [";
    private static final String TOOL_CALL = "tool_call [";
    private static final String TOOL_RESPONSE = "tool_response [";

    @Override
    public String id() {
        return "google_adk";
    }

    @Override
    public String title() {
        return "Google ADK 1";
    }

    @Override
    public List<String> evidence() {
        return List.of("gcp.vertex.agent.");
    }

    @Override
    public List<String> scopeEvidence() {
        return List.of("gcp.vertex.agent");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.hasBelow("gcp.vertex.agent") || kind(span) != null;
    }

    @Override
    public String advice() {
        return "`ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS` must not be `false`";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("name", GoogleAdk::kind),
                Rule.of("llm.input_messages", GoogleAdk::inputMessages, REQUEST).on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                reading -> reading.putAnswerOfJson(RESPONSE),
                                RESPONSE)
                        .on("LLM"),
                Rule.of("llm.tools", GoogleAdk::tools, REQUEST).on("LLM"),
                Rule.of(TokenUsage.TARGETS, GoogleAdk::usage, RESPONSE).on("LLM"),
                Rule.of("llm.model_name", GoogleAdk::model, REQUEST).on("LLM"),
                Rule.of("llm.invocation_parameters", GoogleAdk::parameters, REQUEST).on("LLM"),
                Rule.of("llm.finish_reason", GoogleAdk::finishReason, RESPONSE).on("LLM"),
                Rule.input("gcp.vertex.agent.data").on("", "CHAIN"),
                Rule.input("gcp.vertex.agent.tool_call_args").on("TOOL"),
                Rule.output("gcp.vertex.agent.tool_response").on("TOOL"),
                Rule.object("tool.parameters", "gcp.vertex.agent.tool_call_args").on("TOOL"),
                Rule.of(
                                "llm.provider",
                                reading -> reading.put("llm.provider", "google", REQUEST),
                                REQUEST)
                        .on("LLM"),
                Rule.text("session.id", "gcp.vertex.agent.session_id"),
                Rule.of("agent.name", reading -> named(reading, "agent.name"), "name").on("AGENT"),
                Rule.of("tool.name", reading -> named(reading, "tool.name"), "name").on("TOOL"));
    }

    /** Spans of agents have no attributes at all, so their names have to do. */
    private static @Nullable String kind(SentSpan span) {
        if (span.name().startsWith(AGENT_RUN)) {
            return "AGENT";
        }
        if (span.name().startsWith(TOOL_CALL) || span.name().startsWith(TOOL_RESPONSE)) {
            return "TOOL";
        }
        return switch (span.name()) {
            case "call_llm" -> "LLM";
            case "invocation" -> "CHAIN";
            default -> null;
        };
    }

    private static void inputMessages(Reading reading) {
        JsonNode request = reading.span().object(REQUEST);
        JsonNode contents = request == null ? null : request.get("contents");
        if (request == null || contents == null) {
            return;
        }
        Unread unread = new Unread();
        ArrayNode messages = Messages.of(contents, "user", unread);
        if (messages == null) {
            reading.unreadable("llm.input_messages", REQUEST);
            return;
        }
        unread.in("contents", 0);
        ArrayNode all =
                Messages.instructions(
                                request.path("config").get("system_instruction"),
                                "config.system_instruction",
                                unread)
                        .addAll(messages);
        unread.in(REQUEST, 0);
        reading.putMessages("llm.input_messages", all, REQUEST, unread);
    }

    private static void tools(Reading reading) {
        reading.putToolsIn(REQUEST, "config", "tools");
    }

    /** Only where the attribute of the convention is not there. */
    private static void model(Reading reading) {
        String model = reading.member(REQUEST, "model");
        if (model != null && !reading.span().has("gen_ai.request.model")) {
            reading.put("llm.model_name", model, REQUEST);
        }
    }

    private static void parameters(Reading reading) {
        JsonNode request = reading.span().object(REQUEST);
        reading.putParameters(request == null ? null : request.get("config"), REQUEST);
    }

    private static void finishReason(Reading reading) {
        String reason = reading.member(RESPONSE, "finish_reason");
        if (reason != null && !reading.span().has("gen_ai.response.finish_reasons")) {
            reading.put("llm.finish_reason", reason.toLowerCase(Locale.ROOT), RESPONSE);
        }
    }

    private static void usage(Reading reading) {
        JsonNode response = reading.span().object(RESPONSE);
        reading.putUsage(
                response == null ? null : response.get("usage_metadata"),
                RESPONSE,
                RESPONSE + ".usage_metadata");
    }

    /** Names of spans have it in brackets. */
    private static void named(Reading reading, String path) {
        String name = reading.span().name();
        int start = name.indexOf(" [");
        if (start > 0 && name.endsWith("]") && !reading.span().has("gen_ai.tool.name")) {
            reading.put(path, name.substring(start + 2, name.length() - 1), "name");
        }
    }
}
