package dev.phoenix.server.trace;

import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks JSON text value by value without building anything of it, however large it is. The text is
 * what the decoder or PostgreSQL wrote, so it is known to be valid.
 */
final class JsonWalk {

    private static final JsonMapper NAMES = JsonMapper.shared();

    private final String text;
    private int at;

    JsonWalk(String text) {
        this.text = text;
    }

    /** The first character of the value, or of the punctuation, that comes next. */
    char peek() {
        while (text.charAt(at) <= ' ') {
            at++;
        }
        return text.charAt(at);
    }

    /** Where the value ended that was passed last. */
    int position() {
        return at;
    }

    /** Passes an object; told each name, {@code member} passes its value. */
    void object(Consumer<String> member) {
        for (boolean more = enter('}'); more; more = hasMore()) {
            String name = string();
            peek();
            at++;
            member.accept(name);
        }
    }

    /** Passes a list; {@code element} passes each of its values. */
    void list(Runnable element) {
        for (boolean more = enter(']'); more; more = hasMore()) {
            element.run();
        }
    }

    /** Whether the list that comes next has an object in it; stays before the list. */
    boolean isListOfObjects() {
        int start = at;
        boolean[] found = new boolean[1];
        list(
                () -> {
                    found[0] |= peek() == '{';
                    skip();
                });
        at = start;
        return found[0];
    }

    /** Passes a value of any kind. */
    void skip() {
        switch (peek()) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            default -> skipWord();
        }
    }

    /** Passes a value and returns its JSON. */
    String raw() {
        peek();
        int start = at;
        skip();
        return text.substring(start, at);
    }

    /** Passes a value and returns its text: what a string says, or else JSON. */
    String string() {
        boolean quoted = peek() == '"';
        String raw = raw();
        if (!quoted) {
            return raw;
        }
        return raw.indexOf('\\') < 0
                ? raw.substring(1, raw.length() - 1)
                : NAMES.readValue(raw, String.class);
    }

    private boolean enter(char end) {
        peek();
        at++;
        boolean empty = peek() == end;
        if (empty) {
            at++;
        }
        return !empty;
    }

    private boolean hasMore() {
        peek();
        return text.charAt(at++) == ',';
    }

    private void skipString() {
        at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (text.charAt(at)) {
                case '"' -> {
                    skipString();
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0);
    }

    private void skipWord() {
        while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }
}
