package dev.phoenix.server.filter;

import static dev.phoenix.server.filter.Typing.phrase;
import static dev.phoenix.server.filter.Typing.wrong;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.filter.syntax.Expr;
import dev.phoenix.server.filter.syntax.Expr.Link;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.filter.syntax.Range;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be compared with what, and as what. */
final class Comparisons {

    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\d.*", Pattern.DOTALL);

    /** In characters; more would not fit into a pattern of SQLite. */
    private static final int LONGEST_PART = 4000;

    private final Typing typing;
    private final SqlSize size;

    Comparisons(Typing typing, SqlSize size) {
        this.typing = typing;
        this.size = size;
    }

    Check check(Link link, Operand left, Operand right, boolean strict) {
        return switch (link.operator()) {
            case IS, IS_NOT -> identity(link, left, right, strict);
            case IN -> in(link, left, right, strict);
            case NOT_IN -> new Check.Not(in(link, left, right, strict));
            default -> compare(link, left, right, strict);
        };
    }

    private Check identity(Link link, Operand left, Operand right, boolean strict) {
        boolean negated = link.operator() == Operator.IS_NOT;
        if (right instanceof Operand.None) {
            return missing(left, negated);
        }
        if (left instanceof Operand.None) {
            return missing(right, negated);
        }
        if (right instanceof Operand.Value(Term.Bool(boolean value), _) && !strict) {
            Check is = new Check.Is(bool(left), value);
            return negated ? new Check.Not(is) : is;
        }
        throw wrong(
                link.range(),
                "%s compares with None%s only: compare %s with == or !="
                        .formatted(
                                link.operator().sign(),
                                strict ? "" : ", True and False",
                                typing.fragment(right.range())));
    }

    private Check missing(Operand operand, boolean negated) {
        Check check =
                switch (operand) {
                    case Operand.Value(Term term, Range range) -> {
                        if (term.kind() == Kind.CONTAINMENT) {
                            throw searchedOnly(range);
                        }
                        yield new Check.Missing(term);
                    }
                    case Operand.Parent(Check present, _) ->
                            present instanceof Check.Not(Check absent)
                                    ? absent
                                    : new Check.Not(present);
                    case Operand.Condition(Check.HasAnnotation annotation, _) ->
                            new Check.Not(annotation);
                    case Operand.None(Range range) ->
                            throw wrong(range, "None is always None: compare a field with it");
                    case Operand.Condition(_, Range range) ->
                            throw wrong(range, "a condition cannot be compared with None: use not");
                    case Operand.Items(_, Range range) -> throw listElsewhere(range);
                };
        return negated ? new Check.Not(check) : check;
    }

    private Check compare(Link link, Operand left, Operand right, boolean strict) {
        Operator operator = link.operator();
        if (left instanceof Operand.None || right instanceof Operand.None) {
            if (operator.orders()) {
                throw wrong(
                        link.range(),
                        "None is neither smaller nor larger: write is None or is not None");
            }
            return missing(right instanceof Operand.None ? left : right, operator == Operator.NE);
        }
        if (left instanceof Operand.Parent || right instanceof Operand.Parent) {
            Range range = left instanceof Operand.Parent ? left.range() : right.range();
            throw wrong(
                    link.range(),
                    "%s can only be compared with None: write %s is None"
                            .formatted(typing.fragment(range), typing.fragment(range)));
        }
        Pair pair = pair(link, left, right, strict);
        Kind kind = pair.left.kind();
        if (operator.orders() && (kind == Kind.BOOLEAN || (strict && kind == Kind.TEXT))) {
            throw wrong(
                    link.range(),
                    "%s does not order %s: use == or !="
                            .formatted(
                                    operator.sign(),
                                    kind == Kind.TEXT ? "texts" : "true and false"));
        }
        return new Check.Compare(operator, pair.left, pair.right);
    }

    /** Two terms of one kind. */
    private record Pair(Term left, Term right) {}

    private Pair pair(Link link, Operand leftOperand, Operand rightOperand, boolean strict) {
        Term left = term(leftOperand);
        Term right = term(rightOperand);
        Kind kind = commonKind(link, left, right, strict);
        if (kind == null) {
            throw mismatch(link, leftOperand, rightOperand);
        }
        return new Pair(
                as(kind, left, right, leftOperand.range()),
                as(kind, right, left, rightOperand.range()));
    }

