package dev.phoenix.server.filter;

import dev.phoenix.server.filter.syntax.Expr;
import dev.phoenix.server.filter.syntax.Expr.Link;
import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.filter.syntax.Parser;
import dev.phoenix.server.filter.syntax.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives the parts of a condition their types, and refuses what has none. */
final class Typing {

    static final Pattern NUMERAL =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final String text;
    private final SqlSize size = new SqlSize();
    private final Names names = new Names(size);
    private final Comprehensions comprehensions = new Comprehensions(this, size);
    private final Comparisons comparisons = new Comparisons(this, size);

    private Typing(String text) {
        this.text = text;
    }

    /** A condition on rows of a source, its types checked. */
    record Typed(Check check, Set<String> annotations) {}

    static Typed type(Source source, String text) {
        Typing typing = new Typing(text);
        Scope scope = Scope.of(source);
        Check check = typing.condition(Parser.parse(text), scope);
        return new Typed(check, typing.names.annotations());
    }

    /** A value that a column of a query shows. */
    static Term projection(String key) {
        Typing typing = new Typing(key);
        Expr expression = Parser.parse(key);
        if (expression instanceof Expr.Path path) {
            Operand operand = typing.names.find(path, Scope.of(Source.SPAN));
            if (operand instanceof Operand.Value(Term term, _)) {
                return term;
            }
        }
        throw new FilterException(
                expression.range(),
                "a key is the name of a field or of an attribute, such as name or input.value, was "
                        + FilterException.fragment(key));
    }

    /** What is asked of a row as a whole: True and False alone are nothing to ask. */
    Check condition(Expr expression, Scope scope) {
        return switch (expression) {
            case Expr.Logical(boolean and, List<Expr> parts, _) -> {
                List<Check> checks = parts.stream().map(part -> part(part, scope)).toList();
                yield and ? new Check.And(checks) : new Check.Or(checks);
            }
            case Expr.Not(Expr inner, _) -> new Check.Not(part(inner, scope));
            case Expr.Comparison comparison -> comparison(comparison, scope);
            default ->
                    switch (operand(expression, scope)) {
                        case Operand.Condition(Check check, _) -> check;
                        case Operand.Value(Term.Column column, _)
                                when column.kind() == Kind.BOOLEAN ->
                                new Check.Is(column, true);
                        case Operand operand -> throw noCondition(operand);
                    };
        };
    }

    private Check part(Expr expression, Scope scope) {
        return expression instanceof Expr.Bool(boolean value, _)
                ? new Check.Constant(value)
                : condition(expression, scope);
    }

    private Check comparison(Expr.Comparison comparison, Scope scope) {
        List<Check> links = new ArrayList<>();
        Operand left = operand(comparison.first(), scope);
        for (Link link : comparison.links()) {
            Operand right = operand(link.right(), scope);
            links.add(comparisons.check(link, left, right, scope.strict()));
            left = right;
        }
        return links.size() == 1 ? links.getFirst() : new Check.And(links);
    }

    Operand operand(Expr expression, Scope scope) {
        Range range = expression.range();
        return switch (expression) {
            case Expr.Text(String value, _) -> value(new Term.Text(value), range);
            case Expr.Numeral(var value, _) -> value(new Term.Numeral(value), range);
            case Expr.Bool(boolean value, _) -> value(new Term.Bool(value), range);
            case Expr.None _ -> new Operand.None(range);
            case Expr.Sequence items -> new Operand.Items(items, range);
            case Expr.Path path -> names.find(path, scope);
            case Expr.Signed signed -> value(sign(signed, scope), range);
            case Expr.Arithmetic arithmetic -> value(arithmetic(arithmetic, scope), range);
            case Expr.Call call -> call(call, scope);
            case Expr.Comprehension _ ->
                    throw wrong(
                            range,
                            "a comprehension stands in any(…), all(…), len([…]), sum(…), max(…) or"
                                    + " min(…) only");
            case Expr.Comparison _, Expr.Not _, Expr.Logical _ ->
                    new Operand.Condition(condition(expression, scope), range);
        };
    }

    private Term sign(Expr.Signed signed, Scope scope) {
        Term value = number(operand(signed.value(), scope), scope.strict());
        if (!signed.negative()) {
            return value;
        }
        return value instanceof Term.Numeral(var number)
                ? new Term.Numeral(number.negate())
                : Magnitude.checked(
                        new Term.Arithmetic('-', new Term.Numeral(BigDecimal.ZERO), value),
                        signed.range());
    }

    private Term arithmetic(Expr.Arithmetic expression, Scope scope) {
        Operand left = operand(expression.left(), scope);
        Operand right = operand(expression.right(), scope);
        boolean texts = isText(left) || isText(right);
        boolean attributes = isJson(left) && isJson(right);
        if (expression.operator() == '+' && !scope.strict() && (texts || attributes)) {
            return new Term.Concatenation(comparisons.text(left), comparisons.text(right));
        }
        return Magnitude.checked(
                new Term.Arithmetic(
                        expression.operator(),
                        number(left, scope.strict()),
                        number(right, scope.strict())),
                expression.range());
    }

