package dev.phoenix.otel.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a chat request under the names most providers use. */
final class Parameters {

    private Parameters() {}

    static Map<String, Object> of(ChatRequestParameters parameters) {
        Map<String, Object> named = new LinkedHashMap<>();
        put(named, "model", parameters.modelName());
        put(named, "temperature", parameters.temperature());
        put(named, "top_p", parameters.topP());
        put(named, "top_k", parameters.topK());
        put(named, "frequency_penalty", parameters.frequencyPenalty());
        put(named, "presence_penalty", parameters.presencePenalty());
        put(named, "max_tokens", parameters.maxOutputTokens());
        if (!parameters.stopSequences().isEmpty()) {
            named.put("stop", parameters.stopSequences());
        }
        put(named, "tool_choice", lowerCase(parameters.toolChoice()));
        if (parameters.responseFormat() != null) {
            put(named, "response_format", lowerCase(parameters.responseFormat().type()));
        }
        return named;
    }

    private static @Nullable String lowerCase(@Nullable Enum<?> choice) {
        return choice == null ? null : choice.name().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Object> named, String name, @Nullable Object value) {
        if (value != null) {
            named.put(name, value);
        }
    }
}