    private static @Nullable Kind commonKind(Link link, Term left, Term right, boolean strict) {
        Kind a = left.kind();
        Kind b = right.kind();
        if (a == Kind.CONTAINMENT || b == Kind.CONTAINMENT) {
            return null;
        }
        if (a == b) {
            if (a != Kind.JSON) {
                return a;
            }
            return link.operator().orders() ? Kind.NUMBER : Kind.TEXT;
        }
        boolean time = a == Kind.DATETIME || b == Kind.DATETIME;
        if (time) {
            return left instanceof Term.Text || right instanceof Term.Text ? Kind.DATETIME : null;
        }
        if (a != Kind.JSON && b != Kind.JSON) {
            return null;
        }
        Kind known = a == Kind.JSON ? b : a;
        return strict && known == Kind.TEXT && link.operator().orders() ? null : known;
    }

    private Term as(Kind kind, Term term, Term other, Range range) {
        return switch (term) {
            case Term.Json json ->
                    switch (kind) {
                        case NUMBER -> new Term.JsonNumber(json);
                        case BOOLEAN -> new Term.JsonBool(json);
                        default -> new Term.JsonText(json);
                    };
            case Term.Text(String text) when kind == Kind.DATETIME -> time(text, range);
            case Term.Text(String text) when isFolded(other) ->
                    new Term.Text(text.toUpperCase(Locale.ROOT));
            default -> term;
        };
    }

    private static boolean isFolded(Term term) {
        return switch (term) {
            case Term.Column(_, Member member) -> member.isFolded();
            case Term.OfParent(_, Member member) -> member.isFolded();
            case Term.Annotation(_, _, String part) -> part.equals(Member.ANNOTATOR_KIND);
            default -> false;
        };
    }

    private static Term time(String text, Range range) {
        try {
            if (ISO.matcher(text).matches()) {
                return Timestamps.parseZoned(text)
                        .map(time -> new Term.Time(Timestamps.nanos(time)))
                        .orElseThrow(() -> noTime(text, range));
            }
        } catch (DateTimeException e) {
            throw noTime(text, range);
        }
        throw noTime(text, range);
    }

    private static FilterException noTime(String text, Range range) {
        return wrong(
                range,
                "'%s' must be a time with an offset, such as '2026-01-31T12:00:00Z' or '2026-01-31T12:00:00+02:00'"
                        .formatted(FilterException.fragment(text)));
    }

    /** Of two sides that cannot be compared the one to be changed is named. */
    private FilterException mismatch(Link link, Operand left, Operand right) {
        Term a = term(left);
        Term b = term(right);
        String hint = "";
        if (a.kind() == Kind.CONTAINMENT || b.kind() == Kind.CONTAINMENT) {
            return searchedOnly(a.kind() == Kind.CONTAINMENT ? left.range() : right.range());
        } else if (a instanceof Term.Text(String text) && isNumber(b, text)) {
            hint = ": write %s without quotes".formatted(FilterException.fragment(text));
        } else if (b instanceof Term.Text(String text) && isNumber(a, text)) {
            hint = ": write %s without quotes".formatted(FilterException.fragment(text));
        } else if (a.kind() == Kind.TEXT && b instanceof Term.Numeral) {
            hint = ": write '%s' in quotes".formatted(typing.fragment(right.range()));
        } else if (b.kind() == Kind.TEXT && a instanceof Term.Numeral) {
            hint = ": write '%s' in quotes".formatted(typing.fragment(left.range()));
        }
        return wrong(
                link.range(),
                "%s is %s and %s is %s, which cannot be compared with %s%s"
                        .formatted(
                                typing.fragment(left.range()),
                                phrase(left),
                                typing.fragment(right.range()),
                                phrase(right),
                                link.operator().sign(),
                                hint));
    }

    private static boolean isNumber(Term other, String text) {
        return other.kind() == Kind.NUMBER
                && text.length() <= 400
                && Typing.NUMERAL.matcher(text).matches();
    }

    private Check in(Link link, Operand left, Operand right, boolean strict) {
        if (right instanceof Operand.Items(Expr.Sequence items, _)) {
            return oneOf(link, left, items, strict);
        }
        Term text =
                switch (right) {
                    case Operand.Value(Term.Json json, _) -> new Term.JsonText(json);
                    case Operand.Value(Term term, _)
                            when (term.kind() == Kind.TEXT
                                            && !(strict && term instanceof Term.Text))
                                    || term.kind() == Kind.CONTAINMENT ->
                            term;
                    case Operand operand ->
                            throw wrong(
                                    link.range(),
                                    "in looks into a list or a text, %s is %s"
                                            .formatted(
                                                    typing.fragment(operand.range()),
                                                    phrase(operand)));
                };
        Term part = part(link, left, strict);
        if (part instanceof Term.Text(String sought)) {
            if (sought.length() > LONGEST_PART) {
                throw wrong(
                        left.range(),
                        "a text to look for has at most %d characters".formatted(LONGEST_PART));
            }
            size.addPattern(left.range(), sought);
            part = isFolded(text) ? new Term.Text(sought.toUpperCase(Locale.ROOT)) : part;
        }
        return new Check.Contains(text, part);
    }

