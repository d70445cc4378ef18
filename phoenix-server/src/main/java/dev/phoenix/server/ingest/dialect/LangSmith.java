package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the LangSmith SDK writes when it exports to OpenTelemetry. */
final class LangSmith implements Dialect {

    private static final String PROMPT = "gen_ai.prompt";
    private static final String COMPLETION = "gen_ai.completion";

    private static final Map<String, String> KINDS =
            Map.of(
                    "llm", "LLM",
                    "tool", "TOOL",
                    "retriever", "RETRIEVER",
                    "embedding", "EMBEDDING",
                    "prompt", "PROMPT",
                    "parser", "CHAIN",
                    "chain", "CHAIN");

    @Override
    public String id() {
        return "langsmith";
    }

    @Override
    public String title() {
        return "LangSmith (OpenTelemetry mode)";
    }

    @Override
    public List<String> evidence() {
        return List.of("langsmith.");
    }

    @Override
    public String advice() {
        return "`LANGSMITH_OTEL_ENABLED=true`; `LANGSMITH_HIDE_INPUTS` and `LANGSMITH_HIDE_OUTPUTS`"
                + " must not be `true`";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("langsmith.span.kind", KINDS),
                Rule.inputMessages(PROMPT).on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                reading -> reading.putAnswerOfJson(COMPLETION),
                                COMPLETION)
                        .on("LLM"),
                Rule.of("llm.tools", LangSmith::tools, PROMPT).on("LLM"),
                Rule.of("llm.invocation_parameters", LangSmith::parameters, PROMPT).on("LLM"),
                Rule.documents("retrieval.documents", COMPLETION).on("RETRIEVER"),
                Rule.input(PROMPT),
                Rule.of(List.of("output.value", "output.mime_type"), LangSmith::output, COMPLETION),
                Rule.model(
                        "gen_ai.response.model",
                        "gen_ai.request.model",
                        "langsmith.metadata.ls_model_name"),
                Rule.of("llm.model_name", LangSmith::model, COMPLETION).on("LLM"),
                Rule.of(
                        List.of("llm.provider", "llm.system"),
                        LangSmith::provider,
                        "langsmith.metadata.ls_provider"),
                Rule.of(
                        TokenUsage.TARGETS,
                        LangSmith::usage,
                        "gen_ai.usage.*_token_details",
                        "langsmith.metadata.usage_metadata"),
                Rule.of(TokenUsage.TARGETS, LangSmith::usageOfAnswer, COMPLETION).on("LLM"),
                Rule.object("tool.parameters", PROMPT).on("TOOL"),
                Rule.text(
                        "session.id",
                        "langsmith.metadata.session_id",
                        "langsmith.metadata.thread_id",
                        "langsmith.metadata.conversation_id"),
                Rule.text("user.id", "langsmith.metadata.user_id", "langsmith.metadata.userId"),
                Rule.tags("langsmith.span.tags"),
                Rule.object("metadata", "langsmith.metadata"),
                Rule.of(
                                "tool.name",
                                reading -> reading.put("tool.name", reading.toolName(), "name"),
                                "gen_ai.tool.name",
                                "name")
                        .on("TOOL"));
    }

    private static void tools(Reading reading) {
        reading.putToolsIn(PROMPT, "tools");
    }

    private static void parameters(Reading reading) {
        reading.putParameters(reading.span().object(PROMPT), PROMPT);
    }

    /** A result alone is wrapped in an object with one member. */
    private static void output(Reading reading) {
        JsonNode completion = reading.span().object(COMPLETION);
        JsonNode output = completion == null ? null : completion.get("output");
        if (completion != null && output != null && completion.size() == 1) {
            if (!output.isNull()) {
                reading.putValue("output", output, COMPLETION);
            }
        } else if (completion != null) {
            reading.putValue("output", completion, COMPLETION);
        }
    }

    private static void model(Reading reading) {
        String model = Responses.model(reading.span().object(COMPLETION));
        if (model != null) {
            reading.put("llm.model_name", model, COMPLETION);
        }
    }

    /** Unless the convention's own attributes say it. */
    private static void usageOfAnswer(Reading reading) {
        if (!reading.span().has("gen_ai.usage.input_tokens")
                && !reading.span().has("gen_ai.usage.output_tokens")) {
            JsonNode answer = reading.span().object(COMPLETION);
            reading.putUsage(Responses.usage(answer), COMPLETION, COMPLETION + ".*");
        }
    }

    private static void provider(Reading reading) {
        String name = reading.span().text("langsmith.metadata.ls_provider");
        Provider provider = name == null ? null : Provider.ofAiSdk(name);
        if (provider != null) {
            provider.putInto(reading, "langsmith.metadata.ls_provider");
        }
    }

    /** Details are JSON, or what Python shows of a dict. */
    private static void usage(Reading reading) {
        for (String side : List.of("input", "output")) {
            String source = "gen_ai.usage." + side + "_token_details";
            String text = reading.span().text(source);
            JsonNode details = reading.span().object(source);
            if (details == null && text != null) {
                details = PythonLiteral.parse(text);
            }
            if (details != null) {
                ObjectNode usage = JsonNodeFactory.instance.objectNode();
                usage.set(side + "_token_details", details);
                TokenUsage.put(reading, usage, source);
            }
        }
        String metadata = "langsmith.metadata.usage_metadata";
        reading.putUsage(reading.span().json(metadata), metadata);
    }
}
