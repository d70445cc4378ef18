package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What Python's {@code repr} wrote of dicts, lists, strings, numbers, None, True and False. */
final class PythonLiteral {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int position;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** Null where it is anything else, say an object of a class. */
    static @Nullable JsonNode parse(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        JsonNode value = literal.value(0);
        literal.skipSpace();
        return value != null && literal.position == text.length() ? value : null;
    }

    private @Nullable JsonNode value(int depth) {
        skipSpace();
        if (position == text.length() || depth > MAX_DEPTH) {
            return null;
        }
        return switch (text.charAt(position)) {
            case '{' -> object(depth);
            case '[', '(' -> list(depth);
            case '\'', '"' -> string();
            default -> word();
        };
    }

    private @Nullable JsonNode object(int depth) {
        position++;
        ObjectNode object = NODES.objectNode();
        while (!at('}')) {
            JsonNode name = value(depth + 1);
            if (name == null || !at(':')) {
                return null;
            }
            position++;
            JsonNode value = value(depth + 1);
            if (value == null) {
                return null;
            }
            object.set(name.asString(), value);
            if (at(',')) {
                position++;
            } else if (!at('}')) {
                return null;
            }
        }
        position++;
        return object;
    }

    private @Nullable JsonNode list(int depth) {
        char end = text.charAt(position++) == '[' ? ']' : ')';
        ArrayNode list = NODES.arrayNode();
        while (!at(end)) {
            JsonNode value = value(depth + 1);
            if (value == null) {
                return null;
            }
            list.add(value);
            if (at(',')) {
                position++;
            } else if (!at(end)) {
                return null;
            }
        }
        position++;
        return list;
    }

    private @Nullable JsonNode string() {
        char quote = text.charAt(position++);
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == quote) {
                return NODES.stringNode(value.toString());
            }
            if (c == '\\' && position < text.length()) {
                escape(value, text.charAt(position++));
            } else {
                value.append(c);
            }
        }
        return null;
    }

    private void escape(StringBuilder value, char c) {
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'x' -> hex(value, 2);
            case 'u' -> hex(value, 4);
            default -> value.append(c);
        }
    }

    private void hex(StringBuilder value, int digits) {
        int end = Math.min(position + digits, text.length());
        try {
            value.append((char) Integer.parseInt(text.substring(position, end), 16));
            position = end;
        } catch (NumberFormatException e) {
            value.append('?');
        }
    }

    private @Nullable JsonNode word() {
        int start = position;
        while (position < text.length() && ",:]}) \t\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "None" -> NODES.nullNode();
            case "True" -> NODES.booleanNode(true);
            case "False" -> NODES.booleanNode(false);
            default -> {
                JsonNode number = Counts.typed(NODES.stringNode(word));
                yield number.isNumber() ? number : null;
            }
        };
    }

    private boolean at(char c) {
        skipSpace();
        return position < text.length() && text.charAt(position) == c;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }
}
