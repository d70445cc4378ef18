package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A span as its sender sent it, for rules to read. Attributes have dotted names; what a sender
 * nests reads like what it dots. For one thread.
 */
public final class SentSpan {

    /** No rule has a target as deep as that. */
    private static final int MAX_TARGET_DEPTH = 8;

    /** What has more segments keeps the rest as one name, as in the tree of the span. */
    private static final int MAX_DEPTH = 100;

    private final String name;
    private final boolean failed;
    private final String scope;
    private final Map<String, JsonNode> resource;
    private final Map<String, JsonNode> attributes;
    private final List<SentEvent> events;

    private final Map<String, JsonNode> opened = new HashMap<>();
    private @Nullable Set<String> occupied;
    private @Nullable List<String> sorted;

    /**
     * @param failed whether its status is an error
     * @param scope the name of the instrumentation scope
     * @param attributes dotted names; a later entry never stands for an earlier one
     */
    public SentSpan(
            String name,
            boolean failed,
            String scope,
            Map<String, JsonNode> resource,
            Map<String, JsonNode> attributes,
            List<SentEvent> events) {
        this.name = name;
        this.failed = failed;
        this.scope = scope;
        this.resource = resource;
        this.attributes = attributes;
        this.events = List.copyOf(events);
    }

    String name() {
        return name;
    }

    boolean failed() {
        return failed;
    }

    String scope() {
        return scope;
    }

    Map<String, JsonNode> resource() {
        return resource;
    }

    Iterable<String> names() {
        return attributes.keySet();
    }

    List<SentEvent> events() {
        return events;
    }

    List<SentEvent> events(String eventName) {
        return events.stream().filter(event -> event.name().equals(eventName)).toList();
    }

    /** The value under this very name; null where there is none, or null. */
    @Nullable JsonNode get(String path) {
        JsonNode value = attributes.get(path);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String path) {
        return get(path) != null;
    }

    /** Text that is not blank. */
    @Nullable String text(String path) {
        JsonNode value = get(path);
        return value != null && value.isString() && !value.asString().isBlank()
                ? value.asString()
                : null;
    }

    /**
     * The value with JSON text opened, or what is below the name as one object or list. Text is
     * parsed once per span.
     */
    @Nullable JsonNode json(String path) {
        JsonNode known = opened.get(path);
        if (known == null) {
            JsonNode value = get(path);
            known = value == null ? below(path) : JsonValues.opened(value);
            if (known == null) {
                return null;
            }
            opened.put(path, known);
        }
        return known;
    }

    /** Like {@link #json}, null unless it is an object. */
    @Nullable JsonNode object(String path) {
        JsonNode value = json(path);
        return value != null && value.isObject() ? value : null;
    }

    /** Like {@link #json}, null unless it is a list. */
    @Nullable JsonNode list(String path) {
        JsonNode value = json(path);
        return value != null && value.isArray() ? value : null;
    }

    /** Whether nothing was sent at the path, below it, or on the way to it. */
    boolean isFree(String path) {
        if (occupied == null) {
            occupied = occupiedPaths();
        }
        if (occupied.contains(path)) {
            return false;
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (attributes.containsKey(path.substring(0, dot)) && has(path.substring(0, dot))) {
                return false;
            }
        }
        return true;
    }

    private Set<String> occupiedPaths() {
        Set<String> paths = new HashSet<>();
        attributes.forEach(
                (path, value) -> {
                    if (!value.isNull() && paths.add(path)) {
                        int dot = path.indexOf('.');
                        for (int i = 0; dot > 0 && i < MAX_TARGET_DEPTH; i++) {
                            paths.add(path.substring(0, dot));
                            dot = path.indexOf('.', dot + 1);
                        }
                    }
                });
        return paths;
    }

    private @Nullable JsonNode below(String path) {
        String prefix = path + ".";
        Map<String, Object> members = new TreeMap<>();
        if (sorted == null) {
            sorted = attributes.keySet().stream().sorted().toList();
        }
        int first = Collections.binarySearch(sorted, prefix);
        for (int i = first < 0 ? -first - 1 : first + 1; i < sorted.size(); i++) {
            String key = sorted.get(i);
            if (!key.startsWith(prefix)) {
                break;
            }
            JsonNode value = get(key);
            if (value != null) {
                put(members, key, prefix.length(), value, 1);
            }
        }
        return members.isEmpty() ? null : nested(members);
    }

    @SuppressWarnings("unchecked")
    private static void put(
            Map<String, Object> members, String key, int from, JsonNode value, int depth) {
        int dot = key.indexOf('.', from);
        if (dot < 0 || depth == MAX_DEPTH) {
            members.putIfAbsent(key.substring(from), value);
            return;
        }
        Object next = members.computeIfAbsent(key.substring(from, dot), name -> new TreeMap<>());
        if (next instanceof Map<?, ?> map) {
            put((Map<String, Object>) map, key, dot + 1, value, depth + 1);
        } else {
            members.putIfAbsent(key.substring(from), value);
        }
    }

    /** Numbers as names make a list. */
    private static JsonNode nested(Object value) {
        if (value instanceof JsonNode node) {
            return node;
        }
        Map<?, ?> members = (Map<?, ?>) value;
        if (members.keySet().stream().allMatch(name -> isIndex((String) name))) {
            TreeMap<Integer, Object> ordered = new TreeMap<>();
            members.forEach((name, member) -> ordered.put(Integer.valueOf((String) name), member));
            ArrayNode list = JsonNodeFactory.instance.arrayNode(ordered.size());
            new ArrayList<>(ordered.values()).forEach(member -> list.add(nested(member)));
            return list;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members.forEach((name, member) -> object.set((String) name, nested(member)));
        return object;
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty()
                && name.length() <= 9
                && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
