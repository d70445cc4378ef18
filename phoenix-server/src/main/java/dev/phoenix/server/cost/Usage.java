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

    /** The kinds of spans that call a model, for which providers ask money. */
    public static final List<String> KINDS = List.of("LLM", "EMBEDDING");

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
        String model = model(attributes);
        if (model == null || model.isBlank()) {
            return null;
        }
        Sides sides = Sides.of(attributes, false, false);
        List<TokenCount> counts = new ArrayList<>();
        sides.prompt.addTo(counts);
        sides.completion.addTo(counts);
        return counts.isEmpty()
                ? null
                : new Usage(
                        model.strip(),
                        attributes.text("llm.provider"),
                        sides.prompt.whole(),
                        counts);
    }

    private static @Nullable String model(UsageAttributes attributes) {
        String kind = attributes.text("openinference.span.kind");
        String model = attributes.text("llm.model_name");
        if ("EMBEDDING".equalsIgnoreCase(kind)) {
            String own = attributes.text("embedding.model_name");
            return own == null ? model : own;
        }
        return "LLM".equalsIgnoreCase(kind) ? model : null;
    }

    /**
     * What a call used in all: cached tokens are part of the prompt, thoughts of the completion.
     */
    public record Totals(long prompt, long completion) {

        /**
         * By the same rule as what a call costs.
         *
         * @param cacheIsBeside whether the sender is known not to count cached tokens as prompt
         * @param reasoningIsBeside whether it is known not to count thoughts as completion
         */
        public static Totals of(
                UsageAttributes attributes, boolean cacheIsBeside, boolean reasoningIsBeside) {
            Sides sides = Sides.of(attributes, cacheIsBeside, reasoningIsBeside);
            return new Totals(sides.prompt.inAll(), sides.completion.inAll());
        }
    }

    private record Sides(Side prompt, Side completion) {

        static Sides of(
                UsageAttributes attributes, boolean cacheIsBeside, boolean reasoningIsBeside) {
            Sides sides =
                    new Sides(
                            new Side(true, attributes, "prompt", CACHE, cacheIsBeside),
                            new Side(
                                    false, attributes, "completion", REASONING, reasoningIsBeside));
            sides.settle(tokens(attributes.number(COUNT + "total")));
            return sides;
        }

        /** A total says more than its parts: which part is missing, or that cached tokens are. */
        private void settle(long total) {
            long missing = total - prompt.inAll() - completion.inAll();
            if (missing <= 0) {
                return;
            }
            if (missing == prompt.within()) {
                prompt.movableIsBeside = true;
            } else if (missing == completion.within()) {
                completion.movableIsBeside = true;
            } else if (missing == prompt.within() + completion.within()) {
                prompt.movableIsBeside = true;
                completion.movableIsBeside = true;
            } else if (prompt.aggregate == 0) {
                prompt.aggregate += missing;
            } else {
                completion.aggregate += missing;
            }
        }
    }

    private static long tokens(@Nullable Double number) {
        return number != null && TokenCount.isPlausible(number) ? (long) (double) number : 0;
    }

    /** Prompt or completion: how much in all, and the types told apart. */
    private static final class Side {

        private final boolean prompt;
        private final Map<String, Long> details = new LinkedHashMap<>();
        private final long movable;
        private long aggregate;
        private boolean movableIsBeside;

        Side(
                boolean prompt,
                UsageAttributes attributes,
                String name,
                Set<String> movableTypes,
                boolean movableIsBeside) {
            this.prompt = prompt;
            this.aggregate = tokens(attributes.number(COUNT + name));
            attributes.numbersBelow(
                    COUNT + name + "_details",
                    (type, count) -> {
                        if (count < 0 || TokenCount.isPlausible(count)) {
                            details.put(type, tokens(count));
                        }
                    });
            this.movable =
                    details.entrySet().stream()
                            .filter(detail -> movableTypes.contains(detail.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum();
            // A part cannot be larger than the whole, so then it is none.
            this.movableIsBeside = movableIsBeside || movable > aggregate;
        }

        /** Of the types that may be beside, what is counted within. */
        long within() {
            return movableIsBeside ? 0 : movable;
        }

        private long beside() {
            return movableIsBeside ? movable : 0;
        }

        long inAll() {
            return aggregate + beside();
        }

        long whole() {
            return Math.max(inAll(), sum());
        }

        private long sum() {
            return details.values().stream().mapToLong(Long::longValue).sum();
        }

        void addTo(List<TokenCount> counts) {
            details.forEach((type, tokens) -> counts.add(new TokenCount(type, prompt, tokens)));
            String rest = TokenCount.rest(prompt);
            long remainder = inAll() - sum();
            if (remainder > 0 && !details.containsKey(rest)) {
                counts.add(new TokenCount(rest, prompt, remainder));
            }
        }
    }
}
