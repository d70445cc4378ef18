package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.dialect.JsonValues;
import dev.phoenix.server.ingest.dialect.SecretMask;
import dev.phoenix.server.ingest.dialect.SecretMask.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What older versions stored without the secrets in it, by the rules for what is sent, and the
 * names of what had some.
 */
public final class StoredSecrets {

    private final List<String> masked = new ArrayList<>();

    /** What was masked so far. */
    List<String> masked() {
        return masked;
    }

    /** The tree of a span, changed as it is; without what rules read from it. */
    void hide(ObjectNode attributes) {
        members("", "", attributes);
    }

    /** Events as they are stored; the same text where there is nothing to hide. */
    String hideEvents(String events) {
        return hideEach(
                events,
                event ->
                        "%s.%s."
                                .formatted(
                                        event.has("log") ? "logs" : "events",
                                        event.path("name").asString("")));
    }

    /** Links as they are stored. */
    @Nullable String hideLinks(@Nullable String links) {
        return links == null ? null : hideEach(links, link -> "links.");
    }

    /**
     * The flat attributes of a resource or scope; null where there is nothing to hide.
     *
     * @param attributes JSON text
     */
    public static @Nullable String ofOrigin(String attributes) {
        ObjectNode tree = (ObjectNode) JsonValues.read(attributes);
        boolean changed = false;
        for (String name : List.copyOf(tree.propertyNames())) {
            JsonNode hidden =
                    SecretMask.masked(SecretMask.member(Place.PARAMETERS, name), tree.get(name));
            if (hidden != null) {
                tree.set(name, hidden);
                changed = true;
            }
        }
        return changed ? Leaves.toJson(tree) : null;
    }

    /** The names of what is hidden in the attributes of a resource or scope. */
    static List<String> maskedIn(String prefix, @Nullable String attributes) {
        if (attributes == null || !attributes.contains(SecretMask.MASKED)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        JsonValues.read(attributes)
                .forEachEntry(
                        (name, value) -> {
                            if (value.toString().contains(SecretMask.MASKED)) {
                                names.add(prefix + name);
                            }
                        });
        return names;
    }

    private String hideEach(String json, Prefix prefix) {
        if (json.equals("[]")) {
            return json;
        }
        JsonNode list = JsonValues.read(json);
        int before = masked.size();
        for (JsonNode element : list) {
            if (element.get("attributes") instanceof ObjectNode attributes) {
                members(prefix.of(element), "", attributes);
            }
        }
        return masked.size() == before ? json : Leaves.toJson(list);
    }

    private void members(String prefix, String path, ObjectNode object) {
        for (String member : List.copyOf(object.propertyNames())) {
            String name = path.isEmpty() ? member : path + "." + member;
            JsonNode value = object.get(member);
            Place place = SecretMask.place(name);
            if (place.isOpen() && value instanceof ObjectNode inner) {
                members(prefix, name, inner);
                continue;
            }
            JsonNode hidden = SecretMask.masked(place, value);
            if (hidden != null) {
                object.set(member, hidden);
                masked.add(prefix + name);
            }
        }
    }

    @FunctionalInterface
    private interface Prefix {

        String of(JsonNode element);
    }
}
