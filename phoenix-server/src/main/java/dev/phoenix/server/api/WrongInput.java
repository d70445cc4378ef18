package dev.phoenix.server.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What of a wrong value an answer shows: all of it, or nothing where it is too long to be read. */
final class WrongInput {

    private static final int MOST_CHARACTERS = 1000;

    private int left = MOST_CHARACTERS;

    private WrongInput() {}

    static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length() > MOST_CHARACTERS ? null : text;
            case JsonNode node ->
                    node.isMissingNode() || !new WrongInput().fits(node) ? null : node;
            case null, default -> value;
        };
    }

    private boolean fits(JsonNode node) {
        left -= 1 + (node.isContainer() ? 0 : node.asString("").length());
        for (JsonNode part : node) {
            if (left < 0 || !fits(part)) {
                return false;
            }
        }
        for (String name : node.propertyNames()) {
            left -= name.length();
        }
        return left >= 0;
    }
}
