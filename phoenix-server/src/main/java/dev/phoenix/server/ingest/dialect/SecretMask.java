package dev.phoenix.server.ingest.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Hides API keys and variables of the environment that senders leak. Under the name of a secret
 * they are hidden everywhere, also in JSON text within JSON text; in parameters of calls, metadata
 * and resources they are known by their look as well. What is hidden is not kept.
 */
public final class SecretMask {

    /** What stands where a secret was. */
    public static final String MASKED = "[masked]";

    private static final List<String> PARAMETERS =
            List.of(
                    "metadata",
                    "invocation_parameters",
                    "invocation_params",
                    "model.parameters",
                    "hidden_params",
                    "request.header",
                    "response.header",
                    "request_parameters",
                    "exception.",
                    "error.message");

    private static final TextMemo<Place> PLACES = new TextMemo<>(2048, 120, SecretMask::placeOf);

    /** What the name of an attribute says of its value. */
    public enum Place {
        /** A secret. */
        SECRET,
        /** What programs configure, hence no prose. */
        PARAMETERS,
        /** Where something is, say a URL. */
        ADDRESS,
        /** Anything, say what somebody told a model. */
        CONTENT;

        /** Whether what is below has places of its own. */
        public boolean isOpen() {
            return this == CONTENT || this == ADDRESS;
        }
    }

    private SecretMask() {}

    /** Which one it is under this name of an attribute. */
    public static Place place(String name) {
        return PLACES.of(name);
    }

    private static Place placeOf(String name) {
        if (name.startsWith("llm.input_m") || name.startsWith("llm.output_m")) {
            return Place.CONTENT;
        }
        boolean isParameters = PARAMETERS.stream().anyMatch(name::contains);
        SecretName secret = SecretName.of(name);
        if (secret == SecretName.SECRET || (isParameters && secret == SecretName.MAYBE)) {
            return Place.SECRET;
        }
        if (isParameters) {
            return Place.PARAMETERS;
        }
        return SecretAddress.isNamed(name) ? Place.ADDRESS : Place.CONTENT;
    }

    /** The text without its secrets; null where it has none. */
    public static @Nullable String masked(Place place, String text) {
        if (place == Place.SECRET) {
            return text.isEmpty() || text.equals(MASKED) ? null : MASKED;
        }
        if (place == Place.ADDRESS) {
            return byLook(SecretAddress.masked(text), text);
        }
        boolean isParameters = place == Place.PARAMETERS;
        String masked = SecretText.masked(text, isParameters);
        if (!isParameters) {
            return masked;
        }
        return byLook(
                masked == null && text.contains("://") ? SecretAddress.masked(text) : masked, text);
    }

    /** Without what is known by its look, too. */
    private static @Nullable String byLook(@Nullable String masked, String text) {
        String known = SecretValue.masked(masked == null ? text : masked);
        return known == null ? masked : known;
    }

    /** Where a member of an object is, by where the object is. */
    public static Place member(Place object, String name) {
        SecretName secret = SecretName.of(name);
        if (secret == SecretName.SECRET
                || (object == Place.PARAMETERS && secret == SecretName.MAYBE)) {
            return Place.SECRET;
        }
        if (object == Place.CONTENT || object == Place.ADDRESS) {
            return SecretAddress.isNamed(name) ? Place.ADDRESS : Place.CONTENT;
        }
        return object == Place.SECRET ? Place.PARAMETERS : object;
    }

    /** The value without its secrets; null where it has none. */
    public static @Nullable JsonNode masked(Place place, JsonNode value) {
        return switch (value) {
            case StringNode text -> {
                String masked = masked(place, text.asString());
                yield masked == null ? null : StringNode.valueOf(masked);
            }
            case ObjectNode object -> members(place, object);
            case ArrayNode list -> elements(place, list);
            default -> null;
        };
    }

    private static @Nullable JsonNode members(Place place, ObjectNode object) {
        ObjectNode copy = null;
        for (String name : object.propertyNames()) {
            JsonNode masked = masked(member(place, name), object.get(name));
            if (masked != null) {
                copy = copy == null ? object.objectNode().setAll(object) : copy;
                copy.set(name, masked);
            }
        }
        return copy;
    }

    private static @Nullable JsonNode elements(Place place, ArrayNode list) {
        ArrayNode copy = null;
        for (int i = 0; i < list.size(); i++) {
            JsonNode masked = masked(place, list.get(i));
            if (masked != null) {
                copy = copy == null ? list.arrayNode().addAll(list) : copy;
                copy.set(i, masked);
            }
        }
        return copy;
    }

    /** Nested names are places, too: {@code {"llm": {"invocation_parameters": …}}}. */
    public static @Nullable JsonNode maskedBelow(String name, JsonNode value) {
        Place place = place(name);
        if (!place.isOpen() || !value.isObject()) {
            return masked(place, value);
        }
        ObjectNode object = (ObjectNode) value;
        ObjectNode copy = null;
        for (String member : object.propertyNames()) {
            JsonNode masked = maskedBelow(name + "." + member, object.get(member));
            if (masked != null) {
                copy = copy == null ? object.objectNode().setAll(object) : copy;
                copy.set(member, masked);
            }
        }
        return copy;
    }
}
