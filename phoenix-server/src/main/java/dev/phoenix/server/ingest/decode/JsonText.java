package dev.phoenix.server.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that both databases accept: NaN and infinities become null, U+0000 and unpaired
 * surrogates become U+FFFD. Our own because it is the hottest loop of ingestion and appends
 * straight to the text that is stored.
 */
final class JsonText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;

    JsonText(int capacity) {
        out = new StringBuilder(capacity);
    }

    /**
     * The text with every character that the databases refuse replaced; the same instance where
     * there is none.
     */
    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaceUnstorable(text);
            }
        }
        return text;
    }

    private static String replaceUnstorable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(
                        c ->
                                c == 0
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE)
                                        ? REPLACEMENT
                                        : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    JsonText beginObject() {
        separate();
        out.append('{');
        return this;
    }

    JsonText endObject() {
        out.append('}');
        return this;
    }

    JsonText beginArray() {
        separate();
        out.append('[');
        return this;
    }

    JsonText endArray() {
        out.append(']');
        return this;
    }

    JsonText name(String name) {
        string(name);
        out.append(':');
        return this;
    }

    JsonText value(@Nullable String text) {
        return text == null ? nullValue() : string(text);
    }

    JsonText value(long number) {
        separate();
        out.append(number);
        return this;
    }

    JsonText value(double number) {
        if (!Double.isFinite(number)) {
            return nullValue();
        }
        separate();
        out.append(number);
        return this;
    }

    JsonText value(boolean flag) {
        separate();
        out.append(flag);
        return this;
    }

    JsonText nullValue() {
        separate();
        out.append("null");
        return this;
    }

    /** A number or other token that is JSON already. */
    JsonText raw(String json) {
        separate();
        out.append(json);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private JsonText string(String text) {
        separate();
        out.append('"');
        int copied = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, copied, i);
            escape(c);
            copied = i + 1;
        }
        out.append(text, copied, length).append('"');
        return this;
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c == 0 || Character.isSurrogate(c)) {
                    out.append(REPLACEMENT);
                } else {
                    out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                }
            }
        }
    }

    private void separate() {
        if (!out.isEmpty()) {
            char last = out.charAt(out.length() - 1);
            if (last != '{' && last != '[' && last != ':') {
                out.append(',');
            }
        }
    }
}
