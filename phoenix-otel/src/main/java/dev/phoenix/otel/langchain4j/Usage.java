package dev.phoenix.otel.langchain4j;

import static dev.phoenix.core.openinference.OpenInference.LLM_TOKEN_COUNT_COMPLETION;
import static dev.phoenix.core.openinference.OpenInference.LLM_TOKEN_COUNT_COMPLETION_REASONING;
import static dev.phoenix.core.openinference.OpenInference.LLM_TOKEN_COUNT_PROMPT;
import static dev.phoenix.core.openinference.OpenInference.LLM_TOKEN_COUNT_PROMPT_CACHE_READ;
import static dev.phoenix.core.openinference.OpenInference.LLM_TOKEN_COUNT_PROMPT_CACHE_WRITE;
import static dev.phoenix.core.openinference.OpenInference.LLM_TOKEN_COUNT_TOTAL;

import dev.langchain4j.model.output.TokenUsage;
import dev.phoenix.otel.OiAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Token counts. Cached and reasoning tokens are only in the providers' own subclasses, which must
 * not be needed here; so their accessors are looked up by name.
 */
record Usage(
        @Nullable Integer prompt,
        @Nullable Integer completion,
        @Nullable Integer total,
        @Nullable Integer cacheRead,
        @Nullable Integer cacheWrite,
        @Nullable Integer reasoning) {

    static Usage of(@Nullable TokenUsage usage) {
        if (usage == null) {
            return new Usage(null, null, null, null, null, null);
        }
        Integer read = number(usage, "cacheReadInputTokens");
        Integer write = number(usage, "cacheCreationInputTokens");
        if (read != null || write != null) {
            return besidesCache(usage, read, write);
        }
        return new Usage(
                usage.inputTokenCount(),
                usage.outputTokenCount(),
                usage.totalTokenCount(),
                number(accessor(usage, "inputTokensDetails"), "cachedTokens"),
                null,
                number(accessor(usage, "outputTokensDetails"), "reasoningTokens"));
    }

    /** Anthropic counts cached tokens beside the input; the prompt is all of them. */
    private static Usage besidesCache(
            TokenUsage usage, @Nullable Integer read, @Nullable Integer write) {
        int prompt = orZero(usage.inputTokenCount()) + orZero(read) + orZero(write);
        int completion = orZero(usage.outputTokenCount());
        return new Usage(prompt, completion, prompt + completion, read, write, null);
    }

    void writeTo(OiAttributes.Builder attributes) {
        attributes
                .put(LLM_TOKEN_COUNT_PROMPT, prompt)
                .put(LLM_TOKEN_COUNT_COMPLETION, completion)
                .put(LLM_TOKEN_COUNT_TOTAL, total)
                .put(LLM_TOKEN_COUNT_PROMPT_CACHE_READ, cacheRead)
                .put(LLM_TOKEN_COUNT_PROMPT_CACHE_WRITE, cacheWrite)
                .put(LLM_TOKEN_COUNT_COMPLETION_REASONING, reasoning);
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private static @Nullable Integer number(@Nullable Object owner, String name) {
        return accessor(owner, name) instanceof Integer count ? count : null;
    }

    private static @Nullable Object accessor(@Nullable Object owner, String name) {
        try {
            return owner == null ? null : owner.getClass().getMethod(name).invoke(owner);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
