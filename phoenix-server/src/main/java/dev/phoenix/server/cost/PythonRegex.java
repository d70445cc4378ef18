package dev.phoenix.server.cost;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the dialect of Python's {@code re}, which name patterns are written in,
 * as one of Java. Both agree on most; this is about the rest: named groups, {@code \Z}, flags,
 * braces and brackets that mean themselves, escapes that only one of them knows.
 */
final class PythonRegex {

    static final Pattern GLOBAL_FLAGS = Pattern.compile("(?:\\(\\?[aiLmsux]+\\))+");

    private static final Pattern REPEAT = Pattern.compile("\\{(\\d{0,9})(?:(,)(\\d{0,9}))?\\}");
    private static final Pattern GROUP_FLAGS = Pattern.compile("\\?([aimsux]*)(?:-([imsx]+))?:");
    private static final Pattern GROUP_NAME = Pattern.compile("\\?P<([A-Za-z_]\\w*)>");
    private static final Pattern SAME_AS = Pattern.compile("\\(\\?P=([A-Za-z_]\\w*)\\)");
    private static final Pattern COMMENT = Pattern.compile("\\(\\?#[^)]*\\)");
    private static final Pattern CODE_POINT =
            Pattern.compile("x(\\p{XDigit}{2})|u(\\p{XDigit}{4})|U(\\p{XDigit}{8})");

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private final RepeatLimits limits = new RepeatLimits();
    private int at;
    private int groups;
    private boolean verbose;

    private PythonRegex(String source) {
        this.source = source;
    }

    /**
     * @throws PatternSyntaxException for what is wrong in Python, or not known in Java
     */
    static Pattern compile(String python) {
        return new PythonRegex(python).translated();
    }

    private Pattern translated() {
        // Python's dot and dollar know one line end only.
        int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
        Matcher global = GLOBAL_FLAGS.matcher(source);
        if (global.lookingAt()) {
            at = global.end();
            flags = flags(global.group(), flags);
        }
        while (at < source.length()) {
            next();
        }
        refuse(limits.end());
        return Pattern.compile(java.toString(), flags);
    }

    private int flags(String text, int initial) {
        int flags = initial;
        if (text.contains("L")) {
            throw wrong("the flag L is for bytes");
        }
        if (text.contains("a")) {
            flags &= ~(Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
        }
        flags |= text.contains("i") ? Pattern.CASE_INSENSITIVE : 0;
        flags |= text.contains("m") ? Pattern.MULTILINE : 0;
        flags |= text.contains("s") ? Pattern.DOTALL : 0;
        verbose = text.contains("x");
        return flags;
    }

    private void next() {
        char c = source.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case ')' -> closeGroup();
            case '{' -> brace();
            case '}', ']' -> literal("\\" + c);
            case '*', '?' -> repeat(0);
            case '+' -> repeat(1);
            case '|' -> branch();
            case '^', '$' -> anchor(1);
            default -> character(c);
        }
    }

    private void character(char c) {
        if (verbose && Character.isWhitespace(c)) {
            at++;
        } else if (verbose && c == '#') {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end;
        } else {
            literal(String.valueOf(c));
        }
    }

    private void literal(String translation) {
        java.append(translation);
        at++;
        limits.atom(false);
    }

    private void repeat(long least) {
        refuse(limits.repeat(least, 1));
        copy(1);
    }

    private void branch() {
        limits.branch();
        copy(1);
    }

    private void anchor(int length) {
        limits.atom(true);
        copy(length);
    }

    private void copy(int length) {
        java.append(source, at, at + length);
        at += length;
    }

    private void escape() {
        if (at + 1 == source.length()) {
            throw wrong("a backslash at the end escapes nothing");
        }
        char c = source.charAt(at + 1);
        if (c >= '1' && c <= '9') {
            limits.atom(true);
            backReference();
        } else if (c == 'Z' || c == 'z') {
            limits.atom(true);
            replace(2, "\\z");
        } else if (c == 'A' || c == 'b' || c == 'B') {
            anchor(2);
        } else {
            limits.atom(false);
            escapedCharacter(c, false);
        }
    }

    private void backReference() {
        int end = at + 2;
        while (end < source.length() && end < at + 3 && Character.isDigit(source.charAt(end))) {
            end++;
        }
        // Apart from a digit that may follow, which Java would take in as well.
        java.append("(?:").append(source, at, end).append(')');
        at = end;
    }