    private Term number(Operand operand, boolean strict) {
        if (operand instanceof Operand.Value(Term term, Range range)) {
            if (term.kind() == Kind.NUMBER) {
                return term;
            }
            if (term instanceof Term.Json json) {
                if (strict) {
                    throw wrong(
                            range,
                            "an attribute may be of any type: write float(%s) to calculate with it"
                                    .formatted(fragment(range)));
                }
                return new Term.JsonNumber(json);
            }
        }
        throw wrong(
                operand.range(),
                "%s is %s: only numbers can be calculated with"
                        .formatted(fragment(operand.range()), phrase(operand)));
    }

    private Operand call(Expr.Call call, Scope scope) {
        return switch (call.function()) {
            case "float" -> cast(call, scope);
            case "int" -> {
                if (scope.strict()) {
                    throw wrong(call.range(), "int is not known here: use float");
                }
                yield cast(call, scope);
            }
            case "str" -> value(toText(call, scope), call.range());
            case "any", "all", "len", "sum", "max", "min" -> comprehensions.call(call, scope);
            default ->
                    throw wrong(
                            call.range(),
                            "%s cannot be called%s"
                                    .formatted(
                                            FilterException.fragment(call.function()),
                                            Suggestion.didYouMean(
                                                    call.function(),
                                                    List.of(
                                                            "float", "str", "any", "all", "len",
                                                            "sum", "max", "min"))));
        };
    }

    private Operand cast(Expr.Call call, Scope scope) {
        Operand argument = operand(call.argument(), scope);
        Range range = call.range();
        if (argument instanceof Operand.Value(Term term, _)) {
            if (term instanceof Term.Json json) {
                return value(new Term.JsonNumber(json), range);
            }
            if (!scope.strict() && term instanceof Term.Text(String literal)) {
                return value(numeral(literal, argument.range()), range);
            }
            if (!scope.strict() && term.kind() == Kind.TEXT) {
                return value(new Term.Parsed(term), range);
            }
            if (!scope.strict() && term.kind() == Kind.NUMBER) {
                return argument;
            }
        }
        throw wrong(
                range,
                "%s takes an attribute%s, %s is %s"
                        .formatted(
                                call.function(),
                                scope.strict() ? "" : " or a text",
                                fragment(argument.range()),
                                phrase(argument)));
    }

    private static Term numeral(String literal, Range range) {
        if (literal.length() <= 400 && NUMERAL.matcher(literal).matches()) {
            double number = Double.parseDouble(literal);
            if (Double.isFinite(number)) {
                return new Term.Numeral(number == 0 ? BigDecimal.ZERO : new BigDecimal(literal));
            }
        }
        throw wrong(
                range,
                "\"%s\" is no number that every database reads: write digits such as 1.5 or 1e3"
                        .formatted(FilterException.fragment(literal)));
    }

    private Term toText(Expr.Call call, Scope scope) {
        Operand argument = operand(call.argument(), scope);
        if (argument instanceof Operand.Value(Term term, _)) {
            if (term instanceof Term.Json json) {
                return new Term.JsonText(json);
            }
            if (!scope.strict() && term.kind() == Kind.TEXT) {
                return term;
            }
        }
        throw wrong(
                call.range(),
                "str takes an attribute%s, %s is %s"
                        .formatted(
                                scope.strict() ? "" : " or a text",
                                fragment(argument.range()),
                                phrase(argument)));
    }

    private FilterException noCondition(Operand operand) {
        String found = fragment(operand.range());
        return wrong(
                operand.range(),
                "%s is %s, not a condition: compare it, as in %s"
                        .formatted(found, phrase(operand), example(operand, found)));
    }

    private static String example(Operand operand, String found) {
        return switch (operand) {
            case Operand.Value(Term.Bool _, _) -> "name == 'x'";
            case Operand.Value(Term.Text _, _) -> "name == " + found;
            case Operand.Value(Term term, _) ->
                    switch (term.kind()) {
                        case NUMBER ->
                                term instanceof Term.Numeral
                                        ? "latency_ms > " + found
                                        : found + " > 0";
                        case DATETIME -> found + " > '2026-01-01T00:00:00Z'";
                        case CONTAINMENT -> "'word' in " + found;
                        case BOOLEAN -> found + " == True";
                        case TEXT -> found + " == 'word'";
                        case JSON -> found + " is not None";
                    };
            case Operand.Parent _ -> found + " is None";
            case Operand.None _, Operand.Items _, Operand.Condition _ -> "name == 'x'";
        };
    }

    static String phrase(Operand operand) {
        return switch (operand) {
            case Operand.Value(Term term, _) -> term.kind().phrase();
            case Operand.Condition _ -> "a condition";
            case Operand.None _ -> "None";
            case Operand.Items _ -> "a list";
            case Operand.Parent _ -> "a span";
        };
    }

    String fragment(Range range) {
        return FilterException.fragment(text.substring(range.start(), range.end()));
    }

    private static boolean isText(Operand operand) {
        return operand instanceof Operand.Value(Term term, _) && term.kind() == Kind.TEXT;
    }

    private static boolean isJson(@Nullable Operand operand) {
        return operand instanceof Operand.Value(Term.Json _, _);
    }

    private static Operand value(Term term, Range range) {
        return new Operand.Value(term, range);
    }

    static FilterException wrong(Range range, String rule) {
        return new FilterException(range, rule);
    }
}
