package dev.phoenix.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a JSON object whose values are all strings; nothing else is needed for headers. */
final class JsonStrings {

    private final String text;
    private int position;

    private JsonStrings(String text) {
        this.text = text;
    }

    /** Empty when the text is anything but such an object. */
    static Optional<Map<String, String>> parse(String text) {
        try {
            return Optional.of(new JsonStrings(text).object());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Map<String, String> object() {
        Map<String, String> object = new LinkedHashMap<>();
        expect('{');
        if (!skip('}')) {
            do {
                String name = string();
                expect(':');
                object.put(name, string());
            } while (skip(','));
            expect('}');
        }
        skipWhitespace();
        if (position < text.length()) {
            throw new IllegalArgumentException();
        }
        return object;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw new IllegalArgumentException();
            }
            string.append(c == '\\' ? escaped(next()) : c);
        }
        return string.toString();
    }

    private char escaped(char c) {
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new IllegalArgumentException();
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new IllegalArgumentException();
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private char next() {
        if (position == text.length()) {
            throw new IllegalArgumentException();
        }
        return text.charAt(position++);
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw new IllegalArgumentException();
        }
    }

    private boolean skip(char c) {
        skipWhitespace();
        boolean found = position < text.length() && text.charAt(position) == c;
        if (found) {
            position++;
        }
        return found;
    }

    private void skipWhitespace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }
}
