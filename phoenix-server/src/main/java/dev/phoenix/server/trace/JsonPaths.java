package dev.phoenix.server.trace;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads single values out of stored JSON without building a tree of it. */
final class JsonPaths {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonPaths() {}

    /**
     * The JSON text at a dotted path that leads through objects only; null where there is nothing.
     */
    static @Nullable String jsonAt(String json, String path) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (!descend(parser, path)) {
                return null;
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            return json.substring(start, (int) parser.currentLocation().getCharOffset());
        }
    }

    /** The text at the path: strings as they are, everything else as JSON. */
    static @Nullable String textAt(String json, String path) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (!descend(parser, path)) {
                return null;
            }
            return parser.currentToken() == JsonToken.VALUE_STRING
                    ? parser.getString()
                    : jsonAt(json, path);
        }
    }

    /** The integer at the path; null where there is none. */
    static @Nullable Long longAt(String json, String path) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            boolean integer =
                    descend(parser, path) && parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
            return integer ? parser.getValueAsLong() : null;
        }
    }

    /** Whether JSON's null stands at the path. */
    static boolean isNullAt(String json, String path) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return find(parser, path) && parser.currentToken() == JsonToken.VALUE_NULL;
        }
    }

    private static boolean descend(JsonParser parser, String path) {
        return find(parser, path) && parser.currentToken() != JsonToken.VALUE_NULL;
    }

    private static boolean find(JsonParser parser, String path) {
        parser.nextToken();
        for (String name : path.split("\\.", -1)) {
            if (!findMember(parser, name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean findMember(JsonParser parser, String name) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
