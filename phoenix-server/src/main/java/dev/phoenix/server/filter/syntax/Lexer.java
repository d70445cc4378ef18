package dev.phoenix.server.filter.syntax;

import dev.phoenix.server.filter.syntax.Token.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the text of a condition apart, by the rules of Python's expressions. */
final class Lexer {

    private static final List<String> OPERATORS =
            List.of(
                    "**=", "//=", "<<=", ">>=", "...", "==", "!=", "<=", ">=", "<>", "**", "//",
                    "<<", ">>", ":=", "->", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<",
                    ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=", "!");

    private static final Pattern NUMBER =
            Pattern.compile(
                    "0[xX](?:_?[0-9a-fA-F])++|0[bB](?:_?[01])++|0[oO](?:_?[0-7])++"
                            + "|(?:(?:[0-9](?:_?[0-9])*+)?\\.[0-9](?:_?[0-9])*+|[0-9](?:_?[0-9])*+\\.?)"
                            + "(?:[eE][+-]?[0-9](?:_?[0-9])*+)?");

    private static final Pattern TEXT = Pattern.compile("([a-zA-Z]{0,2})(\"\"\"|'''|\"|')");

    /** No double has more digits before its point; the pattern recurses for each. */
    private static final int LONGEST_NUMBER = 400;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int brackets;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new FilterException(
                    new Range(nul, nul + 1), "a condition cannot contain a NUL character");
        }
        return new Lexer(text).all();
    }

    private List<Token> all() {
        while (skipBlanks()) {
            tokens.add(next());
        }
        tokens.add(new Token(Kind.END, "the end", new Range(text.length(), text.length())));
        return tokens;
    }

    /** Returns whether there is more. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == '\n' || c == '\r') {
                if (brackets == 0 && !tokens.isEmpty()) {
                    throw wrong(at, at + 1, "a line may end within brackets only: write one line");
                }
                at++;
            } else if (c == '\\' && text.startsWith("\n", at + 1)) {
                at += 2;
            } else if (c == ' ' || c == '\t' || c == '\f' || Character.isWhitespace(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private Token next() {
        Matcher quote = TEXT.matcher(text).region(at, text.length());
        if (quote.lookingAt()) {
            return quoted(quote);
        }
        int first = text.codePointAt(at);
        if (Character.isUnicodeIdentifierStart(first) || first == '_') {
            return name();
        }
        if (isDigit(at) || (first == '.' && isDigit(at + 1))) {
            return number();
        }
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                return operator(operator);
            }
        }
        throw wrong(
                at,
                at + Character.charCount(first),
                "\"%s\" means nothing in a condition"
                        .formatted(
                                Character.isISOControl(first)
                                        ? "\\x" + Integer.toHexString(first)
                                        : Character.toString(first)));
    }

    private Token operator(String operator) {
        switch (operator) {
            case "(", "[", "{" -> brackets++;
            case ")", "]", "}" -> brackets--;
            default -> {}
        }
        return token(Kind.OPERATOR, operator, at + operator.length());
    }

    private Token name() {
        int end = at;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (!Character.isUnicodeIdentifierPart(c) || Character.isIdentifierIgnorable(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        if (end == at) {
            end++;
        }
        String name = text.substring(at, end);
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
        if (!plain.equals(name)) {
            throw wrong(
                    at,
                    end,
                    "%s only looks like %s: type it with plain letters"
                            .formatted(
                                    FilterException.fragment(name),
                                    FilterException.fragment(plain)));
        }
        return token(Kind.NAME, name, end);
    }

    private Token number() {
        int longest = Math.min(text.length(), at + LONGEST_NUMBER);
        Matcher number = NUMBER.matcher(text).region(at, longest);
        if (!number.lookingAt()) {
            throw wrong(at, at + 1, "this is no number");
        }
        int end = number.end();
        String digits = number.group();
        boolean leadingZero = digits.matches("0[0-9_]*[1-9][0-9_]*");
        if (leadingZero || (end < text.length() && continuesNumber(text.codePointAt(end)))) {
            throw wrong(
                    at,
                    Math.min(end + 1, text.length()),
                    "%s is no number: write digits such as 1000, 0.5 or 1e3"
                            .formatted(
                                    FilterException.fragment(
                                            text.substring(at, Math.min(end + 1, text.length())))));
        }
        return token(Kind.NUMBER, digits.replace("_", "").toLowerCase(Locale.ROOT), end);
    }

    private static boolean continuesNumber(int c) {
        return c == '_' || c == '.' || Character.isUnicodeIdentifierPart(c);
    }

    private Token quoted(Matcher opening) {
        String prefix = opening.group(1).toLowerCase(Locale.ROOT);
        if (!(prefix.isEmpty() || prefix.equals("r") || prefix.equals("u"))) {
            throw wrong(
                    at,
                    opening.end(),
                    "%s\"…\" is no plain text: leave out the %s"
                            .formatted(opening.group(1), opening.group(1)));
        }
        var read = QuotedText.read(text, opening.end(), opening.group(2), prefix.equals("r"), at);
        return token(Kind.TEXT, read.text(), read.end());
    }

    private Token token(Kind kind, String value, int end) {
        Token token = new Token(kind, value, new Range(at, end));
        at = end;
        return token;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static FilterException wrong(int start, int end, String rule) {
        return new FilterException(new Range(start, end), rule);
    }
}
