package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;

/** What Semantic Kernel has beside the OpenTelemetry convention. */
final class SemanticKernel implements Dialect {

    @Override
    public String id() {
        return "semantic_kernel";
    }

    @Override
    public String title() {
        return "Semantic Kernel";
    }

    @Override
    public List<String> evidence() {
        return List.of("sk.", "gen_ai.response.finish_reason", "semantic_kernel.");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.hasBelow("sk")
                || span.hasBelow("semantic_kernel")
                || span.has("gen_ai.response.finish_reason");
    }

    @Override
    public String advice() {
        return "`SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE=true` and an"
                + " exporter of logs: messages are log records";
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindWhen(
                        "CHAIN",
                        "sk.available_functions",
                        span -> span.has("sk.available_functions")),
                Rule.tools("sk.available_functions").on("CHAIN"),
                Rule.text("tool.name", "semantic_kernel.function.name").on("TOOL"),
                Rule.of(
                        "llm.finish_reason",
                        SemanticKernel::finishReason,
                        "gen_ai.response.finish_reason"));
    }

    /** The name of a constant in Python: {@code FinishReason.TOOL_CALLS}. */
    private static void finishReason(Reading reading) {
        String reason = reading.span().text("gen_ai.response.finish_reason");
        if (reason != null) {
            String last = reason.substring(reason.lastIndexOf('.') + 1);
            reading.put(
                    "llm.finish_reason",
                    last.toLowerCase(Locale.ROOT),
                    "gen_ai.response.finish_reason");
        }
    }
}
