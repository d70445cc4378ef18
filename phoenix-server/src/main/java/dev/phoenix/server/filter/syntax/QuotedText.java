package dev.phoenix.server.filter.syntax;

import org.jspecify.annotations.Nullable;

/** What a quoted text says, by Python's rules. */
final class QuotedText {

    private final String source;
    private final String quote;
    private final boolean raw;
    private final int start;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private QuotedText(String source, int at, String quote, boolean raw, int start) {
        this.source = source;
        this.at = at;
        this.quote = quote;
        this.raw = raw;
        this.start = start;
    }

    /** The text, and where it ended. */
    record Read(String text, int end) {}

    static Read read(String source, int at, String quote, boolean raw, int start) {
        return new QuotedText(source, at, quote, raw, start).all();
    }

    private Read all() {
        while (!source.startsWith(quote, at)) {
            if (at >= source.length() || (source.charAt(at) == '\n' && quote.length() == 1)) {
                throw wrong("the text that starts here does not end: add " + quote);
            }
            char c = source.charAt(at++);
            if (c != '\\' || at >= source.length()) {
                text.append(c);
            } else if (raw) {
                text.append(c).append(source.charAt(at++));
            } else {
                escape(source.charAt(at++));
            }
        }
        return new Read(checked(), at + quote.length());
    }

    private void escape(char c) {
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> text.append(c);
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000b');
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            case 'N' -> named();
            default -> other(c);
        }
    }

    private void other(char c) {
        if (c < '0' || c > '7') {
            text.append('\\').append(c);
            return;
        }
        int value = c - '0';
        for (int digits = 1; digits < 3 && at < source.length(); digits++) {
            int digit = source.charAt(at) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value * 8 + digit;
            at++;
        }
        text.append((char) value);
    }

    private void hex(int length) {
        int end = at + length;
        String digits = end <= source.length() ? source.substring(at, end) : "";
        Integer code = digits.matches("[0-9a-fA-F]{" + length + "}") ? codePoint(digits) : null;
        if (code == null) {
            throw wrong(
                    "the escape \\%s needs %d hexadecimal digits of a character"
                            .formatted(source.charAt(at - 1), length));
        }
        text.appendCodePoint(code);
        at = end;
    }

    private static @Nullable Integer codePoint(String digits) {
        long code = Long.parseLong(digits, 16);
        return code <= Character.MAX_CODE_POINT ? (Integer) (int) code : null;
    }

    private void named() {
        int end = source.indexOf('}', at);
        if (!source.startsWith("{", at) || end < 0) {
            throw wrong("the escape \\N needs the name of a character, as in \\N{BULLET}");
        }
        String name = source.substring(at + 1, end);
        try {
            text.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw wrong("no character is named " + FilterException.fragment(name));
        }
        at = end + 1;
    }

    private String checked() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw wrong("a condition cannot contain a NUL character");
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    throw wrong("half a surrogate pair is no character: leave out the escape");
                }
                i++;
            }
        }
        return text.toString();
    }

    private FilterException wrong(String rule) {
        return new FilterException(new Range(start, Math.min(at, source.length())), rule);
    }
}
