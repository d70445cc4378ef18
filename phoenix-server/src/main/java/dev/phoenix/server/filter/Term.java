package dev.phoenix.server.filter;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a condition, its type checked. Any but a literal may be missing. */
sealed interface Term {

    Kind kind();

    record Text(String value) implements Term {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    record Numeral(BigDecimal value) implements Term {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    record Time(long nanos) implements Term {
        @Override
        public Kind kind() {
            return Kind.DATETIME;
        }
    }

    record Bool(boolean value) implements Term {
        @Override
        public Kind kind() {
            return Kind.BOOLEAN;
        }
    }

    record Column(Row row, Member member) implements Term {
        @Override
        public Kind kind() {
            return member.kind();
        }
    }

    /** Something of a span's parent in the same trace. */
    record OfParent(Row span, Member member) implements Term {
        @Override
        public Kind kind() {
            return member.kind();
        }
    }

    /**
     * An attribute of a span, or of the root span of a trace or session.
     *
     * @param paths where it may be, the first that leads to something counts
     */
    record Json(Row row, List<List<Object>> paths) implements Term {
        @Override
        public Kind kind() {
            return Kind.JSON;
        }
    }

    /** An attribute's text: strings as they are, everything else as JSON. */
    record JsonText(Json json) implements Term {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    /** An attribute's number; also that of a text that is one. */
    record JsonNumber(Json json) implements Term {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** True or false; also of the texts true and false in any case, and of 1 and 0. */
    record JsonBool(Json json) implements Term {
        @Override
        public Kind kind() {
            return Kind.BOOLEAN;
        }
    }

    /** The number that a text is. */
    record Parsed(Term text) implements Term {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** One of {@code + - * / %}; missing where a part is, or where divided by zero. */
    record Arithmetic(char operator, Term left, Term right) implements Term {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    record Concatenation(Term left, Term right) implements Term {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    /** A part of an annotation. */
    record Annotation(Annotated target, String name, String part) implements Term {
        @Override
        public Kind kind() {
            return part.equals("score") ? Kind.NUMBER : Kind.TEXT;
        }
    }

    /**
     * A number made of elements.
     *
     * @param function len, sum, min or max
     * @param element null for len, which counts
     */
    record Reduction(String function, Loop loop, @Nullable Term element) implements Term {
        @Override
        public Kind kind() {
            return element == null ? Kind.NUMBER : element.kind();
        }
    }

    /** Whether a condition holds. */
    record Holds(Check check) implements Term {
        @Override
        public Kind kind() {
            return Kind.BOOLEAN;
        }
    }
}
