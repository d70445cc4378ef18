package dev.phoenix.server.cost;

import org.jspecify.annotations.Nullable;

/** Tokens and costs of one or more spans. */
public record CostSummary(Breakdown prompt, Breakdown completion) {

    public static final CostSummary NONE = new CostSummary(Breakdown.NONE, Breakdown.NONE);

    /** From sums, of which those without any part count as missing. */
    public static CostSummary of(
            double promptTokens,
            double completionTokens,
            double promptCost,
            double completionCost,
            double pricedPrompts,
            double pricedCompletions) {
        return new CostSummary(
                side(promptTokens, promptCost, pricedPrompts),
                side(completionTokens, completionCost, pricedCompletions));
    }

    private static Breakdown side(double tokens, double cost, double priced) {
        return new Breakdown(
                priced == 0 && tokens == 0 ? null : (Double) tokens,
                priced == 0 ? null : (Double) cost);
    }

    static CostSummary of(SpanCost cost) {
        return new CostSummary(side(cost, true), side(cost, false));
    }

    private static Breakdown side(SpanCost cost, boolean prompt) {
        @Nullable Long tokens = cost.tokens(prompt);
        return new Breakdown(tokens == null ? null : (Double) (double) tokens, cost.cost(prompt));
    }

    public CostSummary plus(CostSummary other) {
        return new CostSummary(prompt.plus(other.prompt), completion.plus(other.completion));
    }

    public Breakdown total() {
        return prompt.plus(completion);
    }
}
