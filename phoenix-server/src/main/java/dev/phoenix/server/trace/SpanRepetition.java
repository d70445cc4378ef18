package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a span reports that another span counts.
 *
 * @param spanId of the other span
 */
public record SpanRepetition(Scope scope, @JsonProperty("span_id") String spanId) {

    /** Where the span's tokens and cost do not count; each includes those before it. */
    public enum Scope {
        PROJECT,
        SESSION,
        TRACE,
        SPANS_BELOW
    }

    /** A later call reports the total of all so far. */
    private static final int RUNNING_TOTAL = 5;

    private static final Scope[] SCOPES = Scope.values();

    static @Nullable SpanRepetition of(int repeats, @Nullable String spanId) {
        return repeats == 0 || spanId == null
                ? null
                : new SpanRepetition(
                        repeats == RUNNING_TOTAL ? Scope.TRACE : SCOPES[repeats - 1], spanId);
    }
}