    private void escapedCharacter(char c, boolean inClass) {
        Matcher codePoint = CODE_POINT.matcher(source).region(at + 1, source.length());
        if ("dDsSwWafnrt".indexOf(c) >= 0 || !Character.isLetterOrDigit(c)) {
            copy(2);
        } else if (c == 'v') {
            replace(2, "\\x0B");
        } else if (c == 'b' && inClass) {
            replace(2, "\\x08");
        } else if (c == '0') {
            octal();
        } else if (codePoint.lookingAt()) {
            String hex = codePoint.group().substring(1);
            replace(1 + codePoint.group().length(), "\\x{" + hex + "}");
        } else {
            throw wrong("bad escape \\" + c);
        }
    }

    private void octal() {
        int end = at + 2;
        while (end < source.length()
                && end < at + 4
                && source.charAt(end) >= '0'
                && source.charAt(end) <= '7') {
            end++;
        }
        int value = Integer.parseInt(source.substring(at + 1, end), 8);
        replace(end - at, "\\x{" + Integer.toHexString(value) + "}");
    }

    private void replace(int length, String translation) {
        java.append(translation);
        at += length;
    }

    private void characterClass() {
        copy(1);
        if (at < source.length() && source.charAt(at) == '^') {
            copy(1);
        }
        boolean first = true;
        for (; at < source.length(); first = false) {
            char c = source.charAt(at);
            if (c == ']' && !first) {
                copy(1);
                limits.atom(false);
                return;
            }
            if (c == '\\' && at + 1 < source.length()) {
                escapedCharacter(source.charAt(at + 1), true);
            } else if ("[]&^~|#".indexOf(c) >= 0 || Character.isWhitespace(c)) {
                replace(1, "\\" + c);
            } else {
                copy(1);
            }
        }
        throw wrong("a [ without its ]");
    }

    private void brace() {
        Matcher repeat = REPEAT.matcher(source).region(at, source.length());
        boolean repeats =
                repeat.lookingAt() && (!repeat.group(1).isEmpty() || repeat.group(2) != null);
        if (!repeats) {
            literal("\\{");
            return;
        }
        String least = repeat.group(1).isEmpty() ? "0" : repeat.group(1);
        String most = repeat.group(3);
        boolean bounded = most != null && !most.isEmpty();
        refuse(limits.repeat(Long.parseLong(least), bounded ? Long.parseLong(most) : 1));
        String rest = repeat.group(2) == null ? "" : "," + (bounded ? most : "");
        replace(repeat.group().length(), "{" + least + rest + "}");
    }

    private void group() {
        if (skipped(COMMENT) || sameAs()) {
            return;
        }
        limits.open();
        copy(1);
        if (at == source.length() || source.charAt(at) != '?') {
            groups++;
            return;
        }
        Matcher name = GROUP_NAME.matcher(source).region(at, source.length());
        Matcher flags = GROUP_FLAGS.matcher(source).region(at, source.length());
        if (name.lookingAt()) {
            names.put(name.group(1), ++groups);
            at += name.group().length();
        } else if (flags.lookingAt()) {
            groupFlags(flags);
        } else if (startsWithAny("?=", "?!", "?>")) {
            copy(2);
        } else if (startsWithAny("?<=", "?<!")) {
            copy(3);
        } else {
            throw wrong(
                    "unknown extension ("
                            + source.substring(at, Math.min(at + 3, source.length())));
        }
    }

    private void groupFlags(Matcher flags) {
        boolean ascii = flags.group(1).contains("a");
        String on = flags.group(1).replace("a", "").replace("u", "");
        String off = (flags.group(2) == null ? "" : flags.group(2)) + (ascii ? "uU" : "");
        java.append('?').append(on).append(off.isEmpty() ? "" : "-" + off).append(':');
        at += flags.group().length();
    }

    private boolean skipped(Pattern what) {
        Matcher found = what.matcher(source).region(at, source.length());
        if (!found.lookingAt()) {
            return false;
        }
        at = found.end();
        return true;
    }

    private boolean sameAs() {
        Matcher reference = SAME_AS.matcher(source).region(at, source.length());
        if (!reference.lookingAt()) {
            return false;
        }
        Integer group = names.get(reference.group(1));
        if (group == null) {
            throw wrong("unknown group name " + reference.group(1));
        }
        limits.atom(true);
        java.append("(?:\\").append(group).append(')');
        at = reference.end();
        return true;
    }

    private boolean startsWithAny(String... prefixes) {
        for (String prefix : prefixes) {
            if (source.startsWith(prefix, at)) {
                return true;
            }
        }
        return false;
    }

    private void closeGroup() {
        limits.close();
        copy(1);
    }

    private void refuse(@Nullable String why) {
        if (why != null) {
            throw wrong(why);
        }
    }

    private PatternSyntaxException wrong(String why) {
        return new PatternSyntaxException(why, source, at);
    }
}
