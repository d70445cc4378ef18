package dev.phoenix.core.attribute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds ordinary maps and lists from a visit. */
final class NestedMap implements AttributeVisitor<Object> {

    private final Deque<Object> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private @Nullable Map<String, Object> result;

    Map<String, Object> result() {
        if (result == null) {
            throw new IllegalStateException("the visit has not ended");
        }
        return result;
    }

    @Override
    public void beginObject() {
        Map<String, Object> object = new LinkedHashMap<>();
        if (open.isEmpty()) {
            result = object;
        } else {
            value(object);
        }
        open.push(object);
    }

    @Override
    public void endObject() {
        open.pop();
    }

    @Override
    public void beginArray() {
        List<Object> array = new ArrayList<>();
        value(array);
        open.push(array);
    }

    @Override
    public void endArray() {
        open.pop();
    }

    @Override
    public void name(String name) {
        names.push(name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void value(Object value) {
        Object parent = open.getFirst();
        if (parent instanceof List<?> list) {
            ((List<Object>) list).add(value);
        } else {
            ((Map<String, Object>) parent).put(names.pop(), value);
        }
    }
}
