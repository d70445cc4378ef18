package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The price list that ships with the server. */
class PriceListTest {

    private static final PriceList SHIPPED = PriceList.shipped();

    @Test
    void everyRow_hasASourceAPatternAndAPrice() {
        assertThat(SHIPPED.version()).isEqualTo(PriceList.shippedVersion()).isPositive();
        assertThat(SHIPPED.models()).hasSizeGreaterThan(1000);
        for (ListedModel model : SHIPPED.models()) {
            NamePattern.check(model.namePattern());
            assertThat(new NamePattern(model.namePattern()).isFoundIn(model.name()))
                    .as(model.toString())
                    .isTrue();
            assertThat(model.source()).matches(".+ of \\d{4}-\\d\\d-\\d\\d");
            assertThat(model.prices()).as(model.name()).anyMatch(price -> price.rate() >= 0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    gpt-4o, -, 2.5, 10
                    gpt-4o, azure, 2.5, 10
                    gpt-4o-2024-08-06, openai, 2.5, 10
                    openrouter/openai/gpt-4o-mini, -, 0.15, 0.6
                    claude-sonnet-4-5-20250929, anthropic, 3, 15
                    claude-3-haiku-20240307, anthropic, 0.25, 1.25
                    models/gemini-2.5-pro, google, 1.25, 10
                    """)
    void namesThatSendersUse_findTheirPrice(
            String name, @Nullable String provider, double input, double output) {
        List<TokenPrice> prices =
                Objects.requireNonNull(book().find(name, provider, 0), name).prices();

        assertThat(prices).anyMatch(price -> costs(price, "input", input));
        assertThat(prices).anyMatch(price -> costs(price, "output", output));
    }

    private static boolean costs(TokenPrice price, String type, double millionTokens) {
        return price.tokenType().equals(type)
                && Math.abs(price.rate() * 1e6 - millionTokens) < 1e-9;
    }

    private static PriceBook book() {
        long[] key = {0};
        return new PriceBook(
                1,
                SHIPPED.models().stream()
                        .map(
                                model ->
                                        new PricedModel(
                                                ++key[0],
                                                model.provider(),
                                                model.startNs(),
                                                true,
                                                new NamePattern(model.namePattern()),
                                                model.prices()))
                        .toList());
    }
}
