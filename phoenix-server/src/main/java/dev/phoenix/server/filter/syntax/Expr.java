package dev.phoenix.server.filter.syntax;

import java.math.BigDecimal;
import java.util.List;

/** A part of a condition, as written. */
public sealed interface Expr {

    Range range();

    record Text(String value, Range range) implements Expr {}

    record Numeral(BigDecimal value, Range range) implements Expr {}

    /** True or False. */
    record Bool(boolean value, Range range) implements Expr {}

    record None(Range range) implements Expr {}

    /** A name and what follows it: {@code annotations['quality'].score}. */
    record Path(String head, List<Step> steps, Range range) implements Expr {}

    /** A list or a tuple. */
    record Sequence(List<Expr> items, Range range) implements Expr {}

    /** {@code float(…)}, {@code any(…)} and the like. */
    record Call(String function, Expr argument, Range range) implements Expr {}

    /**
     * {@code element for variable in collection if …}.
     *
     * @param list whether it is in square brackets
     */
    record Comprehension(
            Expr element,
            String variable,
            Expr collection,
            List<Expr> conditions,
            boolean list,
            Range range)
            implements Expr {}

    /** A sign before a value. */
    record Signed(boolean negative, Expr value, Range range) implements Expr {}

    /** One of {@code + - * / %} between two values. */
    record Arithmetic(char operator, Expr left, Expr right, Range range) implements Expr {}

    /** {@code a < b <= c}: all its links hold. */
    record Comparison(Expr first, List<Link> links, Range range) implements Expr {}

    record Not(Expr condition, Range range) implements Expr {}

    /** Conditions joined by {@code and}, or all by {@code or}. */
    record Logical(boolean and, List<Expr> conditions, Range range) implements Expr {}

    /** An operator of a comparison and what is to its right. */
    record Link(Operator operator, Expr right, Range range) {}

    /** What follows a name. */
    sealed interface Step {

        record Member(String name) implements Step {}

        record Key(String name) implements Step {}

        record Index(int place) implements Step {}
    }

    /** How two values are compared. */
    enum Operator {
        EQ("=="),
        NE("!="),
        LT("<"),
        LE("<="),
        GT(">"),
        GE(">="),
        IS("is"),
        IS_NOT("is not"),
        IN("in"),
        NOT_IN("not in");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /** Asks which of two is larger. */
        public boolean orders() {
            return this == LT || this == LE || this == GT || this == GE;
        }

        /** The same comparison with its sides exchanged. */
        public Operator mirrored() {
            return switch (this) {
                case LT -> GT;
                case LE -> GE;
                case GT -> LT;
                case GE -> LE;
                default -> this;
            };
        }
    }
}
