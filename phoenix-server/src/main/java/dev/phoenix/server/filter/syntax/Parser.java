package dev.phoenix.server.filter.syntax;

import dev.phoenix.server.filter.syntax.Expr.Link;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import dev.phoenix.server.filter.syntax.Expr.Step;
import dev.phoenix.server.filter.syntax.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition by recursive descent: a subset of Python's expressions. It nests as deep as
 * {@link #DEEPEST} allows, so that nobody's text exhausts the stack here or in the databases.
 */
public final class Parser {

    /** In bytes of UTF-8. */
    public static final int LONGEST_TEXT = 64 * 1024;

    /** Of all lists together. */
    public static final int LONGEST_LIST = 5000;

    public static final int DEEPEST = 200;

    private static final Map<String, Operator> COMPARISONS =
            Map.of(
                    "==",
                    Operator.EQ,
                    "!=",
                    Operator.NE,
                    "<",
                    Operator.LT,
                    "<=",
                    Operator.LE,
                    ">",
                    Operator.GT,
                    ">=",
                    Operator.GE);

    private static final Map<String, String> REPAIRS =
            Map.ofEntries(
                    Map.entry("=", "compare with =="),
                    Map.entry("<>", "compare with !="),
                    Map.entry("!", "write not"),
                    Map.entry("&", "write and"),
                    Map.entry("|", "write or"),
                    Map.entry("~", "write not"),
                    Map.entry("**", "multiply with *"),
                    Map.entry("//", "divide with /"),
                    Map.entry("{", "write a list in square brackets"),
                    Map.entry(";", "join conditions with and"),
                    Map.entry(":=", "compare with =="));

    private static final Set<String> WORDS =
            Set.of(
                    "and",
                    "or",
                    "not",
                    "in",
                    "is",
                    "for",
                    "if",
                    "else",
                    "lambda",
                    "await",
                    "async",
                    "yield",
                    "assert",
                    "import",
                    "from",
                    "while",
                    "def",
                    "class",
                    "return",
                    "del",
                    "pass",
                    "break",
                    "continue",
                    "with",
                    "as",
                    "try",
                    "except",
                    "finally",
                    "raise",
                    "global",
                    "nonlocal",
                    "elif");

    private final String text;
    private final List<Token> tokens;
    private int at;
    private int depth;
    private int listed;

    private Parser(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    /**
     * The tree of a condition.
     *
     * @throws FilterException if the text is no condition
     */
    public static Expr parse(String text) {
        if (text.length() > LONGEST_TEXT || utf8Length(text) > LONGEST_TEXT) {
            throw new FilterException(
                    new Range(0, 1),
                    "a condition has at most %d bytes: make it shorter".formatted(LONGEST_TEXT));
        }
        Parser parser = new Parser(text);
        Expr condition = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("the end or an operator");
        }
        return condition;
    }

    private static long utf8Length(String text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    private Expr or() {
        return logical(false);
    }

    private Expr logical(boolean and) {
        String word = and ? "and" : "or";
        Expr first = and ? not() : logical(true);
        if (!peek().isWord(word)) {
            return first;
        }
        List<Expr> conditions = new ArrayList<>(List.of(first));
        while (takeWord(word)) {
            conditions.add(and ? not() : logical(true));
        }
        return new Expr.Logical(and, conditions, first.range().to(conditions.getLast().range()));
    }

    private Expr not() {
        Range start = peek().range();
        if (!takeWord("not")) {
            return comparison();
        }
        deeper();
        Expr condition = not();
        depth--;
        return new Expr.Not(condition, start.to(condition.range()));
    }

    private Expr comparison() {
        Expr first = sum();
        List<Link> links = new ArrayList<>();
        for (Operator operator = operator(); operator != null; operator = operator()) {
            Expr right = sum();
            links.add(new Link(operator, right, first.range().to(right.range())));
        }
        return links.isEmpty()
                ? first
                : new Expr.Comparison(
                        first, links, first.range().to(links.getLast().right().range()));
    }

    private @Nullable Operator operator() {
        Token token = peek();
        Operator sign = token.kind() == Kind.OPERATOR ? COMPARISONS.get(token.text()) : null;
        if (sign != null) {
            at++;
            return sign;
        }
        if (takeWord("is")) {
            return takeWord("not") ? Operator.IS_NOT : Operator.IS;
        }
        if (takeWord("in")) {
            return Operator.IN;
        }
        if (token.isWord("not") && tokens.get(at + 1).isWord("in")) {
            at += 2;
            return Operator.NOT_IN;
        }
        return null;
    }

    private Expr sum() {
        return arithmetic("+-", true);
    }

    /** Every operator makes the tree deeper by one, to its left. */
    private Expr arithmetic(String operators, boolean sum) {
        int before = depth;
        Expr left = sum ? arithmetic("*/%", false) : signed();
        while (peek().kind() == Kind.OPERATOR
                && peek().text().length() == 1
                && operators.contains(peek().text())) {
            deeper();
            char operator = take().text().charAt(0);
            Expr right = sum ? arithmetic("*/%", false) : signed();
            left = new Expr.Arithmetic(operator, left, right, left.range().to(right.range()));
        }
        depth = before;
        return left;
    }

    private Expr signed() {
        Token sign = peek();
        if (!sign.is("-") && !sign.is("+")) {
            return primary();
        }
        at++;
        deeper();
        Expr value = signed();
        depth--;
        return new Expr.Signed(sign.is("-"), value, sign.range().to(value.range()));
    }

    private Expr primary() {
        Token token = peek();
        deeper();
        Expr value =
                switch (token.kind()) {
                    case TEXT -> text();
                    case NUMBER -> number();
                    case NAME -> named();
                    case OPERATOR -> bracketed();
                    case END -> throw unexpected("a value");
                };
        depth--;
        Token next = peek();
        if (next.is(".") || next.is("[") || next.is("(")) {
            throw wrong(
                    next.range(),
                    "only names have members, and only float, int, str, any, all, len, sum, max and"
                            + " min can be called");
        }
        return value;
    }

    private Expr text() {
        Range range = peek().range();
        return new Expr.Text(takeText(), range.to(tokens.get(at - 1).range()));
    }

    /** Texts side by side are one. */
    private String takeText() {
        StringBuilder whole = new StringBuilder(take().text());
        while (peek().kind() == Kind.TEXT) {
            whole.append(take().text());
        }
        return whole.toString();
    }

    private Expr number() {
        Token token = take();
        return new Expr.Numeral(Numbers.of(token), token.range());
    }

    private Expr named() {
        Token name = take();
        switch (name.text()) {
            case "True", "False" -> {
                return new Expr.Bool(name.text().equals("True"), name.range());
            }
            case "None" -> {
                return new Expr.None(name.range());
            }
            default -> {}
        }
        if (WORDS.contains(name.text())) {
            at--;
            throw unexpected("a value");
        }
        return peek().is("(") ? call(name) : path(name);
    }

    private Expr path(Token name) {
        List<Step> steps = new ArrayList<>();
        while (true) {
            if (peek().is(".")) {
                at++;
                if (peek().kind() != Kind.NAME) {
                    throw unexpected("a name");
                }
                steps.add(new Step.Member(take().text()));
                if (peek().is("(")) {
                    throw wrong(
                            name.range().to(peek().range()),
                            "%s(…) cannot be called: compare values with ==, <, in and the like"
                                    .formatted(
                                            FilterException.fragment(
                                                    source(name.range().start(), at))));
                }
            } else if (peek().is("[")) {
                at++;
                keys(steps);
            } else {
                return new Expr.Path(
                        name.text(), steps, name.range().to(tokens.get(at - 1).range()));
            }
        }
    }

    private String source(int start, int token) {
        return text.substring(start, tokens.get(token - 1).range().end());
    }

    /** One key, or several in brackets of their own. */
    private void keys(List<Step> steps) {
        boolean several = peek().is("[");
        if (several) {
            at++;
            do {
                steps.add(key());
            } while (takeOperator(",") && !peek().is("]"));
            expect("]");
        } else {
            steps.add(key());
        }
        expect("]");
    }

    private Step key() {
        Token token = peek();
        if (token.kind() == Kind.TEXT) {
            return new Step.Key(takeText());
        }
        if (token.kind() == Kind.NUMBER) {
            BigDecimal place = Numbers.of(take());
            boolean whole =
                    token.text().chars().noneMatch(c -> c == '.')
                            && place.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                            && place.stripTrailingZeros().scale() <= 0;
            if (whole) {
                return new Step.Index(place.intValueExact());
            }
        }
        throw wrong(
                token.range(),
                "a key is a quoted name or the place in a list, such as ['name'] or [0], not "
                        + FilterException.fragment(token.text()));
    }

    private Expr call(Token function) {
        at++;
        Expr argument = comprehended(false);
        if (peek().is(",") || peek().is("=")) {
            throw wrong(peek().range(), function.text() + " takes one value");
        }
        Token end = expect(")");
        return new Expr.Call(function.text(), argument, function.range().to(end.range()));
    }

    private Expr bracketed() {
        Token open = take();
        if (open.is("(")) {
            return parenthesised(open);
        }
        if (open.is("[")) {
            return list(open);
        }
        at--;
        throw unexpected("a value");
    }

    /** A comma makes a tuple. */
    private Expr parenthesised(Token open) {
        if (peek().is(")")) {
            return new Expr.Sequence(List.of(), open.range().to(take().range()));
        }
        Expr first = comprehended(false);
        if (peek().is(",")) {
            at++;
            return items(open, first, ")");
        }
        expect(")");
        return first;
    }

    private Expr list(Token open) {
        if (peek().is("]")) {
            return new Expr.Sequence(List.of(), open.range().to(take().range()));
        }
        Expr first = comprehended(true);
        if (first instanceof Expr.Comprehension && peek().is("]")) {
            at++;
            return first;
        }
        if (!takeOperator(",")) {
            return new Expr.Sequence(List.of(listed(first)), open.range().to(expect("]").range()));
        }
        return items(open, first, "]");
    }

    private Expr items(Token open, Expr first, String close) {
        List<Expr> items = new ArrayList<>(List.of(listed(first)));
        while (!peek().is(close)) {
            items.add(listed(or()));
            if (!takeOperator(",")) {
                break;
            }
        }
        return new Expr.Sequence(items, open.range().to(expect(close).range()));
    }

    private Expr listed(Expr item) {
        if (++listed > LONGEST_LIST) {
            throw wrong(
                    item.range(),
                    "the lists of a condition have at most %d values: ask in several requests"
                            .formatted(LONGEST_LIST));
        }
        return item;
    }

    private Expr comprehended(boolean list) {
        Expr element = or();
        if (!takeWord("for")) {
            return element;
        }
        Token variable = peek();
        if (variable.kind() != Kind.NAME || WORDS.contains(variable.text())) {
            throw unexpected("a name for each element, as in: for span in spans");
        }
        at++;
        if (!takeWord("in")) {
            throw unexpected("in");
        }
        Expr collection = sum();
        List<Expr> conditions = new ArrayList<>();
        while (takeWord("if")) {
            conditions.add(or());
        }
        if (peek().isWord("for")) {
            throw wrong(peek().range(), "a comprehension has one for: nest any(…) in any(…)");
        }
        return new Expr.Comprehension(
                element,
                variable.text(),
                collection,
                conditions,
                list,
                element.range().to(tokens.get(at - 1).range()));
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }

    private boolean takeWord(String word) {
        boolean found = peek().isWord(word);
        at += found ? 1 : 0;
        return found;
    }

    private boolean takeOperator(String operator) {
        boolean found = peek().is(operator);
        at += found ? 1 : 0;
        return found;
    }

    private Token expect(String operator) {
        if (!peek().is(operator)) {
            throw unexpected(operator);
        }
        return take();
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw wrong(
                    peek().range(),
                    "the condition is too deep: nest at most %d levels".formatted(DEEPEST));
        }
    }

    private FilterException unexpected(String expected) {
        Token token = peek();
        String found =
                token.kind() == Kind.END
                        ? "the condition ends"
                        : FilterException.fragment(
                                text.substring(token.range().start(), token.range().end()));
        String repair = repair(token);
        return wrong(
                token.range(),
                repair == null
                        ? "expected %s, found %s".formatted(expected, found)
                        : "%s is not supported: %s".formatted(found, repair));
    }

    private static @Nullable String repair(Token token) {
        return switch (token.kind()) {
            case OPERATOR -> REPAIRS.get(token.text());
            case NAME ->
                    switch (token.text()) {
                        case "if", "else" -> "join conditions with and, or and not";
                        case "lambda", "await", "yield" -> "write a comparison";
                        default -> null;
                    };
            default -> null;
        };
    }

    private static FilterException wrong(Range range, String rule) {
        return new FilterException(range, rule);
    }
}
