package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @Test
    void prompt_withoutDetails_isInput() {
        assertThat(counts(call().counts(100, 20))).containsExactly(input(100), output(20));
    }

    @Test
    void countsOfASpanThatIsNoCall_areNotUsed() {
        assertThat(Usage.of(call().counts(1, 1).with("openinference.span.kind", "AGENT"))).isNull();
        assertThat(Usage.of(call().counts(1, 1).with("llm.model_name", "  "))).isNull();
        assertThat(Usage.of(call().counts(1, 1).with("llm.model_name", 4.0))).isNull();
        assertThat(Usage.of(call())).isNull();
    }

    @Test
    void kindInAnyCase_isThatOfACall() {
        assertThat(counts(call().counts(3, 2).with("openinference.span.kind", "llm")))
                .containsExactly(input(3), output(2));
    }

    @Test
    void embedding_isACallOfItsOwnModel() {
        AttributeMap embedding =
                call().counts(7, 0)
                        .with("openinference.span.kind", "EMBEDDING")
                        .with("embedding.model_name", "text-embedding-3-small");

        assertThat(usage(embedding).modelName()).isEqualTo("text-embedding-3-small");
        assertThat(counts(embedding)).containsExactly(input(7));
    }

    @Test
    void modelName_isTrimmed() {
        assertThat(usage(call().counts(1, 1).with("llm.model_name", " gpt-4o ")).modelName())
                .isEqualTo("gpt-4o");
    }

    @Test
    void cacheWithinThePrompt_isTakenOff() {
        AttributeMap cached =
                call().counts(1000, 20)
                        .count("prompt_details.cache_read", 600)
                        .count("prompt_details.cache_write", 100);

        assertThat(counts(cached))
                .containsExactlyInAnyOrder(
                        prompt("cache_read", 600),
                        prompt("cache_write", 100),
                        input(300),
                        output(20));
        assertThat(usage(cached).promptTokens()).isEqualTo(1000);
    }

    @Test
    void cacheLargerThanThePrompt_isBesideIt() {
        AttributeMap cached = call().counts(10, 20).count("prompt_details.cache_read", 600);

        assertThat(counts(cached))
                .containsExactlyInAnyOrder(prompt("cache_read", 600), input(10), output(20));
        assertThat(usage(cached).promptTokens()).isEqualTo(610);
    }

    @Test
    void totalThatContainsTheCacheOnTop_tellsThatItIsBesideThePrompt() {
        AttributeMap cached =
                call().counts(1000, 20)
                        .count("total", 1620)
                        .count("prompt_details.cache_read", 600);

        assertThat(counts(cached))
                .containsExactlyInAnyOrder(prompt("cache_read", 600), input(1000), output(20));
    }

    @Test
    void totalBeyondItsParts_tellsTheMissingPart() {
        assertThat(counts(call().count("completion", 20).count("total", 100)))
                .containsExactly(input(80), output(20));
        assertThat(counts(call().counts(60, 20).count("total", 100)))
                .containsExactly(input(60), output(40));
        assertThat(counts(call().count("total", 100))).containsExactly(input(100));
    }

    @Test
    void totalBeyondACacheThatIsBeside_isNotThatCacheOnceMore() {
        assertThat(
                        counts(
                                call().counts(10, 20)
                                        .count("prompt_details.cache_read", 90)
                                        .count("completion_details.reasoning", 5)
                                        .count("total", 125)))
                .containsExactlyInAnyOrder(
                        input(10),
                        prompt("cache_read", 90),
                        output(20),
                        completion("reasoning", 5));
    }

    @Test
    void totalBelowItsParts_isIgnored() {
        assertThat(counts(call().counts(60, 20).count("total", 10)))
                .containsExactly(input(60), output(20));
    }

    @Test
    void reasoning_isTakenOffTheCompletionUnlessItIsLarger() {
        assertThat(counts(call().counts(5, 100).count("completion_details.reasoning", 70)))
                .containsExactlyInAnyOrder(input(5), completion("reasoning", 70), output(30));
        assertThat(counts(call().counts(5, 100).count("completion_details.reasoning", 170)))
                .containsExactlyInAnyOrder(input(5), completion("reasoning", 170), output(100));
    }

    @Test
    void explicitInput_leavesNoRest() {
        assertThat(counts(call().counts(100, 0).count("prompt_details.input", 30)))
                .containsExactly(input(30));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -5, Double.NEGATIVE_INFINITY, 0.9, 1e9 + 1, 0x1p63, 1e300})
    void nonsense_isNothing(double count) {
        assertThat(Usage.of(call().counts(count, count))).isNull();
    }

    @Property
    void everyToken_isCountedOnce(
            @ForAll @IntRange(max = 100_000) int input,
            @ForAll @IntRange(max = 100_000) int read,
            @ForAll @IntRange(max = 100_000) int write,
            @ForAll @IntRange(max = 100_000) int output,
            @ForAll @IntRange(max = 100_000) int reasoning,
            @ForAll boolean cacheIsBeside) {
        AttributeMap call =
                call().counts(cacheIsBeside ? input : input + read + write, output + reasoning)
                        .count("prompt_details.cache_read", read)
                        .count("prompt_details.cache_write", write)
                        .count("completion_details.reasoning", reasoning)
                        .count("total", (double) input + read + write + output + reasoning);

        List<TokenCount> counts = counts(call);

        assertThat(tokens(counts, "input")).isEqualTo(input);
        assertThat(tokens(counts, "cache_read")).isEqualTo(read);
        assertThat(tokens(counts, "cache_write")).isEqualTo(write);
        assertThat(tokens(counts, "output")).isEqualTo(output);
        assertThat(tokens(counts, "reasoning")).isEqualTo(reasoning);
    }

    @Property
    void cost_isTheSumOverItsParts(
            @ForAll @IntRange(max = 1_000_000) int prompt,
            @ForAll @IntRange(max = 1_000_000) int cached,
            @ForAll @IntRange(max = 1_000_000) int completion) {
        Usage usage =
                Usage.of(
                        call().counts(prompt, completion)
                                .count("prompt_details.cache_read", cached));
        if (usage == null) {
            return;
        }
        SpanCost cost =
                new PricedModel(
                                1,
                                "",
                                null,
                                false,
                                new NamePattern("x"),
                                List.of(
                                        new TokenPrice("input", true, 0.5, null),
                                        new TokenPrice("cache_read", true, 0.25, null),
                                        new TokenPrice("output", false, 2, null)))
                        .cost(usage);
        double input = prompt >= cached ? prompt - cached : prompt;

        assertThat(Objects.requireNonNullElse(cost.cost(true), 0.0))
                .isEqualTo(input * 0.5 + cached * 0.25);
        assertThat(Objects.requireNonNullElse(cost.cost(false), 0.0)).isEqualTo(completion * 2.0);
        assertThat(
                        SpanCost.ofRow(
                                cost.modelKey(),
                                cost.summary().prompt(),
                                cost.summary().completion(),
                                cost.detailsJson()))
                .isEqualTo(cost);
    }

    private static AttributeMap call() {
        return AttributeMap.call("gpt-4o");
    }

    private static Usage usage(AttributeMap attributes) {
        return Objects.requireNonNull(Usage.of(attributes));
    }

    private static List<TokenCount> counts(AttributeMap attributes) {
        Usage usage = Usage.of(attributes);
        return usage == null ? List.of() : usage.counts();
    }

    private static long tokens(List<TokenCount> counts, String type) {
        return counts.stream()
                .filter(count -> count.type().equals(type))
                .mapToLong(TokenCount::tokens)
                .sum();
    }

    private static TokenCount input(long tokens) {
        return prompt("input", tokens);
    }

    private static TokenCount output(long tokens) {
        return completion("output", tokens);
    }

    private static TokenCount prompt(String type, long tokens) {
        return new TokenCount(type, true, tokens);
    }

    private static TokenCount completion(String type, long tokens) {
        return new TokenCount(type, false, tokens);
    }
}
