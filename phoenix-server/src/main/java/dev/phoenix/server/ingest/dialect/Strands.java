package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What Strands Agents has beside the OpenTelemetry convention. */
final class Strands implements Dialect {

    @Override
    public String id() {
        return "strands";
    }

    @Override
    public String title() {
        return "Strands Agents";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "gen_ai.event.start_time", "event_loop.", "gen_ai.agent.tools", "tool.result");
    }

    @Override
    public boolean isIn(SentSpan span) {
        // Anybody may call the result of a tool so.
        return span.has("gen_ai.event.start_time")
                || span.hasBelow("event_loop")
                || span.has("gen_ai.agent.tools")
                || span.name().startsWith("Tool: ");
    }

    @Override
    public String advice() {
        return "`StrandsTelemetry().setup_otlp_exporter()`; content is sent without being asked for";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("gen_ai.operation.name", Map.of("execute_event_loop_cycle", "CHAIN")),
                Rule.kindBy("name", Strands::kindOfName),
                Rule.tags("tags"),
                Rule.tools("gen_ai.agent.tools").on("AGENT"),
                Rule.output("tool.result").on("TOOL"),
                Rule.of(
                                List.of("output.value", "output.mime_type"),
                                Strands::result,
                                "gen_ai.choice tool.result")
                        .on("CHAIN"),
                Rule.object("metadata", "gen_ai.trace.attributes"));
    }

    /** Before version 1, and in TypeScript for its cycles, only names tell. */
    private static @Nullable String kindOfName(SentSpan span) {
        if (span.has("gen_ai.operation.name")) {
            return null;
        }
        if (span.name().equals("Model invoke")) {
            return "LLM";
        }
        if (span.name().startsWith("Tool: ")) {
            return "TOOL";
        }
        return span.name().startsWith("Cycle ") || span.name().equals("execute_event_loop_cycle")
                ? "CHAIN"
                : null;
    }

    /** A turn of the loop that called tools ends with what they answered. */
    private static void result(Reading reading) {
        for (SentEvent event : reading.span().events("gen_ai.choice")) {
            JsonNode result = event.attributes().get("tool.result");
            ArrayNode messages =
                    result == null
                            ? null
                            : Messages.of(JsonValues.opened(result), "tool", new Unread());
            String text =
                    messages == null || messages.isEmpty()
                            ? null
                            : Messages.textOf(messages.get(0).path("message"));
            if (text != null) {
                reading.putValue("output", JsonValues.text(text), "gen_ai.choice tool.result");
            }
        }
    }
}
