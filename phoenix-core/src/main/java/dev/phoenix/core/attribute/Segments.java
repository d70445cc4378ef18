package dev.phoenix.core.attribute;

import org.jspecify.annotations.Nullable;

/**
 * Walks over the segments of one dotted key. Whitespace around a segment and empty segments do not
 * count; a segment of decimal digits only is an index and is compared by its value.
 */
final class Segments {

    private final String key;
    private int position;
    private int count;
    private int from;
    private int to;
    private boolean index;
    private @Nullable String normalisedIndex;

    Segments(String key) {
        this.key = key;
    }

    /** Moves to the next segment, or returns false at the end of the key. */
    boolean next() {
        int length = key.length();
        while (position <= length) {
            int dot = count == AttributeTree.MAX_DEPTH - 1 ? -1 : key.indexOf('.', position);
            from = position;
            to = dot < 0 ? length : dot;
            position = to + 1;
            trim();
            if (from < to) {
                count++;
                readIndex();
                return true;
            }
        }
        return false;
    }

    /** Whether the current segment consists of decimal digits. */
    boolean isIndex() {
        return index;
    }

    boolean matches(String name) {
        if (normalisedIndex != null) {
            return normalisedIndex.equals(name);
        }
        int length = to - from;
        return name.length() == length && key.startsWith(name, from);
    }

    /** The current segment, an index without leading zeros and in ASCII digits. */
    String name() {
        return normalisedIndex != null ? normalisedIndex : key.substring(from, to);
    }

    private void trim() {
        while (from < to && isSpace(key.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(key.charAt(to - 1))) {
            to--;
        }
    }

    private static boolean isSpace(char c) {
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
        }
        return c == 0x85 || Character.isSpaceChar(c);
    }

    private void readIndex() {
        normalisedIndex = null;
        index = false;
        boolean plain = true;
        for (int i = from; i < to; ) {
            int c = key.charAt(i);
            if (c < 0x80) {
                if (c < '0' || c > '9') {
                    return;
                }
                i++;
            } else {
                int codePoint = key.codePointAt(i);
                if (!Character.isDigit(codePoint)) {
                    return;
                }
                plain = false;
                i += Character.charCount(codePoint);
            }
        }
        index = true;
        if (!plain || (key.charAt(from) == '0' && to - from > 1)) {
            normalisedIndex = normalise();
        }
    }

    private String normalise() {
        StringBuilder digits = new StringBuilder(to - from);
        for (int i = from; i < to; ) {
            int codePoint = key.codePointAt(i);
            int digit = Character.digit(codePoint, 10);
            if (digit != 0 || digits.length() > 0) {
                digits.append((char) ('0' + digit));
            }
            i += Character.charCount(codePoint);
        }
        return digits.length() == 0 ? "0" : digits.toString();
    }
}
