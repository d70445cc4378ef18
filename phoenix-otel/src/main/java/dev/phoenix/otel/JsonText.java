package dev.phoenix.otel;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, collections, arrays, records and scalars as JSON; of anything else, and below a
 * depth no real value has, the string form.
 */
final class JsonText {

    private static final int MAX_DEPTH = 64;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(@Nullable Object value) {
        JsonText json = new JsonText();
        json.value(value, 0);
        return json.text.toString();
    }

    /** Whether a value has a shape of its own, so that its JSON says more than its string form. */
    static boolean isStructured(Object value) {
        return value instanceof Map
                || value instanceof Collection
                || value instanceof Record
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Optional<?> optional
                        && optional.map(JsonText::isStructured).orElse(true)
                || value.getClass().isArray();
    }

    private void value(@Nullable Object value, int depth) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof Boolean || value instanceof Number) {
            number(value);
        } else if (depth == MAX_DEPTH) {
            string("…");
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof Collection<?> list) {
            array(list, depth);
        } else if (value instanceof Optional<?> optional) {
            value(optional.orElse(null), depth);
        } else if (value instanceof Record data) {
            object(components(data), depth);
        } else if (value.getClass().isArray()) {
            array(elements(value), depth);
        } else {
            string(value.toString());
        }
    }

    private void number(Object value) {
        boolean finite =
                !(value instanceof Double || value instanceof Float)
                        || Double.isFinite(((Number) value).doubleValue());
        text.append(finite ? value.toString() : "null");
    }

    private void object(Map<?, ?> map, int depth) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        text.append('}');
    }

    private void array(Collection<?> list, int depth) {
        text.append('[');
        String separator = "";
        for (Object member : list) {
            text.append(separator);
            value(member, depth + 1);
            separator = ",";
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static List<?> elements(Object array) {
        @Nullable Object[] elements = new @Nullable Object[Array.getLength(array)];
        Arrays.setAll(elements, i -> Array.get(array, i));
        return Arrays.asList(elements);
    }

    private static Map<String, @Nullable Object> components(Record data) {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                components.put(component.getName(), component.getAccessor().invoke(data));
            } catch (ReflectiveOperationException | RuntimeException e) {
                // A record of a closed module still has a string form.
                return Map.of("value", data.toString());
            }
        }
        return components;
    }
}
