package dev.phoenix.server.api;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a sort value travels inside a cursor. Times and latencies are nanoseconds here and in the
 * store; the wire writes them as ISO time and as milliseconds without losing a digit.
 */
public enum SortKey {
    DATETIME {
        @Override
        String write(Object value) {
            return Timestamps.formatExact((Long) value);
        }

        @Override
        Object read(String text) {
            return Timestamps.nanos(Timestamps.parse(text));
        }
    },
    FLOAT {
        @Override
        String write(Object value) {
            return BigDecimal.valueOf((Long) value, 6).stripTrailingZeros().toPlainString();
        }

        @Override
        Object read(String text) {
            return new BigDecimal(text)
                    .movePointRight(6)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .longValueExact();
        }
    },
    INTEGER {
        @Override
        Object read(String text) {
            return Long.valueOf(text);
        }
    },
    /** A number as it is, not a finer unit of one. */
    NUMBER {
        @Override
        Object read(String text) {
            double number = Double.parseDouble(text);
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(text);
            }
            return number;
        }
    },
    STRING;

    String write(Object value) {
        return value.toString();
    }

    /**
     * @throws IllegalArgumentException, ArithmeticException or DateTimeException if the text is no
     *     value of this kind
     */
    Object read(String text) {
        return text;
    }
}
