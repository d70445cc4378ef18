package dev.phoenix.server.cost;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model and its prices.
 *
 * @param provider empty where it does not matter who serves the model
 * @param startNs from when on the prices hold; null for always
 */
record PricedModel(
        long key,
        String provider,
        @Nullable Long startNs,
        boolean builtIn,
        NamePattern pattern,
        List<TokenPrice> prices) {

    PricedModel {
        prices = List.copyOf(prices);
    }

    /** Costs are null for types without a price. */
    SpanCost cost(Usage usage) {
        List<SpanCost.Detail> details = new ArrayList<>();
        for (TokenCount count : usage.counts()) {
            TokenPrice price = price(count);
            details.add(
                    new SpanCost.Detail(
                            count,
                            price == null
                                    ? null
                                    : (Double)
                                            (count.tokens() * price.rate(usage.promptTokens()))));
        }
        return new SpanCost(key, details);
    }

    private @Nullable TokenPrice price(TokenCount count) {
        TokenPrice own = price(count.type(), count.prompt());
        return own == null ? price(TokenCount.rest(count.prompt()), count.prompt()) : own;
    }

    private @Nullable TokenPrice price(String type, boolean prompt) {
        for (TokenPrice price : prices) {
            if (price.prompt() == prompt && price.tokenType().equals(type)) {
                return price;
            }
        }
        return null;
    }

    boolean holdsAt(long timeNs) {
        return startNs == null || startNs <= timeNs;
    }

    long effectiveStart() {
        return startNs == null ? 0 : startNs;
    }
}
