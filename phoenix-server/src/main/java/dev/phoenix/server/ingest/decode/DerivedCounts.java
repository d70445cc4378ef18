package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.server.cost.TokenCount;
import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.cost.UsageAttributes;
import dev.phoenix.server.ingest.dialect.Derivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;

/**
 * Counts of tokens that rules found, each as its sender means it, become those of the whole call:
 * with cached tokens in the prompt and thoughts in the completion, as its cost has them. What
 * cannot be a count is left out and said to be unreadable. What was sent under OpenInference's own
 * names stays as it is.
 */
final class DerivedCounts {

    private static final String COUNT = "llm.token_count.";
    private static final String PROMPT = COUNT + "prompt";
    private static final String COMPLETION = COUNT + "completion";
    private static final String TOTAL = COUNT + "total";

    /** Google ADK's name for thoughts, which its output tokens are without. */
    private static final String THOUGHTS = "gen_ai.usage.experimental.reasoning_tokens";

    private final Derivation derivation;
    private final AttributeTree<Object> attributes;
    private final List<Derivation.Value> values = new ArrayList<>();
    private final List<Derivation.Missing> missing;

    private DerivedCounts(Derivation derivation, AttributeTree<Object> attributes) {
        this.derivation = derivation;
        this.attributes = attributes;
        this.missing = new ArrayList<>(derivation.missing());
    }

    /**
     * The same derivation where there is nothing to do.
     *
     * @param attributes what was sent, and what rules found beside it
     */
    static Derivation settled(Derivation derivation, AttributeTree<Object> attributes) {
        for (Derivation.Value value : derivation.values()) {
            if (value.path().startsWith(COUNT)) {
                return new DerivedCounts(derivation, attributes).settled();
            }
        }
        return derivation;
    }

    private Derivation settled() {
        Usage.Totals totals = Usage.Totals.of(usage(), isCacheBeside(), isReasoningBeside());
        for (Derivation.Value value : derivation.values()) {
            if (isCount(value.path()) && !isPlausible(value.value())) {
                missing.add(
                        new Derivation.Missing(
                                value.path(),
                                Derivation.Reason.UNREADABLE,
                                value.source(),
                                value.dialect()));
            } else {
                values.add(value);
            }
        }
        settle(PROMPT, totals.prompt());
        settle(COMPLETION, totals.completion());
        if (isKnown(PROMPT) && isKnown(COMPLETION)) {
            settle(TOTAL, shown(PROMPT) + shown(COMPLETION));
        }
        if (values.equals(derivation.values())) {
            return derivation;
        }
        return new Derivation(
                derivation.dialects(),
                values,
                missing.stream().filter(entry -> found(entry.path()) == null).toList(),
                derivation.responseIds(),
                derivation.masked());
    }

    /** The total of one sender says nothing about a side that another one counted. */
    private UsageAttributes usage() {
        TreeUsage usage = new TreeUsage(attributes);
        boolean isOfTwo =
                derived(TOTAL) != null
                        && isPositive(PROMPT)
                        && isPositive(COMPLETION)
                        && !Objects.equals(dialect(PROMPT), dialect(COMPLETION));
        return isOfTwo ? new WithoutTotal(usage) : usage;
    }

    private boolean isPositive(String path) {
        return orZero(number(path)) > 0;
    }

    private @Nullable String dialect(String path) {
        Derivation.Value value = derived(path);
        return value == null ? null : value.dialect();
    }

    private static boolean isCount(String path) {
        return path.startsWith(COUNT);
    }

    private static boolean isPlausible(JsonNode count) {
        return !count.isNumber() || TokenCount.isPlausible(count.doubleValue());
    }

    /**
     * Puts a count where a rule found another; and where none did, what is missing from the total.
     */
    private void settle(String path, long tokens) {
        Derivation.Value before = found(path);
        Derivation.Value total = found(TOTAL);
        if (before != null) {
            if (before.value().asLong(-1) != tokens && TokenCount.isPlausible(tokens)) {
                values.set(values.indexOf(before), with(before, path, tokens));
            }
        } else if (tokens > 0 && total != null && attributes.get(path) == null) {
            values.add(with(total, path, tokens));
        }
    }

    private static Derivation.Value with(Derivation.Value from, String path, long tokens) {
        return new Derivation.Value(path, LongNode.valueOf(tokens), from.source(), from.dialect());
    }

    private Derivation.@Nullable Value found(String path) {
        for (Derivation.Value value : values) {
            if (value.path().equals(path)) {
                return value;
            }
        }
        return null;
    }

    private boolean isKnown(String path) {
        return found(path) != null || sent(path) != null;
    }

    private long shown(String path) {
        Derivation.Value found = found(path);
        Long sent = sent(path);
        return found != null ? found.value().asLong(0) : sent == null ? 0 : sent;
    }

    private @Nullable Long sent(String path) {
        Long count = derived(path) == null ? SpanColumns.whole(attributes, path) : null;
        return count != null && TokenCount.isPlausible(count) ? count : null;
    }

    /** The AI SDK 4 passes on Anthropic's counts, and says more only in Anthropic's own words. */
    private boolean isCacheBeside() {
        String provider = SpanColumns.text(attributes, "llm.provider");
        return isFrom(PROMPT, "ai.usage.promptTokens")
                && ("anthropic".equals(provider) || "aws".equals(provider))
                && (isFrom(COUNT + "prompt_details.cache_read", "ai.response.providerMetadata")
                        || isFrom(
                                COUNT + "prompt_details.cache_write",
                                "ai.response.providerMetadata"));
    }

    /** Unless a total that was sent shows that they are within. */
    private boolean isReasoningBeside() {
        if (!isFrom(COUNT + "completion_details.reasoning", THOUGHTS)) {
            return false;
        }
        Derivation.Value total = derived(TOTAL);
        Double sum = total == null || total.source().endsWith("*") ? null : number(TOTAL);
        return sum == null || sum > orZero(number(PROMPT)) + orZero(number(COMPLETION));
    }

    private @Nullable Double number(String path) {
        return new TreeUsage(attributes).number(path);
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }

    private boolean isFrom(String path, String source) {
        Derivation.Value value = derived(path);
        return value != null && value.source().equals(source);
    }

    private Derivation.@Nullable Value derived(String path) {
        for (Derivation.Value value : derivation.values()) {
            if (value.path().equals(path)) {
                return value;
            }
        }
        return null;
    }

    private record WithoutTotal(TreeUsage usage) implements UsageAttributes {

        @Override
        public @Nullable String text(String path) {
            return usage.text(path);
        }

        @Override
        public @Nullable Double number(String path) {
            return path.equals(TOTAL) ? null : usage.number(path);
        }

        @Override
        public void numbersBelow(String path, ObjDoubleConsumer<String> consumer) {
            usage.numbersBelow(path, consumer);
        }
    }
}
