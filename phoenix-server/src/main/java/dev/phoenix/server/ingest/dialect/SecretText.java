package dev.phoenix.server.ingest.dialect;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hides the values of secret names in text that holds JSON or a literal of Python, also where it is
 * encoded within itself or cut off. The text is not parsed: it keeps its form, and text without
 * such names costs a look at its quotes.
 */
final class SecretText {

    private static final int LONGEST_NAME = 80;

    private static final String[] ENVIRONMENTS = {
        "env", "environ", "env_vars", "environment_variables"
    };

    private final String text;
    private final boolean isParameters;

    private @Nullable StringBuilder masked;
    private int copied;

    /** Until here names of variables are names in an environment. */
    private int environmentEnd;

    private SecretText(String text, boolean isParameters) {
        this.text = text;
        this.isParameters = isParameters;
    }

    /**
     * @param isParameters whether words like {@code token} name secrets, too
     * @return null where there is nothing to hide
     */
    static @Nullable String masked(String text, boolean isParameters) {
        int start = firstLetter(text);
        if (start == text.length() || "{[(\"'".indexOf(text.charAt(start)) < 0) {
            return null;
        }
        String json = new SecretText(text, isParameters).masked('"');
        if (!isPython(text, start)) {
            return json;
        }
        String python = new SecretText(json == null ? text : json, isParameters).masked('\'');
        return python == null ? json : python;
    }

    /** Python prefers single quotes. */
    private static boolean isPython(String text, int start) {
        int at = start;
        while (at < text.length() && "{[( ".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '\'';
    }

    private @Nullable String masked(char quote) {
        for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
            if (at >= copied) {
                name(at, quote);
            }
        }
        return masked == null ? null : masked.append(text, copied, text.length()).toString();
    }

    /** Looks at the name that may end before this quote. */
    private void name(int end, char quote) {
        int last = end;
        while (last > 0 && text.charAt(last - 1) == '\\') {
            last--;
        }
        if (last == 0
                || !(SecretName.mayEnd(text, last)
                        || isEnvironment(last)
                        || end < environmentEnd)) {
            return;
        }
        int escapes = end - last;
        int first = last;
        while (first > 0 && last - first < LONGEST_NAME && isOfName(text.charAt(first - 1))) {
            first--;
        }
        if (first == last || first == 0 || text.charAt(first - 1) != quote) {
            return;
        }
        if (isEnvironment(last)) {
            enterEnvironment(end + 1);
            return;
        }
        String name = text.substring(first, last);
        SecretName found = SecretName.of(name);
        boolean isVariable = end < environmentEnd && isVariable(name);
        if (found != SecretName.NONE || isVariable) {
            value(end + 1, escapes, isVariable || isCertain(found) ? any -> true : SecretValue::is);
        }
    }

    private boolean isCertain(SecretName name) {
        return name == SecretName.SECRET || (isParameters && name == SecretName.MAYBE);
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || SecretName.isOfVariable(c) || c == '-' || c == '.';
    }

    private boolean isEnvironment(int end) {
        if ("vns".indexOf(text.charAt(end - 1)) < 0) {
            return false;
        }
        for (String name : ENVIRONMENTS) {
            int start = end - name.length();
            if (start > 0 && text.startsWith(name, start) && isQuote(start - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVariable(String name) {
        return name.chars().allMatch(c -> SecretName.isOfVariable((char) c));
    }

    private void enterEnvironment(int at) {
        int next = afterSpace(at);
        if (next < text.length() && text.charAt(next) == ':') {
            next = afterSpace(next + 1);
            if (next < text.length() && text.charAt(next) == '{') {
                int end = text.indexOf('}', next);
                environmentEnd = end < 0 ? text.length() : end;
            }
        }
    }

    /** After a name: a value, a list of values, or what a pair of name and value calls it. */
    private void value(int afterName, int escapes, Predicate<String> isSecret) {
        int at = afterSpace(afterName);
        if (at == text.length()) {
            return;
        }
        boolean isPair = text.charAt(at) == ',';
        if (!isPair && text.charAt(at) != ':') {
            return;
        }
        at = afterSpace(at + 1);
        if (isPair) {
            int named = afterPairName(at, escapes);
            string(named < 0 ? at : named, escapes, named < 0 ? SecretValue::isKnown : isSecret);
        } else if (at < text.length() && text.charAt(at) == '[') {
            strings(afterSpace(at + 1), escapes, isSecret);
        } else {
            string(at, escapes, isSecret);
        }
    }

    /** In {@code {"name": "authorization", "value": …}} where the value begins; else -1. */
    private int afterPairName(int at, int escapes) {
        int quote = at + escapes;
        if (!text.startsWith("value", quote + 1)) {
            return -1;
        }
        int colon = afterSpace(quote + 1 + "value".length() + escapes + 1);
        return colon < text.length() && text.charAt(colon) == ':' ? afterSpace(colon + 1) : -1;
    }

    private void strings(int from, int escapes, Predicate<String> isSecret) {
        int at = from;
        while (at >= 0 && at < text.length()) {
            int end = string(at, escapes, isSecret);
            int comma = end < 0 ? text.length() : afterSpace(end);
            at = comma < text.length() && text.charAt(comma) == ',' ? afterSpace(comma + 1) : -1;
        }
    }

    /** Returns the place behind it; -1 where none begins here. */
    private int string(int at, int escapes, Predicate<String> isSecret) {
        int start = at + escapes + 1;
        if (start > text.length() || !isQuote(start - 1) || !isEscaped(at, escapes)) {
            return -1;
        }
        int end = end(start, text.charAt(start - 1), escapes);
        String value = text.substring(start, Math.max(start, end - escapes));
        if (!value.isEmpty() && !value.equals(SecretMask.MASKED) && isSecret.test(value)) {
            hide(start, start + value.length());
        }
        return Math.min(end + 1, text.length());
    }

    private boolean isQuote(int at) {
        return text.charAt(at) == '"' || text.charAt(at) == '\'';
    }

    private boolean isEscaped(int at, int escapes) {
        for (int i = 0; i < escapes; i++) {
            if (text.charAt(at + i) != '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the quote is that ends a string whose quotes have so many backslashes before them;
     * those within it have more.
     */
    private int end(int start, char quote, int escapes) {
        for (int at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
            int run = 0;
            while (at - run > start && text.charAt(at - run - 1) == '\\') {
                run++;
            }
            if (run >= escapes && (run - escapes) % (2 * (escapes + 1)) == 0) {
                return at;
            }
        }
        return text.length() + escapes;
    }

    private void hide(int from, int to) {
        if (masked == null) {
            masked = new StringBuilder(text.length());
        }
        masked.append(text, copied, from).append(SecretMask.MASKED);
        copied = to;
    }

    private static int firstLetter(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Encoded line breaks are space, too. */
    private int afterSpace(int from) {
        int at = from;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (isEncodedBreak(at)) {
                at = text.indexOf('n', at) + 1;
            } else {
                return at;
            }
        }
        return at;
    }

    private boolean isEncodedBreak(int at) {
        int letter = at;
        while (letter < text.length() && text.charAt(letter) == '\\') {
            letter++;
        }
        return letter > at && letter < text.length() && text.charAt(letter) == 'n';
    }
}
