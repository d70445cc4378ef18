package dev.phoenix.server.cost;

import org.jspecify.annotations.Nullable;

/** What the costs of some spans add to the sums of their trace. */
public final class CostSums {

    private long promptTokens;
    private long completionTokens;
    private double promptCost;
    private double completionCost;
    private long pricedPrompts;
    private long pricedCompletions;

    public void add(@Nullable SpanCost cost) {
        add(cost, 1);
    }

    public void subtract(@Nullable SpanCost cost) {
        add(cost, -1);
    }

    /** What a call used, and what that costs; null without a price. */
    public void add(
            long promptTokens,
            @Nullable Double promptCost,
            long completionTokens,
            @Nullable Double completionCost) {
        this.promptTokens += promptTokens;
        this.completionTokens += completionTokens;
        if (promptCost != null) {
            this.promptCost += promptCost;
            pricedPrompts++;
        }
        if (completionCost != null) {
            this.completionCost += completionCost;
            pricedCompletions++;
        }
    }

    private void add(@Nullable SpanCost cost, int sign) {
        if (cost == null) {
            return;
        }
        promptTokens += sign * orZero(cost.tokens(true));
        completionTokens += sign * orZero(cost.tokens(false));
        Double prompt = cost.cost(true);
        if (prompt != null) {
            promptCost += sign * prompt;
            pricedPrompts += sign;
        }
        Double completion = cost.cost(false);
        if (completion != null) {
            completionCost += sign * completion;
            pricedCompletions += sign;
        }
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    public long promptTokens() {
        return promptTokens;
    }

    public long completionTokens() {
        return completionTokens;
    }

    public double promptCost() {
        return promptCost;
    }

    public double completionCost() {
        return completionCost;
    }

    /** Of both sides. */
    public double cost() {
        return promptCost + completionCost;
    }

    public long pricedPrompts() {
        return pricedPrompts;
    }

    public long pricedCompletions() {
        return pricedCompletions;
    }
}
