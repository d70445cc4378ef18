package dev.phoenix.server.cost;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Attributes of an LLM span by dotted key. */
final class AttributeMap implements UsageAttributes {

    private final Map<String, Object> values = new HashMap<>();

    static AttributeMap call(String model) {
        return new AttributeMap()
                .with("openinference.span.kind", "LLM")
                .with("llm.model_name", model);
    }

    AttributeMap with(String key, Object value) {
        values.put(key, value);
        return this;
    }

    AttributeMap counts(double prompt, double completion) {
        return count("prompt", prompt).count("completion", completion);
    }

    AttributeMap count(String name, double tokens) {
        return with("llm.token_count." + name, tokens);
    }

    @Override
    public @Nullable String text(String path) {
        return values.get(path) instanceof String text ? text : null;
    }

    @Override
    public @Nullable Double number(String path) {
        return values.get(path) instanceof Double number ? number : null;
    }

    @Override
    public void numbersBelow(String path, ObjDoubleConsumer<String> consumer) {
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(path + ".") && value instanceof Double number) {
                        consumer.accept(key.substring(path.length() + 1), number);
                    }
                });
    }
}