    private Term part(Link link, Operand left, boolean strict) {
        if (left instanceof Operand.Value(Term term, _)) {
            if (term instanceof Term.Text) {
                return term;
            }
            if (!strict && term.kind() == Kind.TEXT) {
                return term;
            }
            if (!strict && term instanceof Term.Json json) {
                return new Term.JsonText(json);
            }
        }
        throw wrong(
                link.range(),
                "only a text in quotes can be looked for, %s is %s"
                        .formatted(typing.fragment(left.range()), phrase(left)));
    }

    private Check oneOf(Link link, Operand left, Expr.Sequence items, boolean strict) {
        Term term = left instanceof Operand.Value(Term given, _) ? given : null;
        boolean literal =
                term == null
                        || term instanceof Term.Text
                        || term instanceof Term.Numeral
                        || term instanceof Term.Bool;
        boolean unlisted =
                strict
                        && term != null
                        && (term.kind() == Kind.DATETIME || term.kind() == Kind.BOOLEAN);
        if (term == null || literal || unlisted || term.kind() == Kind.CONTAINMENT) {
            throw wrong(
                    link.range(),
                    "%s before in and a list must be %s, not %s"
                            .formatted(
                                    typing.fragment(left.range()),
                                    strict
                                            ? "a text, a number or an attribute"
                                            : "a field or an attribute",
                                    literal ? "a literal" : phrase(left)));
        }
        List<Operand> operands = items.items().stream().map(this::literal).toList();
        if (operands.isEmpty()) {
            return new Check.In(
                    term instanceof Term.Json json ? new Term.JsonText(json) : term, List.of());
        }
        Link equal = new Link(Operator.EQ, link.right(), link.range());
        Kind first = term(operands.getFirst()).kind();
        for (Operand operand : operands) {
            if (term(operand).kind() != first) {
                throw wrong(operand.range(), "the values of a list must be of one type");
            }
        }
        Term converted = pair(equal, left, operands.getFirst(), strict).left;
        List<Term> values =
                operands.stream().map(operand -> pair(equal, left, operand, strict).right).toList();
        return new Check.In(converted, values);
    }

    private Operand literal(Expr item) {
        Operand operand =
                item instanceof Expr.Text
                                || item instanceof Expr.Numeral
                                || item instanceof Expr.Bool
                                || item instanceof Expr.Signed(_, Expr.Numeral _, _)
                        ? typing.operand(item, Scope.of(Source.SPAN))
                        : null;
        if (operand == null) {
            throw wrong(
                    item.range(),
                    item instanceof Expr.None
                            ? "a list cannot hold None: write is None beside it"
                            : "a list holds texts, numbers or True and False only");
        }
        return operand;
    }

    /** A value as text, to be put together with another. */
    Term text(Operand operand) {
        if (operand instanceof Operand.Value(Term term, _)) {
            if (term instanceof Term.Json json) {
                return new Term.JsonText(json);
            }
            if (term.kind() == Kind.TEXT) {
                return term;
            }
        }
        throw wrong(
                operand.range(),
                "+ joins two texts or adds two numbers, %s is %s"
                        .formatted(typing.fragment(operand.range()), phrase(operand)));
    }

    private static Term bool(Operand left) {
        return switch (left) {
            case Operand.Condition(Check check, _) -> new Term.Holds(check);
            case Operand.Value(Term.Json json, _) -> new Term.JsonBool(json);
            case Operand.Value(Term term, _) when term.kind() == Kind.BOOLEAN -> term;
            case Operand operand ->
                    throw wrong(
                            operand.range(),
                            "%s cannot be compared with true or false".formatted(phrase(operand)));
        };
    }

    private Term term(Operand operand) {
        return switch (operand) {
            case Operand.Value(Term term, _) -> term;
            case Operand.Condition(Check check, _) -> new Term.Holds(check);
            case Operand.Items(_, Range range) -> throw listElsewhere(range);
            case Operand.None(Range range) ->
                    throw wrong(range, "None stands after is, is not, == and != only");
            case Operand.Parent(_, Range range) ->
                    throw wrong(
                            range,
                            "%s can only be compared with None".formatted(typing.fragment(range)));
        };
    }

    private static FilterException listElsewhere(Range range) {
        return wrong(range, "a list stands after in and not in only: write in instead of ==");
    }

    private FilterException searchedOnly(Range range) {
        return wrong(
                range,
                "%s holds several texts and can only be searched: write 'word' in %s"
                        .formatted(typing.fragment(range), typing.fragment(range)));
    }
}
