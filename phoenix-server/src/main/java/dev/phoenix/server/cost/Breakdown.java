package dev.phoenix.server.cost;

import org.jspecify.annotations.Nullable;

/**
 * Tokens and what they cost, in US dollars.
 *
 * @param tokens null where none were reported
 * @param cost null where nothing has a price
 */
public record Breakdown(@Nullable Double tokens, @Nullable Double cost) {

    static final Breakdown NONE = new Breakdown(null, null);

    Breakdown plus(Breakdown other) {
        return new Breakdown(sum(tokens, other.tokens), sum(cost, other.cost));
    }

    private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
        if (a == null) {
            return b;
        }
        return b == null ? a : (Double) (a + b);
    }
}
