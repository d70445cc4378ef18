package dev.phoenix.server.cost;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A model as a person describes it. */
record ModelInput(
        String name,
        @Nullable String provider,
        String namePattern,
        List<Price> costs,
        @Nullable Instant startTime) {

    private static final int LONGEST_PATTERN = 1000;
    private static final double HIGHEST_PRICE = 1e9;

    enum TokenKind {
        PROMPT,
        COMPLETION
    }

    record Price(String tokenType, double costPerMillionTokens, TokenKind kind) {

        boolean prompt() {
            return kind == TokenKind.PROMPT;
        }

        TokenPrice toTokenPrice() {
            if (tokenType.isBlank()) {
                throw ApiException.badRequest("a token type must not be empty");
            }
            if (!(costPerMillionTokens >= 0 && costPerMillionTokens <= HIGHEST_PRICE)) {
                throw ApiException.badRequest(
                        "the price of a million %s tokens must be 0..%.0f, was %s"
                                .formatted(tokenType, HIGHEST_PRICE, costPerMillionTokens));
            }
            // Shifted in decimal, so that 2.5 becomes 0.0000025 and nothing near it.
            double rate = BigDecimal.valueOf(costPerMillionTokens).movePointLeft(6).doubleValue();
            return new TokenPrice(tokenType.strip(), prompt(), rate, null);
        }
    }

    ListedModel checked() {
        if (name.isBlank()) {
            throw ApiException.badRequest("the name of a model must not be empty");
        }
        return new ListedModel(
                name.strip(),
                provider == null ? "" : provider.strip(),
                checkedPattern(),
                startTime == null ? null : (Long) Timestamps.nanos(startTime),
                null,
                checkedPrices());
    }

    private String checkedPattern() {
        if (namePattern.isBlank() || namePattern.length() > LONGEST_PATTERN) {
            throw ApiException.badRequest(
                    "a name pattern must have 1..%d characters, has %d"
                            .formatted(LONGEST_PATTERN, namePattern.strip().length()));
        }
        try {
            NamePattern.check(namePattern);
            return namePattern;
        } catch (PatternSyntaxException e) {
            throw ApiException.badRequest(
                    "the name pattern must be a regular expression: %s near position %d of %s"
                            .formatted(e.getDescription(), e.getIndex(), namePattern));
        }
    }

    private List<TokenPrice> checkedPrices() {
        List<TokenPrice> prices = costs.stream().map(Price::toTokenPrice).toList();
        if (prices.isEmpty()) {
            throw ApiException.badRequest("a model needs a price for its input or its output");
        }
        requireRest(prices, true);
        requireRest(prices, false);
        Set<String> seen = new HashSet<>();
        for (TokenPrice price : prices) {
            if (!seen.add(price.prompt() + price.tokenType())) {
                throw ApiException.badRequest(
                        "two prices for %s tokens of the %s; keep one"
                                .formatted(price.tokenType(), side(price.prompt())));
            }
        }
        return prices;
    }

    /** The tokens that are of no special type are priced by it. */
    private static void requireRest(List<TokenPrice> prices, boolean prompt) {
        String rest = TokenCount.rest(prompt);
        List<TokenPrice> side = prices.stream().filter(price -> price.prompt() == prompt).toList();
        if (!side.isEmpty() && side.stream().noneMatch(price -> price.tokenType().equals(rest))) {
            throw ApiException.badRequest(
                    "prices of the %s need one for the token type %s"
                            .formatted(side(prompt), rest));
        }
    }

    private static String side(boolean prompt) {
        return prompt ? "prompt" : "completion";
    }
}
