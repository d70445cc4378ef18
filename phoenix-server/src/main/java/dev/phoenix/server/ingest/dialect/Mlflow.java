package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The attributes of MLflow, whose values are JSON throughout. */
final class Mlflow implements Dialect {

    private static final String INPUTS = "mlflow.spanInputs";
    private static final String OUTPUTS = "mlflow.spanOutputs";
    private static final String USAGE = "mlflow.chat.tokenUsage";

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("chat_model", "LLM"),
                    Map.entry("llm", "LLM"),
                    Map.entry("tool", "TOOL"),
                    Map.entry("agent", "AGENT"),
                    Map.entry("chain", "CHAIN"),
                    Map.entry("workflow", "CHAIN"),
                    Map.entry("task", "CHAIN"),
                    Map.entry("retriever", "RETRIEVER"),
                    Map.entry("embedding", "EMBEDDING"),
                    Map.entry("reranker", "RERANKER"),
                    Map.entry("guardrail", "GUARDRAIL"),
                    Map.entry("evaluator", "EVALUATOR"),
                    Map.entry("parser", "CHAIN"),
                    Map.entry("memory", "CHAIN"));

    @Override
    public String id() {
        return "mlflow";
    }

    @Override
    public String title() {
        return "MLflow Tracing";
    }

    @Override
    public List<String> evidence() {
        return List.of("mlflow.");
    }

    @Override
    public String advice() {
        return "`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, with `MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT=true`"
                + " where MLflow's own server gets the traces as well";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("mlflow.spanType", KINDS),
                Rule.of(
                        List.of("input.value", "input.mime_type"),
                        reading -> value(reading, "input", INPUTS),
                        INPUTS),
                Rule.of(
                        List.of("output.value", "output.mime_type"),
                        reading -> value(reading, "output", OUTPUTS),
                        OUTPUTS),
                Rule.of("llm.input_messages", Mlflow::inputMessages, INPUTS).on("LLM"),
                Rule.of("llm.output_messages", reading -> reading.putAnswerOfJson(OUTPUTS), OUTPUTS)
                        .on("LLM"),
                Rule.of(
                                List.of("llm.input_messages", "llm.output_messages"),
                                Mlflow::conversation,
                                "mlflow.chat.messages")
                        .on("LLM"),
                Rule.of(
                        List.of("llm.provider", "llm.system"),
                        Mlflow::provider,
                        "mlflow.llm.provider"),
                Rule.of(
                        List.of("llm.cost.prompt", "llm.cost.completion", "llm.cost.total"),
                        reading ->
                                reading.putCosts(
                                        "mlflow.llm.cost",
                                        "input_cost",
                                        "output_cost",
                                        "total_cost"),
                        "mlflow.llm.cost"),
                Rule.tools("mlflow.chat.tools", "tools").on("LLM"),
                Rule.of(
                                "llm.invocation_parameters",
                                reading ->
                                        reading.putParameters(
                                                reading.span().object(INPUTS), INPUTS),
                                INPUTS)
                        .on("LLM"),
                Rule.documents("retrieval.documents", OUTPUTS).on("RETRIEVER"),
                Rule.of("embedding.embeddings", Mlflow::texts, INPUTS).on("EMBEDDING"),
                Rule.model("mlflow.llm.model", "mlflow.chat.model", "model"),
                Rule.of("llm.model_name", Mlflow::model, OUTPUTS, INPUTS).on("LLM"),
                Rule.of("embedding.model_name", Mlflow::model, OUTPUTS, INPUTS).on("EMBEDDING"),
                Rule.of(
                        TokenUsage.TARGETS,
                        reading -> reading.putUsage(reading.span().json(USAGE), USAGE),
                        USAGE),
                Rule.of(TokenUsage.TARGETS, Mlflow::usage, OUTPUTS).on("LLM", "EMBEDDING"),
                Rule.of("", reading -> reading.responseId(reading.member(OUTPUTS, "id")), OUTPUTS)
                        .on("LLM"),
                Rule.text(
                        "session.id",
                        "mlflow.trace.session",
                        "mlflow.traceTag.mlflow.trace.session"),
                Rule.text("user.id", "mlflow.trace.user", "mlflow.traceTag.mlflow.trace.user"),
                Rule.object("metadata", "mlflow.traceTag"),
                Rule.of(
                                "tool.name",
                                reading -> reading.put("tool.name", reading.toolName(), "name"),
                                "mlflow.spanFunctionName",
                                "name")
                        .on("TOOL"),
                Rule.object("tool.parameters", INPUTS).on("TOOL"));
    }

    private static void value(Reading reading, String side, String source) {
        JsonNode sent = reading.span().get(source);
        if (sent != null) {
            JsonNode decoded = JsonValues.decoded(sent);
            reading.putValue(side, decoded.isString() ? decoded : sent, source);
        }
    }

    private static void inputMessages(Reading reading) {
        JsonNode batch = reading.span().list(INPUTS);
        if (batch != null) {
            // LangChain: a list of conversations, nearly always one.
            JsonNode only = batch.size() == 1 && batch.get(0).isArray() ? batch.get(0) : batch;
            reading.putMessages("llm.input_messages", only, "user", INPUTS);
            return;
        }
        JsonNode inputs = reading.span().object(INPUTS);
        JsonNode messages =
                inputs == null
                        ? null
                        : Messages.first(inputs, "messages", "input", "contents", "prompt");
        if (inputs != null && messages != null) {
            reading.putMessages("llm.input_messages", inputs, "user", INPUTS);
        }
    }

    /** Versions 2 list what was asked and what was answered as one. */
    private static void conversation(Reading reading) {
        JsonNode sent = reading.span().list("mlflow.chat.messages");
        if (sent != null) {
            Unread unread = new Unread();
            ArrayNode messages = Messages.of(sent, "user", unread);
            unread.in("mlflow.chat.messages", 0);
            reading.putConversation(messages, "mlflow.chat.messages", unread);
        }
    }

    private static void provider(Reading reading) {
        String name = reading.span().text("mlflow.llm.provider");
        Provider provider = name == null ? null : Provider.ofAiSdk(JsonValues.unquoted(name));
        if (provider != null) {
            provider.putInto(reading, "mlflow.llm.provider");
        }
    }

    /** Versions 2 have it in what was asked and answered only. */
    private static void model(Reading reading) {
        for (String source : List.of(OUTPUTS, INPUTS)) {
            String model = Responses.model(reading.span().object(source));
            if (model != null) {
                reading.put(reading.modelPath(), model, source);
            }
        }
    }

    private static void texts(Reading reading) {
        JsonNode inputs = reading.span().object(INPUTS);
        reading.putTexts(inputs == null ? null : inputs.get("input"), INPUTS);
    }

    private static void usage(Reading reading) {
        reading.putUsage(Responses.usage(reading.span().object(OUTPUTS)), OUTPUTS, OUTPUTS + ".*");
    }
}
