package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The `otel` callback of LiteLLM. */
final class LiteLlm implements Dialect {

    private static final String RAW = "raw_gen_ai_request";

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("completion", "LLM"),
                    Map.entry("acompletion", "LLM"),
                    Map.entry("text_completion", "LLM"),
                    Map.entry("atext_completion", "LLM"),
                    Map.entry("responses", "LLM"),
                    Map.entry("aresponses", "LLM"),
                    Map.entry("anthropic_messages", "LLM"),
                    Map.entry("embedding", "EMBEDDING"),
                    Map.entry("aembedding", "EMBEDDING"),
                    Map.entry("rerank", "RERANKER"),
                    Map.entry("arerank", "RERANKER"));

    @Override
    public String id() {
        return "litellm";
    }

    @Override
    public String title() {
        return "LiteLLM";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "litellm.", "gen_ai.cost.", "metadata.user_api_key", "hidden_params", "guardrail_");
    }

    @Override
    public List<String> scopeEvidence() {
        return List.of("litellm");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.hasBelow("litellm")
                || span.has("hidden_params")
                || span.has("guardrail_name")
                || span.hasBelow("gen_ai.cost")
                || span.has("metadata.user_api_key_hash")
                || span.name().equals(RAW);
    }

    @Override
    public String advice() {
        return "`litellm.turn_off_message_logging` must not be set";
    }

    @Override
    public boolean contentIsOptIn() {
        return false;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("llm.request.type", KINDS),
                Rule.kind("gen_ai.operation.name", KINDS),
                Rule.kindWhen("GUARDRAIL", "guardrail_name", span -> span.has("guardrail_name")),
                Rule.decimal("llm.cost.prompt", "gen_ai.cost.input_cost"),
                Rule.decimal("llm.cost.completion", "gen_ai.cost.output_cost"),
                Rule.decimal("llm.cost.total", "gen_ai.cost.total_cost"),
                Rule.decimal("llm.cost.prompt_details.cache_read", "gen_ai.cost.cache_read_cost"),
                Rule.input("guardrail_request").on("GUARDRAIL"),
                Rule.output("guardrail_response").on("GUARDRAIL"),
                Rule.of(TokenUsage.TARGETS, LiteLlm::usage, "metadata.usage_object"),
                Rule.text(
                        "user.id",
                        "llm.user",
                        "metadata.user_api_key_end_user_id",
                        "metadata.user_api_key_user_id"),
                Rule.text("session.id", "metadata.session_id", "litellm.session_id"),
                Rule.of(
                        List.of("input.value", "output.value", "user.id"),
                        LiteLlm::raw,
                        "llm.<provider>.*"));
    }

    private static void usage(Reading reading) {
        String text = reading.span().text("metadata.usage_object");
        JsonNode usage = text == null ? null : PythonLiteral.parse(text);
        if (text != null && usage == null) {
            reading.unreadable("llm.token_count.prompt", "metadata.usage_object");
        }
        reading.putUsage(usage, "metadata.usage_object");
    }

    /** What went over the wire, under names with the provider in them. */
    private static void raw(Reading reading) {
        if (!reading.span().name().equals(RAW)) {
            return;
        }
        for (String name : reading.span().names()) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            JsonNode value = name.startsWith("llm.") ? reading.span().get(name) : null;
            if (value == null) {
                continue;
            }
            switch (last) {
                case "messages", "input", "contents", "prompt" ->
                        reading.putValue("input", value, name);
                case "choices", "output", "content", "candidates", "data" ->
                        reading.putValue("output", value, name);
                case "user" -> reading.put("user.id", JsonValues.plain(value), name);
                default -> {
                    // The rest of a request is of use to nobody here.
                }
            }
        }
    }
}
