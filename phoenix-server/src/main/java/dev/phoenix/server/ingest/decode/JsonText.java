package dev.phoenix.server.ingest.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that both databases accept: NaN and infinities become null, U+0000 and unpaired
 * surrogates become U+FFFD. Our own because it is the hottest loop of ingestion: runs of ordinary
 * characters are copied as a whole into the text that is stored.
 */
final class JsonText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private char[] buffer;
    private int length;
    private boolean comma;
    private boolean derived;
    private final Fingerprint fingerprint = new Fingerprint();

    JsonText(int capacity) {
        buffer = new char[Math.max(capacity, 64)];
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
                .map(c -> c == 0 || isLoneSurrogate(c) ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    JsonText beginObject() {
        separate();
        append('{');
        if (!derived) {
            fingerprint.begin(false);
        }
        comma = false;
        return this;
    }

    JsonText endObject() {
        append('}');
        if (!derived) {
            fingerprint.end();
        }
        comma = true;
        return this;
    }

    /** Ends an object or list of the tree, which does not count when all in it is derived. */
    JsonText endBranch(boolean list) {
        append(list ? ']' : '}');
        fingerprint.endBranch();
        comma = true;
        return this;
    }

    /** Whether what follows is derived, hence not a part of the content hash. */
    void derived(boolean on) {
        derived = on;
    }

    JsonText beginArray() {
        separate();
        append('[');
        if (!derived) {
            fingerprint.begin(true);
        }
        comma = false;
        return this;
    }

    JsonText endArray() {
        append(']');
        if (!derived) {
            fingerprint.end();
        }
        comma = true;
        return this;
    }

    JsonText name(String name) {
        long hash = string(name);
        if (!derived) {
            fingerprint.name(hash);
        }
        append(':');
        comma = false;
        return this;
    }

    JsonText value(@Nullable String text) {
        if (text == null) {
            return nullValue();
        }
        long hash = string(text);
        if (!derived) {
            fingerprint.value(hash);
        }
        return this;
    }

    JsonText value(long number) {
        return raw(Long.toString(number));
    }

    JsonText value(double number) {
        return Double.isFinite(number) ? raw(Double.toString(number)) : nullValue();
    }

    JsonText value(boolean flag) {
        return raw(Boolean.toString(flag));
    }

    JsonText nullValue() {
        return raw("null");
    }

    /** A number or other token that is JSON already. */
    JsonText raw(String json) {
        separate();
        int start = length;
        append(json, 0, json.length());
        if (!derived) {
            fingerprint.value(Fingerprint.of(buffer, start, length));
        }
        comma = true;
        return this;
    }

    /** Of what is written so far, whatever the order of the members of its objects. */
    long contentHash() {
        return fingerprint.hash();
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length);
    }

    /** Returns the hash of what it wrote. */
    private long string(String text) {
        separate();
        int start = length;
        append('"');
        int copied = 0;
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (isPair(text, i)) {
                i++;
                continue;
            }
            append(text, copied, i);
            escape(c);
            copied = i + 1;
        }
        append(text, copied, end);
        append('"');
        comma = true;
        return derived ? 0 : Fingerprint.of(buffer, start, length);
    }

    private static boolean isPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> backslash('"');
            case '\\' -> backslash('\\');
            case '\n' -> backslash('n');
            case '\r' -> backslash('r');
            case '\t' -> backslash('t');
            default -> {
                if (c == 0 || Character.isSurrogate(c)) {
                    append(REPLACEMENT);
                } else {
                    append("\\u00", 0, 4);
                    append(HEX[c >> 4]);
                    append(HEX[c & 15]);
                }
            }
        }
    }

    private void backslash(char c) {
        append('\\');
        append(c);
    }

    private void separate() {
        if (comma) {
            append(',');
        }
    }

    private void append(char c) {
        if (length == buffer.length) {
            grow(1);
        }
        buffer[length++] = c;
    }

    private void append(String text, int from, int to) {
        int count = to - from;
        if (count > buffer.length - length) {
            grow(count);
        }
        text.getChars(from, to, buffer, length);
        length += count;
    }

    private void grow(int more) {
        buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
    }
}
