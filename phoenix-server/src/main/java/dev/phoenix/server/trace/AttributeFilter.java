package dev.phoenix.server.trace;

import dev.phoenix.server.api.ApiException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A condition {@code path:value} on an attribute. The value's JSON type must be the attribute's;
 * numbers are compared as numbers, and what is no JSON, such as {@code NaN}, is text.
 */
record AttributeFilter(List<String> path, Value value) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** What the attribute must be. */
    sealed interface Value {

        record Bool(boolean value) implements Value {}

        record Text(String value) implements Value {}

        /** Equal in value, however it was written. */
        record Whole(long value) implements Value {}

        /** Likewise, as precisely as a double can tell. */
        record Real(double value) implements Value {}
    }

    static AttributeFilter parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw invalid(text, "it needs a path, a colon and a value");
        }
        List<String> path = List.of(text.substring(0, colon).split("\\.", -1));
        return new AttributeFilter(path, value(text, text.substring(colon + 1)));
    }

    private static Value value(String filter, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            return new Value.Text(text);
        }
        return switch (json.getNodeType()) {
            case BOOLEAN -> new Value.Bool(json.booleanValue());
            case STRING -> new Value.Text(json.stringValue());
            case NUMBER -> number(filter, json);
            default -> throw invalid(filter, "null, lists and objects cannot be compared");
        };
    }

    private static Value number(String filter, JsonNode number) {
        if (number.canConvertToExactIntegral() && number.canConvertToLong()) {
            return new Value.Whole(number.longValue());
        }
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            throw invalid(filter, "numbers must be below 1.8e308");
        }
        return new Value.Real(value);
    }

    private static ApiException invalid(String filter, String rule) {
        return ApiException.unprocessable(
                "attribute must be path:value such as llm.model_name:gpt-5, was %s: %s"
                        .formatted(filter, rule));
    }
}
