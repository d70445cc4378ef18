package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.cost.TokenPrice.LongPrompt;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceBookTest {

    @Test
    void loneCandidate_winsWhoeverServesIt() {
        assertThat(find(book(builtIn(1, "^gpt$", "openai")), "gpt", "somebody")).isEqualTo(1);
        assertThat(find(book(builtIn(1, "^gpt$", "openai")), "claude", null)).isNull();
    }

    @Test
    void custom_comesBeforeBuiltIn_howeverSpecific() {
        PriceBook book = book(builtIn(1, "^gpt-4o$", "openai"), custom(2, "g", ""));

        assertThat(find(book, "gpt-4o", "openai")).isEqualTo(2);
    }

    @Test
    void provider_narrowsDownWithinTheTierOnlyIfItMatchesExactly() {
        PriceBook book =
                book(
                        builtIn(1, "^gpt$", "openai"),
                        builtIn(2, "gpt", "azure"),
                        builtIn(3, "g", "azure"));

        assertThat(find(book, "gpt", "azure")).isEqualTo(2);
        assertThat(find(book, "gpt", "Azure")).isEqualTo(1);
        assertThat(find(book, "gpt", " ")).isEqualTo(1);
        assertThat(find(book, "gpt", null)).isEqualTo(1);
    }

    @Test
    void ties_goToTheNewestCustomAndTheOldestBuiltIn() {
        assertThat(find(book(builtIn(1, "a", ""), builtIn(2, "b", "")), "ab", null)).isEqualTo(1);
        assertThat(find(book(custom(1, "a", ""), custom(2, "b", "")), "ab", null)).isEqualTo(2);
    }

    @Test
    void prices_holdFromTheirStartOn() {
        PricedModel old = model(1, "a", "", null, true);
        PricedModel later = model(2, "a", "", 100L, true);
        PricedModel last = model(3, "a", "", 200L, true);
        PriceBook book = book(last, old, later);

        assertThat(book.find("a", null, 99)).isEqualTo(old);
        assertThat(book.find("a", null, 100)).isEqualTo(later);
        assertThat(book.find("a", null, 199)).isEqualTo(later);
        assertThat(book.find("a", null, Long.MAX_VALUE)).isEqualTo(last);
        assertThat(book(later).find("a", null, 99)).isNull();
    }

    @Test
    void customThatStartsLater_leavesTheBuiltInUntilThen() {
        PricedModel builtIn = builtIn(1, "^a$", "");
        PricedModel custom = model(2, "a", "", 100L, false);

        assertThat(book(builtIn, custom).find("a", null, 50)).isEqualTo(builtIn);
        assertThat(book(builtIn, custom).find("a", null, 100)).isEqualTo(custom);
    }

    @Test
    void textThatIsNoName_findsNothing() {
        assertThat(find(book(custom(1, "a", "")), "a".repeat(1_000_000), null)).isNull();
    }

    @Test
    void unknownModel_keepsItsTokensAndHasNoCost() {
        SpanCost cost = book().cost(usage(AttributeMap.call("x").counts(3, 4)), 0);

        assertThat(cost.modelKey()).isNull();
        assertThat(cost.tokens(true)).isEqualTo(3);
        assertThat(cost.cost(true)).isNull();
        assertThat(cost.summary().total()).isEqualTo(new Breakdown(7.0, null));
    }

    @Test
    void priceOfZero_isAPrice() {
        SpanCost cost =
                priced(AttributeMap.call("x").counts(3, 4), new TokenPrice("input", true, 0, null));

        assertThat(cost.cost(true)).isZero();
        assertThat(cost.cost(false)).isNull();
        assertThat(cost.summary().total()).isEqualTo(new Breakdown(7.0, 0.0));
    }

    @Test
    void typeWithoutAPrice_costsAsTheRest() {
        SpanCost cost =
                priced(
                        AttributeMap.call("x")
                                .counts(100, 0)
                                .count("prompt_details.cache_read", 50)
                                .count("prompt_details.audio", 10),
                        new TokenPrice("input", true, 2, null),
                        new TokenPrice("audio", true, 5, null));

        assertThat(cost.cost(true)).isEqualTo(40 * 2 + 50 * 2 + 10 * 5);
    }

    @Test
    void longPrompt_costsAnotherRateAsAWhole() {
        TokenPrice price = new TokenPrice("input", true, 1, new LongPrompt(100, 3));

        assertThat(priced(AttributeMap.call("x").counts(100, 0), price).cost(true)).isEqualTo(100);
        assertThat(priced(AttributeMap.call("x").counts(101, 0), price).cost(true)).isEqualTo(303);
        AttributeMap cached =
                AttributeMap.call("x").counts(60, 0).count("prompt_details.cache_read", 61);
        assertThat(priced(cached, price).cost(true)).isEqualTo(121 * 3);
    }

    private static SpanCost priced(AttributeMap attributes, TokenPrice... prices) {
        return new PricedModel(1, "", null, false, new NamePattern("x"), List.of(prices))
                .cost(usage(attributes));
    }

    private static Usage usage(AttributeMap attributes) {
        return Objects.requireNonNull(Usage.of(attributes));
    }

    private static PriceBook book(PricedModel... models) {
        return new PriceBook(1, List.of(models));
    }

    private static @Nullable Long find(PriceBook book, String name, @Nullable String provider) {
        // Twice, because the second answer is a kept one.
        PricedModel first = book.find(name, provider, 0);
        assertThat(book.find(name, provider, 0)).isSameAs(first);
        return first == null ? null : (Long) first.key();
    }

    private static PricedModel builtIn(long key, String pattern, String provider) {
        return model(key, pattern, provider, null, true);
    }

    private static PricedModel custom(long key, String pattern, String provider) {
        return model(key, pattern, provider, null, false);
    }

    private static PricedModel model(
            long key, String pattern, String provider, @Nullable Long startNs, boolean builtIn) {
        return new PricedModel(
                key, provider, startNs, builtIn, new NamePattern(pattern), List.of());
    }
}
