package dev.phoenix.server.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What an evaluator says about a span, in an event of it.
 *
 * @param identifier tells evaluations of one name apart; the same for the same words
 * @param byModel whether the event names the model that judged
 * @param metadata the rest of the event, a JSON object
 */
public record Evaluation(
        String spanId,
        String name,
        String identifier,
        boolean byModel,
        @Nullable String label,
        @Nullable Double score,
        @Nullable String explanation,
        String metadata) {}
