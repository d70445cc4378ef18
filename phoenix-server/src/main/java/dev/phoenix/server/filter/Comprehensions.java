package dev.phoenix.server.filter;

import static dev.phoenix.server.filter.Typing.wrong;

import dev.phoenix.server.filter.syntax.Expr;
import dev.phoenix.server.filter.syntax.Expr.Step;
import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.filter.syntax.Range;
import java.util.ArrayList;
import java.util.List;

/** {@code any(… for x in …)} and its like. */
final class Comprehensions {

    private static final int DEEPEST = 2;

    private final Typing typing;
    private final SqlSize size;
    private int elements;

    Comprehensions(Typing typing, SqlSize size) {
        this.typing = typing;
        this.size = size;
    }

    Operand call(Expr.Call call, Scope scope) {
        size.add(call.range(), SqlSize.OF_LOOP);
        boolean counts = call.function().equals("len");
        if (!(call.argument() instanceof Expr.Comprehension comprehension)
                || comprehension.list() != counts) {
            throw wrong(call.range(), shape(call.function(), scope));
        }
        if (scope.variables().size() == DEEPEST) {
            throw wrong(call.range(), "comprehensions nest at most %d levels".formatted(DEEPEST));
        }
        String variable = comprehension.variable();
        if (scope.variables().containsKey(variable)
                || scope.root().source().member(variable) != null) {
            throw wrong(
                    comprehension.range(),
                    "%s is taken: give the elements another name"
                            .formatted(FilterException.fragment(variable)));
        }
        Found found = find(comprehension.collection(), scope);
        Row element = new Row(++elements, found.many.element());
        Scope inside = scope.with(variable, element);
        List<Check> conditions = new ArrayList<>();
        for (Expr condition : comprehension.conditions()) {
            conditions.add(typing.condition(condition, inside));
        }
        Loop loop = new Loop(element, found.many, found.owner, conditions);
        return operand(call, comprehension, loop, inside);
    }

    private Operand operand(
            Expr.Call call, Expr.Comprehension comprehension, Loop loop, Scope inside) {
        Expr each = comprehension.element();
        Range range = call.range();
        return switch (call.function()) {
            case "any", "all" ->
                    new Operand.Condition(
                            new Check.Quantified(
                                    call.function().equals("all"),
                                    loop,
                                    predicate(call, each, inside)),
                            range);
            case "len" -> {
                boolean bare =
                        each instanceof Expr.Path(String head, var steps, _)
                                && steps.isEmpty()
                                && head.equals(comprehension.variable());
                if (!bare) {
                    throw wrong(
                            each.range(),
                            "len counts elements: write len([%s for %s in …])"
                                    .formatted(comprehension.variable(), comprehension.variable()));
                }
                yield new Operand.Value(new Term.Reduction("len", loop, null), range);
            }
            default ->
                    new Operand.Value(
                            new Term.Reduction(call.function(), loop, number(call, each, inside)),
                            range);
        };
    }

    private Check predicate(Expr.Call call, Expr each, Scope inside) {
        try {
            return typing.condition(each, inside);
        } catch (FilterException e) {
            if (e.range().equals(each.range()) && each instanceof Expr.Path) {
                throw wrong(
                        each.range(),
                        "%s needs a condition on each element, such as %s == …, not a value"
                                .formatted(call.function(), typing.fragment(each.range())));
            }
            throw e;
        }
    }

    private Term number(Expr.Call call, Expr each, Scope inside) {
        Operand operand = typing.operand(each, inside);
        if (operand instanceof Operand.Value(Term term, _)) {
            boolean time =
                    term.kind() == Kind.DATETIME
                            && !call.function().equals("sum")
                            && inside.root().source() == Source.TRACE;
            if (term.kind() == Kind.NUMBER || time) {
                return term;
            }
        }
        throw wrong(
                each.range(),
                "%s takes numbers, %s is %s"
                        .formatted(
                                call.function(),
                                typing.fragment(each.range()),
                                Typing.phrase(operand)));
    }

    /** Rows to go through, and whose they are. */
    private record Found(Many many, Row owner) {}

    private Found find(Expr collection, Scope scope) {
        if (collection instanceof Expr.Path(String head, List<Step> steps, Range range)) {
            Row variable = scope.variables().get(head);
            if (variable != null
                    && steps.size() == 1
                    && steps.getFirst() instanceof Step.Member(String name)) {
                Many many = Many.find(variable.source(), name);
                if (many != null) {
                    return new Found(many, variable);
                }
                throw wrong(range, unknown(head + "." + name, variable.source(), head + "."));
            }
            if (steps.isEmpty() && variable == null) {
                Many many = Many.find(scope.root().source(), head);
                if (many != null && isReachable(many, scope)) {
                    return new Found(many, scope.root());
                }
                throw wrong(range, unknown(head, scope.root().source(), ""));
            }
        }
        throw wrong(
                collection.range(),
                unknown(typing.fragment(collection.range()), scope.root().source(), ""));
    }

    /** Within a comprehension the same rows may be gone through once more, but in traces only. */
    private static boolean isReachable(Many many, Scope scope) {
        return !scope.isComprehension()
                || (scope.root().source() == Source.TRACE
                        && scope.variables().values().iterator().next().source() == many.element());
    }

    private static String unknown(String name, Source owner, String prefix) {
        List<String> known = Many.of(owner).stream().map(many -> prefix + many.wireName()).toList();
        return known.isEmpty()
                ? name + " holds nothing to go through"
                : "%s is nothing to go through: use %s%s"
                        .formatted(
                                name, String.join(", ", known), Suggestion.didYouMean(name, known));
    }

    private static String shape(String function, Scope scope) {
        List<Many> all = Many.of(scope.root().source());
        String many = all.getFirst().wireName();
        return switch (function) {
            case "len" -> "len counts a list: write len([x for x in %s])".formatted(many);
            case "any", "all" ->
                    "%s takes a condition on each element: write %s(x.… == … for x in %s)"
                            .formatted(function, function, many);
            default ->
                    "%s takes a number of each element: write %s(x.… for x in %s)"
                            .formatted(function, function, many);
        };
    }
}
