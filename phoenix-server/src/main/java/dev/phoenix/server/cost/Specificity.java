package dev.phoenix.server.cost;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much a name pattern pins down: of several that match, the highest score wins. */
final class Specificity {

    private static final Pattern GROUP_PREFIX =
            Pattern.compile("\\(\\?(?:P<\\w+>|P=\\w+|#[^)]*|<?[=!]|>|[aiLmsux]*(?:-[imsx]+)?:)");
    private static final Pattern REPEAT = Pattern.compile("\\{(?:\\d+|\\d*,\\d*)\\}");

    private final String pattern;
    private int at;

    private Specificity(String pattern) {
        this.pattern = pattern;
    }

    /** At least 1. */
    static int of(String pattern) {
        Matcher flags = PythonRegex.GLOBAL_FLAGS.matcher(pattern);
        String scored = flags.lookingAt() ? pattern.substring(flags.end()) : pattern;
        return Math.max(1, new Specificity(scored).score());
    }

    private int score() {
        int score = anchors() + 2 * pattern.length();
        while (at < pattern.length()) {
            score += next();
        }
        return score;
    }

    private int anchors() {
        boolean start = pattern.startsWith("^");
        boolean end = pattern.endsWith("$") && !isEscaped(pattern.length() - 1);
        return start && end ? 10_000 : start || end ? 5_000 : 0;
    }

    private boolean isEscaped(int index) {
        int backslashes = 0;
        while (index - backslashes > 0 && pattern.charAt(index - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private int next() {
        char c = pattern.charAt(at);
        return switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case '{' -> brace();
            case ')', '^', '$' -> skip(1, 0);
            case '.' -> skip(1, -200);
            case '|' -> skip(1, -300);
            case '?' -> skip(1, -100);
            case '*', '+' -> skip(1, -150);
            default -> skip(1, 1000);
        };
    }

    private int skip(int length, int score) {
        at += length;
        return score;
    }

    private int escape() {
        char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : '\\';
        return switch (c) {
            case 'd', 'w', 's' -> skip(2, 400);
            case 'D', 'W', 'S' -> skip(2, 250);
            case 'A', 'Z', 'b', 'B' -> skip(2, 0);
            default -> skip(2, 950);
        };
    }

    private int characterClass() {
        boolean negated = pattern.startsWith("^", at + 1);
        int end = at + (negated ? 2 : 1);
        // A bracket that comes first closes nothing.
        for (boolean first = true;
                end < pattern.length() && (first || pattern.charAt(end) != ']');
                first = false) {
            end += pattern.charAt(end) == '\\' ? 2 : 1;
        }
        return skip(end + 1 - at, negated ? 300 : 500);
    }

    private int group() {
        Matcher prefix = GROUP_PREFIX.matcher(pattern).region(at, pattern.length());
        return skip(prefix.lookingAt() ? prefix.end() - at : 1, 0);
    }

    private int brace() {
        Matcher repeat = REPEAT.matcher(pattern).region(at, pattern.length());
        if (!repeat.lookingAt()) {
            return skip(1, 1000);
        }
        return skip(repeat.end() - at, repeat.group().contains(",") ? -100 : -50);
    }
}
