package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Nanos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The price list that ships with the server. */
class PriceListTest {

    private static final PriceList SHIPPED = PriceList.shipped();
    private static final long NOW = Nanos.of(Instant.parse("2026-11-22T00:00:00Z"));
    private static final Pattern DATED =
            Pattern.compile("(-\\d{4}-\\d{2}-\\d{2}|-\\d{2}-\\d{4}|[-@]\\d{8}|-\\d{4}|-latest)$");

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
                    gpt-4o-2024-05-13, openai, 5, 15
                    gpt-4o-2026-01-31, openai, 2.5, 10
                    claude-sonnet-4-20250514, anthropic, 3, 15
                    claude-sonnet-4-0, anthropic, 3, 15
                    claude-3-5-sonnet-20241022, anthropic, 3, 15
                    claude-3-5-sonnet-latest, -, 3, 15
                    claude-3-5-haiku-20241022, anthropic, 0.8, 4
                    claude-opus-4-1, anthropic, 15, 75
                    claude-opus-4-1-20250805, anthropic, 15, 75
                    claude-opus-4-20250514, anthropic, 15, 75
                    claude-3-7-sonnet-20250219, anthropic, 3, 15
                    claude-3-opus-20240229, anthropic, 15, 75
                    text-embedding-3-small, openai, 0.02, 0
                    """)
    void namesThatSendersUse_findTheirPrice(
            String name, @Nullable String provider, double input, double output) {
        List<TokenPrice> prices =
                Objects.requireNonNull(book().find(name, provider, 0), name).prices();

        assertThat(prices).anyMatch(price -> costs(price, "input", input));
        assertThat(prices).anyMatch(price -> costs(price, "output", output));
    }

    /** A dated model may have another price than its name without the date. */
    @Test
    void everyName_hasTheRatesOfItsOwnRow() {
        PriceBook book = book();
        Map<String, List<List<TokenPrice>>> rates = new HashMap<>();
        SHIPPED.models()
                .forEach(
                        model ->
                                rates.computeIfAbsent(key(model), any -> new ArrayList<>())
                                        .add(model.prices()));
        List<String> wrong = new ArrayList<>();
        for (ListedModel model : SHIPPED.models()) {
            PricedModel found = book.find(model.name(), model.provider(), NOW);
            if (found == null
                    || !rates.getOrDefault(key(model), List.of()).contains(found.prices())) {
                wrong.add(key(model) + " is priced as " + found);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String key(ListedModel model) {
        return model.name() + " of " + model.provider();
    }

    @Test
    void namesWithDatesAndAliases_haveAPrice() {
        PriceBook book = book();
        List<String> unpriced = new ArrayList<>();
        for (ListedModel model : SHIPPED.models()) {
            boolean dated = DATED.matcher(model.name()).find();
            if (!model.namePattern().startsWith("(?i)^") || dated) {
                continue;
            }
            for (String suffix :
                    List.of(
                            "-2026-01-31",
                            "-20260131",
                            "@20260131",
                            "-0131",
                            "-01-2026",
                            "-001",
                            "-latest")) {
                for (String name :
                        List.of(
                                model.name() + suffix,
                                "openrouter/maker/" + model.name() + suffix,
                                (model.name() + suffix).toUpperCase(Locale.ROOT))) {
                    if (book.find(name, model.provider(), NOW) == null) {
                        unpriced.add(name + " of " + model.provider());
                    }
                }
            }
        }
        assertThat(unpriced).isEmpty();
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
