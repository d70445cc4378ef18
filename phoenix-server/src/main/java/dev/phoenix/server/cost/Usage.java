package dev.phoenix.server.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call used.
 *
 * @param promptTokens the whole prompt, cached tokens included, which prices may depend on
 */
public record Usage(
        String modelName, @Nullable String provider, long promptTokens, List<TokenCount> counts) {

    /** Beyond it a count is nonsense, and sums of such counts stay within 64 bits. */
    private static final long MOST_TOKENS = 1_000_000_000_000L;

    private static final String COUNT = "llm.token_count.";

    /** Types that some senders count within the prompt and others beside it. */
    private static final Set<String> CACHE = Set.of("cache_read", "cache_write", "cache_write_1h");

    /** The type that some senders count within the completion and others beside it. */
    private static final Set<String> REASONING = Set.of("reasoning");

    public Usage {
        counts = List.copyOf(counts);
    }

    /** Null for spans that are no call of a named model, and for those without any tokens. */
    public static @Nullable Usage of(UsageAttributes attributes) {
        String model = attributes.text("llm.model_name");
        if (model == null
                || model.isBlank()
                || !"LLM".equals(attributes.text("openinference.span.kind"))) {
            return null;
        }
        Side prompt = new Side(true, attributes, "prompt", CACHE);
        Side completion = new Side(false, attributes, "completion", REASONING);
        settle(prompt, completion, tokens(attributes.number(COUNT + "total")));
        List<TokenCount> counts = new ArrayList<>();
        prompt.addTo(counts);
        completion.addTo(counts);
        return counts.isEmpty()
                ? null
                : new Usage(model.strip(), attributes.text("llm.provider"), prompt.whole(), counts);
    }

    /** A total says more than its parts: which part is missing, or that cached tokens are. */
    private static void settle(Side prompt, Side completion, long total) {
        long missing = total - prompt.aggregate - completion.aggregate;
        if (missing <= 0) {
            return;
        }
        if (missing == prompt.movable) {
            prompt.movableIsBeside = true;
        } else if (prompt.aggregate == 0) {
            prompt.aggregate = total - completion.aggregate;
        } else {
            completion.aggregate = total - prompt.aggregate;
        }
    }

    private static long tokens(@Nullable Double number) {
        return number == null || number.isNaN()
                ? 0
                : (long) Math.clamp(number, 0.0, (double) MOST_TOKENS);
    }

    /** Prompt or completion: how much in all, and the types told apart. */
    private static final class Side {

        private final boolean prompt;
        private final Map<String, Long> details = new LinkedHashMap<>();
        private final long movable;
        private long aggregate;
        private boolean movableIsBeside;

        Side(boolean prompt, UsageAttributes attributes, String name, Set<String> movableTypes) {
            this.prompt = prompt;
            this.aggregate = tokens(attributes.number(COUNT + name));
            attributes.numbersBelow(
                    COUNT + name + "_details", (type, count) -> details.put(type, tokens(count)));
            this.movable =
                    details.entrySet().stream()
                            .filter(detail -> movableTypes.contains(detail.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum();
        }

        /** A part cannot be larger than the whole, so then it is none. */
        private long beside() {
            return movableIsBeside || movable > aggregate ? movable : 0;
        }

        long whole() {
            return Math.max(aggregate + beside(), sum());
        }

        private long sum() {
            return details.values().stream().mapToLong(Long::longValue).sum();
        }

        void addTo(List<TokenCount> counts) {
            details.forEach((type, tokens) -> counts.add(new TokenCount(type, prompt, tokens)));
            String rest = TokenCount.rest(prompt);
            long remainder = aggregate + beside() - sum();
            if (remainder > 0 && !details.containsKey(rest)) {
                counts.add(new TokenCount(rest, prompt, remainder));
            }
        }
    }
}
