package dev.phoenix.server.cost;

import org.jspecify.annotations.Nullable;

/**
 * What one token of a type costs.
 *
 * @param rate US dollars
 * @param above the rate of long prompts, if it differs
 */
public record TokenPrice(
        String tokenType, boolean prompt, double rate, @Nullable LongPrompt above) {

    /** The rate of all tokens of a call whose prompt has more tokens than the threshold. */
    public record LongPrompt(long threshold, double rate) {}

    double rate(long promptTokens) {
        return above != null && promptTokens > above.threshold ? above.rate : rate;
    }
}
