package dev.phoenix.core.openinference;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a span does in an AI application; the value of {@link OpenInference#SPAN_KIND}. */
public enum SpanKind {
    /** A call to a language model. */
    LLM,
    /** A step that connects others, often the entry point of a request. */
    CHAIN,
    /** A function that a model asked for. */
    TOOL,
    /** A search for documents. */
    RETRIEVER,
    /** A call that turns texts into vectors. */
    EMBEDDING,
    /** A loop of model and tool calls. */
    AGENT,
    /** A reordering of documents by relevance. */
    RERANKER,
    /** A check that may refuse input or output. */
    GUARDRAIL,
    /** A judgement of another span's result. */
    EVALUATOR,
    /** The rendering of a prompt template. */
    PROMPT,
    /** A choice between alternatives. */
    DECISION,
    /** None of the others, or not said. */
    UNKNOWN;

    private static final Map<String, SpanKind> BY_NAME =
            Stream.of(values())
                    .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    /** The kind of that name in any case; {@link #UNKNOWN} for null and every other text. */
    public static SpanKind of(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        SpanKind exact = BY_NAME.get(name);
        return exact != null ? exact : BY_NAME.getOrDefault(name.toUpperCase(Locale.ROOT), UNKNOWN);
    }
}
