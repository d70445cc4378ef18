package dev.phoenix.core.attribute;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of unflattening over plain sets of paths, slowly. */
record ObviousUnflatten(Map<List<String>, Object> values) {

    static Map<String, Object> unflatten(Map<String, Object> flat) {
        Map<List<String>, Object> values = new LinkedHashMap<>();
        new TreeMap<>(flat).forEach((key, value) -> values.put(path(key), value));
        return new ObviousUnflatten(values).object(List.of());
    }

    static @Nullable Object read(Map<String, Object> tree, String key) {
        Object current = tree;
        List<String> path = path(key);
        for (String segment : path.isEmpty() ? List.of("") : path) {
            current = current instanceof Map<?, ?> map ? map.get(segment) : null;
        }
        return current instanceof Map<?, ?> || holdsMaps(current) ? null : current;
    }

    private static boolean holdsMaps(@Nullable Object value) {
        return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map;
    }

    private static List<String> path(String key) {
        List<String> path = new ArrayList<>();
        for (String segment : key.split("\\.", -1)) {
            String trimmed = segment.strip();
            if (isIndex(trimmed)) {
                path.add(new BigInteger(trimmed).toString());
            } else if (!trimmed.isEmpty()) {
                path.add(trimmed);
            }
        }
        return path;
    }

    private static boolean isIndex(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(Character::isDigit);
    }

    private Map<String, Object> object(List<String> path) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (path.isEmpty() && values.containsKey(path)) {
            object.put("", values.get(path));
        }
        for (String child : children(path)) {
            addEntries(object, child, below(path, child));
        }
        return object;
    }

    private void addEntries(Map<String, Object> object, String name, List<String> path) {
        List<String> besides = new ArrayList<>(children(path));
        if (values.containsKey(path)) {
            object.put(name, values.get(path));
        } else {
            List<String> elements =
                    besides.stream()
                            .filter(
                                    child ->
                                            isIndex(child)
                                                    && !values.containsKey(below(path, child)))
                            .sorted(Comparator.comparing(BigInteger::new))
                            .toList();
            if (elements.isEmpty()) {
                object.put(name, object(path));
                return;
            }
            object.put(name, elements.stream().map(child -> object(below(path, child))).toList());
            besides.removeAll(elements);
        }
        for (String child : besides) {
            addEntries(object, name + "." + child, below(path, child));
        }
    }

    private Set<String> children(List<String> path) {
        Set<String> children = new TreeSet<>();
        for (List<String> other : values.keySet()) {
            if (other.size() > path.size() && other.subList(0, path.size()).equals(path)) {
                children.add(other.get(path.size()));
            }
        }
        return children;
    }

    private static List<String> below(List<String> path, String child) {
        List<String> below = new ArrayList<>(path);
        below.add(child);
        return below;
    }
}
