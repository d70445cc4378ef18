package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A span as its sender sent it, for rules to read. Attributes have dotted names; what a sender
 * nests reads like what it dots. For one thread.
 */
public final class SentSpan {

    /** What has more segments keeps the rest as one name, as in the tree of the span. */
    private static final int MAX_DEPTH = 100;

    /** Names of which it costs less to look at all than to sort them. */
    private static final int FEW = 64;

    private final String name;
    private final boolean failed;
    private final String scope;
    private final Map<String, JsonNode> attributes;
    private final List<SentEvent> events;

    private final NameSketch sketch = new NameSketch();
    private final Map<String, JsonNode> opened = new HashMap<>();
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
            Map<String, JsonNode> attributes,
            List<SentEvent> events) {
        this.name = name;
        this.failed = failed;
        this.scope = scope;
        this.attributes = attributes;
        this.events = List.copyOf(events);
        attributes.keySet().forEach(sketch::add);
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

    Iterable<String> names() {
        return attributes.keySet();
    }

    List<SentEvent> events() {
        return events;
    }

    List<SentEvent> events(String eventName) {
        if (events.isEmpty()) {
            return events;
        }
        return events.stream().filter(event -> event.name().equals(eventName)).toList();
    }

    /** The value under this very name; null where there is none, or null. */
    @Nullable JsonNode get(String path) {
        if (!sketch.mayHave(path)) {
            return null;
        }
        JsonNode value = attributes.get(path);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String path) {
        return get(path) != null;
    }

    /** Whether the name was sent without a value. Numbers that are none are stored so. */
    boolean isNull(String path) {
        JsonNode value = sketch.mayHave(path) ? attributes.get(path) : null;
        return value != null && value.isNull();
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
        if (!mayHave(path)) {
            return null;
        }
        JsonNode known = opened.get(path);
        if (known == null) {
            JsonNode value = get(path);
            JsonNode found = value == null ? below(path) : JsonValues.opened(value);
            known = found == null ? MissingNode.getInstance() : found;
            opened.put(path, known);
        }
        return known.isMissingNode() ? null : known;
    }

    /** What {@link #json} found before; null where nobody asked, or nothing is there. */
    @Nullable JsonNode opened(String path) {
        JsonNode known = opened.get(path);
        return known == null || known.isMissingNode() ? null : known;
    }

    /** Like {@link #json}, null unless it is an object. */
    @Nullable JsonNode object(String path) {
        JsonNode value = json(path);
        return value != null && value.isObject() ? value : null;
    }

    /**
     * Like {@link #json}, null unless it is a list. What is numbered below the name is one, also
     * with something else beside it.
     */
    @Nullable JsonNode list(String path) {
        JsonNode value = json(path);
        if (value == null || value.isArray()) {
            return value;
        }
        return value.isObject() && !has(path) ? numbered(value) : null;
    }

    /** Which numbers the members of such a list have: of some messages nothing is sent. */
    List<Integer> numbersBelow(String path) {
        String prefix = path + ".";
        return fewBelow(prefix).stream()
                .map(name -> name.substring(prefix.length()).split("\\.", 2)[0])
                .filter(SentSpan::isIndex)
                .map(Integer::valueOf)
                .distinct()
                .sorted()
                .toList();
    }

    /** The list, where there is one, else whatever {@link #json} finds. */
    @Nullable JsonNode listOrJson(String path) {
        JsonNode list = list(path);
        return list == null ? json(path) : list;
    }

    /** Whether nothing was sent at the path, below it, or on the way to it. */
    boolean isFree(String path) {
        if (!sketch.mayMeet(path)) {
            return true;
        }
        for (Map.Entry<String, JsonNode> sent : attributes.entrySet()) {
            if (meet(sent.getKey(), path) && !sent.getValue().isNull()) {
                return false;
            }
        }
        return true;
    }

    /** Whether something may have been sent under this name or below it. */
    boolean mayHave(String path) {
        return sketch.mayHave(path) || sketch.mayHaveBelow(path);
    }

    /** Whether a name begins with this one and a dot. */
    boolean hasBelow(String path) {
        if (!sketch.mayHaveBelow(path)) {
            return false;
        }
        for (String sent : attributes.keySet()) {
            if (sent.length() > path.length() && meet(sent, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether they are the same, or one is on the way to the other. */
    static boolean meet(String path, String other) {
        int shorter = Math.min(path.length(), other.length());
        return path.regionMatches(0, other, 0, shorter)
                && (path.length() == other.length()
                        || (path.length() > shorter ? path : other).charAt(shorter) == '.');
    }

    private @Nullable JsonNode below(String path) {
        if (!sketch.mayHaveBelow(path)) {
            return null;
        }
        String prefix = path + ".";
        Map<String, Object> members = new TreeMap<>();
        for (String key : attributes.size() <= FEW ? fewBelow(prefix) : manyBelow(prefix)) {
            JsonNode value = get(key);
            if (value != null) {
                put(members, key, prefix.length(), value, 1);
            }
        }
        return members.isEmpty() ? null : nested(members);
    }

    /** In their order, because of two names of which one is on the way to the other one is kept. */
    private List<String> fewBelow(String prefix) {
        List<String> names = new ArrayList<>();
        for (String name : attributes.keySet()) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names;
    }

    private List<String> manyBelow(String prefix) {
        if (sorted == null) {
            sorted = attributes.keySet().stream().sorted().toList();
        }
        int found = Collections.binarySearch(sorted, prefix);
        int first = found < 0 ? -found - 1 : found + 1;
        int end = first;
        while (end < sorted.size() && sorted.get(end).startsWith(prefix)) {
            end++;
        }
        return sorted.subList(first, end);
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
        if (areIndexes(members)) {
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

    private static @Nullable JsonNode numbered(JsonNode object) {
        TreeMap<Integer, JsonNode> members = new TreeMap<>();
        object.forEachEntry(
                (name, member) -> {
                    if (isIndex(name)) {
                        members.put(Integer.valueOf(name), member);
                    }
                });
        return members.isEmpty()
                ? null
                : JsonNodeFactory.instance.arrayNode().addAll(members.values());
    }

    private static boolean areIndexes(Map<?, ?> members) {
        for (Object name : members.keySet()) {
            if (!isIndex((String) name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIndex(String name) {
        if (name.isEmpty() || name.length() > 9 || (name.length() > 1 && name.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
