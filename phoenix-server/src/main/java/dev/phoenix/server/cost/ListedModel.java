package dev.phoenix.server.cost;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model with its prices, as it is written into the tables.
 *
 * @param source where the prices were published; null for people's own
 */
record ListedModel(
        String name,
        String provider,
        String namePattern,
        @Nullable Long startNs,
        @Nullable String source,
        List<TokenPrice> prices) {

    ListedModel {
        prices = List.copyOf(prices);
    }

    boolean isBuiltIn() {
        return source != null;
    }
}
