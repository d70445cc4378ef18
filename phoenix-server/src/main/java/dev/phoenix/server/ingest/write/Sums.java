package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import org.jspecify.annotations.Nullable;

/** Errors and LLM tokens of some spans. */
record Sums(long errors, long promptTokens, long completionTokens) {

    static final Sums NONE = new Sums(0, 0, 0);

    static Sums of(DecodedSpan span) {
        return new Sums(
                span.status().equals("ERROR") ? 1 : 0,
                orZero(span.columns().promptTokens()),
                orZero(span.columns().completionTokens()));
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    /** Without the errors. */
    Sums tokens() {
        return new Sums(0, promptTokens, completionTokens);
    }

    boolean hasTokens() {
        return promptTokens != 0 || completionTokens != 0;
    }

    long allTokens() {
        return promptTokens + completionTokens;
    }

    /** How many of prompt and completion are known. */
    int reportedSides() {
        return (promptTokens > 0 ? 1 : 0) + (completionTokens > 0 ? 1 : 0);
    }

    Sums plus(Sums other) {
        if (isNone()) {
            return other;
        }
        return other.isNone()
                ? this
                : new Sums(
                        errors + other.errors,
                        promptTokens + other.promptTokens,
                        completionTokens + other.completionTokens);
    }

    Sums minus(Sums other) {
        return plus(new Sums(-other.errors, -other.promptTokens, -other.completionTokens));
    }

    boolean isNone() {
        return errors == 0 && promptTokens == 0 && completionTokens == 0;
    }
}
