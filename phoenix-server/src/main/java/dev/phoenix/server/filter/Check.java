package dev.phoenix.server.filter;

import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.util.List;

/**
 * A condition, its types checked. As in SQL it is true, false or neither: neither where something
 * it needs is missing.
 */
sealed interface Check {

    record Constant(boolean value) implements Check {}

    record And(List<Check> checks) implements Check {}

    record Or(List<Check> checks) implements Check {}

    record Not(Check check) implements Check {}

    /**
     * Two values of one kind.
     *
     * @param operator one of the first six
     */
    record Compare(Operator operator, Term left, Term right) implements Check {}

    /** True or false, never neither. */
    record Missing(Term term) implements Check {}

    /** Whether the condition is what is said, a missing one being neither. */
    record Is(Term bool, boolean value) implements Check {}

    /** Whether a value is one of literals of its kind. */
    record In(Term term, List<Term> values) implements Check {}

    /** Whether a text has another in it, upper and lower case being the same. */
    record Contains(Term text, Term part) implements Check {}

    /** Whether there is an annotation of this name. */
    record HasAnnotation(Annotated target, String name) implements Check {}

    /** Whether the span's parent is missing or was never received. */
    record Orphan(Row span) implements Check {}

    /** Whether the span's parent is in the same trace. */
    record HasParent(Row span) implements Check {}

    /** Whether a predicate holds for any element, or for all. */
    record Quantified(boolean all, Loop loop, Check predicate) implements Check {}
}
