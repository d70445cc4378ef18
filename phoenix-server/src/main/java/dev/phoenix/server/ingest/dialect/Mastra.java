package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Mastra's exporter adds to the OpenTelemetry convention. */
final class Mastra implements Dialect {

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("agent_run", "AGENT"),
                    Map.entry("model_generation", "LLM"),
                    Map.entry("llm_generation", "LLM"),
                    Map.entry("model_inference", "LLM"),
                    Map.entry("model_step", "CHAIN"),
                    Map.entry("model_chunk", "CHAIN"),
                    Map.entry("llm_step", "CHAIN"),
                    Map.entry("llm_chunk", "CHAIN"),
                    Map.entry("rag_embedding", "EMBEDDING"),
                    Map.entry("scorer_run", "EVALUATOR"),
                    Map.entry("tool_call", "TOOL"),
                    Map.entry("client_tool_call", "TOOL"),
                    Map.entry("mcp_tool_call", "TOOL"),
                    Map.entry("processor_run", "CHAIN"),
                    Map.entry("workflow_run", "CHAIN"),
                    Map.entry("workflow_step", "CHAIN"),
                    Map.entry("generic", "CHAIN"));

    @Override
    public String id() {
        return "mastra";
    }

    @Override
    public String title() {
        return "Mastra";
    }

    @Override
    public List<String> evidence() {
        return List.of("mastra.", "agent.generate.", "agent.stream.", "componentName");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.hasBelow("mastra") || isMethod(span);
    }

    @Override
    public String advice() {
        return "`hideInput` and `hideOutput` must not be set in the tracing options";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("mastra.span.type", KINDS),
                Rule.kindWhen("CHAIN", "mastra.span.type", span -> span.has("mastra.span.type")),
                Rule.kindBy("name", Mastra::kindOfMethod),
                Rule.of(
                        List.of("input.value", "input.mime_type"),
                        Mastra::argument,
                        "<name of the span>.argument.0"),
                Rule.of(
                        List.of("output.value", "output.mime_type"),
                        Mastra::result,
                        "<name of the span>.result"),
                Rule.of(
                        List.of("input.value", "input.mime_type"),
                        reading -> value(reading, "input"),
                        "mastra.*.input"),
                Rule.of(
                        List.of("output.value", "output.mime_type"),
                        reading -> value(reading, "output"),
                        "mastra.*.output"),
                Rule.object(
                                "tool.parameters",
                                "mastra.tool_call.input",
                                "mastra.client_tool_call.input",
                                "mastra.mcp_tool_call.input")
                        .on("TOOL"),
                Rule.inputMessages(
                                "mastra.model_generation.input",
                                "mastra.model_inference.input",
                                "mastra.llm_generation.input")
                        .on("LLM"),
                Rule.of("llm.output_messages", Mastra::answer, "mastra.model_generation.output")
                        .on("LLM"),
                Rule.of(
                        List.of("llm.provider", "llm.system"),
                        Mastra::provider,
                        "gen_ai.provider.name"),
                Rule.text(
                        "session.id",
                        "mastra.metadata.sessionId",
                        "mastra.metadata.threadId",
                        "metadata.sessionId",
                        "threadId"),
                Rule.text(
                        "user.id",
                        "mastra.metadata.userId",
                        "mastra.metadata.resourceId",
                        "resourceId"),
                Rule.tags("mastra.tags"),
                Rule.object("metadata", "mastra.metadata"));
    }

    /** Before it had an exporter, Mastra traced its methods: what they got and what they gave. */
    private static boolean isMethod(SentSpan span) {
        return span.hasBelow(span.name() + ".argument") || span.has(span.name() + ".result");
    }

    private static @Nullable String kindOfMethod(SentSpan span) {
        if (!isMethod(span)) {
            return null;
        }
        return switch (span.name()) {
            case "agent.generate",
                    "agent.stream",
                    "agent.generateVNext",
                    "agent.streamVNext",
                    "agent.generateLegacy",
                    "agent.streamLegacy",
                    "agent.network" ->
                    "AGENT";
            default -> span.name().startsWith("tool.") ? "TOOL" : "CHAIN";
        };
    }

    /** Values are JSON, strings with quotes around them. */
    private static void argument(Reading reading) {
        method(reading, "input", reading.span().name() + ".argument.0");
    }

    private static void result(Reading reading) {
        method(reading, "output", reading.span().name() + ".result");
    }

    private static void method(Reading reading, String side, String source) {
        JsonNode sent = reading.span().get(source);
        if (sent != null) {
            String text = JsonValues.unquoted(JsonValues.plain(sent));
            reading.putValue(side, JsonValues.text(text), source);
        }
    }

    private static void value(Reading reading, String side) {
        String type = reading.span().text("mastra.span.type");
        String source = "mastra." + type + "." + side;
        JsonNode value = reading.span().get(source);
        if (value != null) {
            reading.putValue(side, value, source);
        }
    }

    private static void answer(Reading reading) {
        String source = "mastra." + reading.span().text("mastra.span.type") + ".output";
        reading.putAnswer(source);
    }

    /** Named with the kind of model, say {@code openai.chat}. */
    private static void provider(Reading reading) {
        String name = reading.span().text("gen_ai.provider.name");
        Provider provider = name == null ? null : Provider.ofAiSdk(name);
        if (provider != null) {
            provider.putInto(reading, "gen_ai.provider.name");
        }
    }
}
