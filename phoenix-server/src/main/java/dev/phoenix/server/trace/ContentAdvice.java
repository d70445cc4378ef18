package dev.phoenix.server.trace;

import dev.phoenix.server.cost.TokenCount;
import dev.phoenix.server.ingest.dialect.Derivation.Reason;
import dev.phoenix.server.ingest.dialect.Dialects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change at the sender of a span so that what is missing arrives, by the name of its
 * instrumentation.
 */
record ContentAdvice(String scope, List<String> dialects) {

    private static final String GEN_AI_CAPTURE =
            "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /** The longer beginning first. */
    private static final List<Switch> SWITCHES =
            List.of(
                    new Switch(
                            "openinference.instrumentation",
                            "unset OPENINFERENCE_HIDE_INPUTS, OPENINFERENCE_HIDE_OUTPUTS and the"
                                    + " like"),
                    new Switch(
                            "@arizeai/openinference",
                            "unset OPENINFERENCE_HIDE_INPUTS, OPENINFERENCE_HIDE_OUTPUTS and the"
                                    + " like"),
                    new Switch(
                            "opentelemetry.instrumentation.genai",
                            "set " + GEN_AI_CAPTURE + "=SPAN_ONLY or SPAN_AND_EVENT"),
                    new Switch(
                            "opentelemetry.instrumentation.google_genai",
                            "set " + GEN_AI_CAPTURE + "=SPAN_AND_EVENT"),
                    new Switch(
                            "opentelemetry.instrumentation.openai_v2",
                            "set "
                                    + GEN_AI_CAPTURE
                                    + "=true and export logs to this server as well: content"
                                    + " travels as log events"),
                    new Switch(
                            "io.opentelemetry.",
                            "set "
                                    + GEN_AI_CAPTURE
                                    + "=true and OTEL_LOGS_EXPORTER=otlp: content travels as log"
                                    + " events"),
                    new Switch(
                            "semantic_kernel.",
                            "set SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE=true"
                                    + " and export logs to this server as well: content travels as log"
                                    + " events"),
                    new Switch(
                            "com.anthropic.sdk",
                            "nothing: these spans of the SDK itself never have content; an"
                                    + " instrumentation of the SDK reports the same call with it"));

    private static final String TOKENS =
            "streamed calls of OpenAI report tokens only with stream_options.include_usage";

    private static final String NO_COUNT =
            "send counts of tokens as whole numbers from 0 to " + TokenCount.MOST;

    private record Switch(String scopePrefix, String advice) {}

    /** Null where nothing is known to help. */
    @Nullable String of(String path, Reason reason) {
        if (path.startsWith("llm.token_count.")) {
            return reason == Reason.UNREADABLE ? NO_COUNT : TOKENS;
        }
        if (reason == Reason.UNREADABLE) {
            return null;
        }
        return isContent(path) ? ofContent(reason) : null;
    }

    private @Nullable String ofContent(Reason reason) {
        for (Switch known : SWITCHES) {
            if (scope.startsWith(known.scopePrefix)) {
                return known.advice;
            }
        }
        if (reason != Reason.SWITCHED_OFF) {
            return null;
        }
        return dialects.stream()
                .map(Dialects::advice)
                .filter(advice -> !advice.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static boolean isContent(String path) {
        return path.endsWith("_messages")
                || path.endsWith("put.value")
                || path.endsWith("documents")
                || path.equals("embedding.embeddings");
    }
}
