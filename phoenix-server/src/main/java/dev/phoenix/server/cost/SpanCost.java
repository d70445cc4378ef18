package dev.phoenix.server.cost;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a span cost, by type of token. No price and a price of zero differ: a sum is null where
 * nothing of it has a price.
 *
 * @param modelKey the model whose prices were used; null where no model matched
 */
public record SpanCost(@Nullable Long modelKey, List<Detail> details) {

    public SpanCost {
        details = List.copyOf(details);
    }

    /**
     * @param cost US dollars; null without a price
     */
    public record Detail(TokenCount count, @Nullable Double cost) {}

    static SpanCost unpriced(Usage usage) {
        return new SpanCost(
                null, usage.counts().stream().map(count -> new Detail(count, null)).toList());
    }

    /** Null where nothing was counted on this side. */
    public @Nullable Long tokens(boolean prompt) {
        Long sum = null;
        for (Detail detail : details) {
            if (detail.count.prompt() == prompt) {
                sum = (sum == null ? 0 : sum) + detail.count.tokens();
            }
        }
        return sum;
    }

    /** Null where nothing has a price on this side. */
    public @Nullable Double cost(boolean prompt) {
        Double sum = null;
        for (Detail detail : details) {
            if (detail.count.prompt() == prompt && detail.cost != null) {
                sum = (sum == null ? 0 : sum) + detail.cost;
            }
        }
        return sum;
    }

    public CostSummary summary() {
        return CostSummary.of(this);
    }

    public List<CostEntry> entries() {
        return entries(Stream.of(this));
    }

    /** Sums over several spans, by type of token; spans without cost may be null. */
    public static List<CostEntry> entries(Stream<@Nullable SpanCost> costs) {
        CostEntries entries = new CostEntries();
        costs.filter(Objects::nonNull).forEach(entries::add);
        return entries.list();
    }

    /** Whether the sums of both sides tell everything, so that the details need not be stored. */
    boolean isPlain() {
        return details.stream().allMatch(detail -> detail.count.isRest());
    }

    /** The details as JSON: {@code [[type, 1 if prompt, tokens, cost], ...]}; null if plain. */
    public @Nullable String detailsJson() {
        return isPlain() ? null : DetailsJson.write(details);
    }

    static SpanCost ofRow(
            @Nullable Long modelKey,
            Breakdown prompt,
            Breakdown completion,
            @Nullable String detailsJson) {
        if (detailsJson != null) {
            return new SpanCost(modelKey, DetailsJson.read(detailsJson));
        }
        return new SpanCost(
                modelKey,
                Stream.of(plain(prompt, true), plain(completion, false))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static @Nullable Detail plain(Breakdown side, boolean prompt) {
        return side.tokens() == null
                ? null
                : new Detail(
                        new TokenCount(TokenCount.rest(prompt), prompt, side.tokens().longValue()),
                        side.cost());
    }
}
