package dev.phoenix.server.filter;

import static org.jooq.impl.DSL.val;

import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jooq.Condition;
import org.jooq.Field;

/** Compares columns of whole numbers with any number: exactly, and so that an index can be used. */
final class WholeNumbers {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private WholeNumbers() {}

    static Condition compare(Columns.Whole whole, Operator operator, BigDecimal number) {
        Field<Long> column = whole.column();
        BigDecimal bound = number.multiply(BigDecimal.valueOf(whole.unit()));
        BigDecimal floor = bound.setScale(0, RoundingMode.FLOOR);
        BigDecimal ceiling = bound.setScale(0, RoundingMode.CEILING);
        boolean exact = floor.compareTo(ceiling) == 0 && fits(floor);
        return switch (operator) {
            case LT -> column.le(whole(ceiling.subtract(BigDecimal.ONE)));
            case LE -> column.le(whole(floor));
            case GT -> column.ge(whole(floor.add(BigDecimal.ONE)));
            case GE -> column.ge(whole(ceiling));
            // A missing number equals nothing, and differs from nothing.
            case EQ -> exact ? column.eq(whole(floor)) : column.ne(column);
            case NE -> exact ? column.ne(whole(floor)) : column.eq(column);
            default -> throw new IllegalArgumentException(operator.sign());
        };
    }

    private static boolean fits(BigDecimal number) {
        return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
    }

    private static Field<Long> whole(BigDecimal number) {
        return val(number.max(LEAST).min(MOST).longValueExact());
    }
}
