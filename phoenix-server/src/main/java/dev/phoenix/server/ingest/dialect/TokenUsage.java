package dev.phoenix.server.ingest.dialect;

import dev.phoenix.server.cost.TokenCount;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An object that says what a call used, under the names of any provider. */
final class TokenUsage {

    private static final String COUNT = "llm.token_count.";
    private static final int PROMPT = 0;
    private static final int TOTAL = 2;

    private static final List<Entry<String, List<String>>> NAMES =
            List.of(
                    Map.entry(
                            "prompt",
                            List.of(
                                    "prompt_tokens",
                                    "input_tokens",
                                    "promptTokens",
                                    "inputTokens",
                                    "prompt_token_count",
                                    "promptTokenCount",
                                    "prompt_eval_count",
                                    "input")),
                    Map.entry(
                            "completion",
                            List.of(
                                    "completion_tokens",
                                    "output_tokens",
                                    "completionTokens",
                                    "outputTokens",
                                    "candidates_token_count",
                                    "candidatesTokenCount",
                                    "eval_count",
                                    "output")),
                    Map.entry(
                            "total",
                            List.of(
                                    "total_tokens",
                                    "totalTokens",
                                    "total_token_count",
                                    "totalTokenCount",
                                    "total")),
                    Map.entry(
                            "prompt_details.cache_read",
                            List.of(
                                    "cache_read_input_tokens",
                                    "prompt_tokens_details.cached_tokens",
                                    "input_tokens_details.cached_tokens",
                                    "input_token_details.cache_read",
                                    "input_token_details.cached_tokens",
                                    "input_cached_tokens",
                                    "input_cache_read",
                                    "prompt_cached_tokens",
                                    "cache_read_tokens",
                                    "cachedContentTokens",
                                    "cached_content_token_count",
                                    "cachedContentTokenCount",
                                    "cachedInputTokens",
                                    "cachedPromptTokens",
                                    "cacheReadInputTokens",
                                    "inputTokenDetails.cacheReadTokens",
                                    "cached_tokens",
                                    "cache_read")),
                    Map.entry(
                            "prompt_details.cache_write",
                            List.of(
                                    "cache_creation_input_tokens",
                                    "cache_write_input_tokens",
                                    "input_token_details.cache_creation",
                                    "input_cache_creation",
                                    "cache_write_tokens",
                                    "cacheCreationInputTokens",
                                    "cacheWriteInputTokens",
                                    "inputTokenDetails.cacheWriteTokens",
                                    "cache_creation")),
                    Map.entry(
                            "prompt_details.audio",
                            List.of(
                                    "prompt_tokens_details.audio_tokens",
                                    "input_token_details.audio",
                                    "input_token_details.audio_tokens",
                                    "input_audio_tokens")),
                    Map.entry(
                            "completion_details.reasoning",
                            List.of(
                                    "completion_tokens_details.reasoning_tokens",
                                    "output_tokens_details.reasoning_tokens",
                                    "output_token_details.reasoning",
                                    "output_reasoning_tokens",
                                    "reasoning_tokens",
                                    "reasoningTokens",
                                    "outputTokenDetails.reasoningTokens",
                                    "thoughts_token_count",
                                    "thoughtsTokenCount",
                                    "thoughtsTokens",
                                    "reasoning")),
                    Map.entry(
                            "completion_details.audio",
                            List.of(
                                    "completion_tokens_details.audio_tokens",
                                    "output_token_details.audio",
                                    "output_token_details.audio_tokens",
                                    "output_audio_tokens")));

    static final List<String> TARGETS = NAMES.stream().map(name -> COUNT + name.getKey()).toList();

    private TokenUsage() {}

    static void put(Reading reading, @Nullable JsonNode usage, String source) {
        if (usage == null || !usage.isObject()) {
            return;
        }
        for (int i = 0; i < TARGETS.size(); i++) {
            String target = TARGETS.get(i);
            Long count =
                    reading.isFree(target) ? count(usage, NAMES.get(i).getValue()) : (Long) null;
            if (count != null) {
                put(reading, target, count + beside(usage, NAMES.get(i).getKey(), count), source);
            }
        }
        total(reading, source);
    }

    private static void put(Reading reading, String target, long count, String source) {
        if (TokenCount.isPlausible(count)) {
            reading.put(target, count, source);
        } else {
            reading.unreadable(target, source);
        }
    }

    /** What a provider's own words are known not to count as prompt or completion. */
    private static long beside(JsonNode usage, String side, long count) {
        return switch (side) {
            case "prompt" -> cachedBeside(usage);
            case "completion" -> thoughtsBeside(usage, count);
            default -> 0;
        };
    }

    /** Anthropic's, which gives no total; frameworks that use its names for all providers do. */
    private static long cachedBeside(JsonNode usage) {
        boolean own = usage.has("input_tokens") || usage.has("input");
        boolean others =
                usage.has("prompt_tokens")
                        || usage.has("input_tokens_details")
                        || usage.has("input_token_details");
        return own && !others && count(usage, NAMES.get(TOTAL).getValue()) == null
                ? plausible(usage.get("cache_read_input_tokens"))
                        + plausible(usage.get("cache_creation_input_tokens"))
                : 0;
    }

    /** Gemini's, unless its total shows that they are within. */
    private static long thoughtsBeside(JsonNode usage, long candidates) {
        boolean own = usage.has("candidates_token_count") || usage.has("candidatesTokenCount");
        long thoughts =
                plausible(usage.get("thoughts_token_count"))
                        + plausible(usage.get("thoughtsTokenCount"));
        Long total = count(usage, NAMES.get(TOTAL).getValue());
        Long prompt = count(usage, NAMES.get(PROMPT).getValue());
        boolean within = total != null && prompt != null && total < prompt + candidates + thoughts;
        return own && !within ? thoughts : 0;
    }

    private static long plausible(@Nullable JsonNode value) {
        Long count = Counts.whole(value);
        return count != null && TokenCount.isPlausible(count) ? count : 0;
    }

    /** What both sides add up to, where no total was given. */
    static void total(Reading reading, String source) {
        if (reading.isFound(COUNT + "prompt") && reading.isFound(COUNT + "completion")) {
            Long prompt = Counts.whole(reading.known(COUNT + "prompt"));
            Long completion = Counts.whole(reading.known(COUNT + "completion"));
            if (prompt != null
                    && completion != null
                    && TokenCount.isPlausible(prompt)
                    && TokenCount.isPlausible(completion)) {
                reading.put(COUNT + "total", prompt + completion, source);
            }
        }
    }

    private static @Nullable Long count(JsonNode usage, List<String> names) {
        for (String name : names) {
            int dot = name.indexOf('.');
            JsonNode value =
                    dot < 0
                            ? usage.get(name)
                            : usage.path(name.substring(0, dot)).get(name.substring(dot + 1));
            Long count = Counts.whole(value);
            if (count != null) {
                return count;
            }
        }
        return null;
    }
}
