package dev.phoenix.server.ingest.dialect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers and lists of strings in every form that senders give them. */
final class Counts {

    /** Up to here doubles tell whole numbers apart. */
    private static final double EXACT = 1e15;

    private Counts() {}

    /**
     * Whole numbers, doubles without a fraction, and text of either; flags are none. What is too
     * large is the largest, so that whoever asks can say that it is.
     */
    static @Nullable Long whole(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? value.longValue() : (long) value.doubleValue();
        }
        Double number = real(value);
        return number != null && number == Math.rint(number) ? (Long) (long) (double) number : null;
    }

    /** Finite numbers, also as text; flags are none. */
    static @Nullable Double real(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        Double number = value.isNumber() ? (Double) value.doubleValue() : null;
        if (value.isString()) {
            number = parsed(value.asString().strip());
        }
        return number == null || !Double.isFinite(number) ? null : number;
    }

    private static @Nullable Double parsed(String text) {
        if (text.isEmpty() || text.length() > 32 || !isNumeric(text)) {
            return null;
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isNumeric(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A number or flag that is text becomes one; everything else stays. */
    static JsonNode typed(JsonNode value) {
        if (!value.isString()) {
            return value;
        }
        String text = value.asString();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
        }
        Long whole = whole(value);
        if (whole != null && Math.abs(whole.doubleValue()) < EXACT) {
            return JsonNodeFactory.instance.numberNode(whole);
        }
        Double number = real(value);
        return number == null ? value : JsonNodeFactory.instance.numberNode(number);
    }

    /** Null where there is no text in it. */
    static @Nullable ArrayNode strings(@Nullable JsonNode value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (value == null) {
            return null;
        }
        if (value.isArray()) {
            value.forEach(
                    member -> {
                        if (!member.isNull() && !member.isContainer()) {
                            list.add(member.asString());
                        }
                    });
        } else if (value.isString()) {
            Arrays.stream(value.asString().split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .forEach(list::add);
        }
        return list.isEmpty() ? null : list;
    }
}
