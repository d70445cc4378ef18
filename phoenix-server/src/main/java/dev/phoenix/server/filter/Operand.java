package dev.phoenix.server.filter;

import dev.phoenix.server.filter.syntax.Expr;
import dev.phoenix.server.filter.syntax.Range;

/** A part of a condition before it is known what it is compared with. */
sealed interface Operand {

    Range range();

    record Value(Term term, Range range) implements Operand {}

    record Condition(Check check, Range range) implements Operand {}

    record None(Range range) implements Operand {}

    /** A list or a tuple. */
    record Items(Expr.Sequence items, Range range) implements Operand {}

    /**
     * The parent of a span, of which one can only ask whether it is there.
     *
     * @param present true where it is
     */
    record Parent(Check present, Range range) implements Operand {}
}
