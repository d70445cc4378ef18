package dev.phoenix.server.api;

import java.math.BigDecimal;

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
            // Other ways to move the point write out all the zeros of 1e999999999.
            return new BigDecimal(text).scaleByPowerOfTen(6).longValueExact();
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
    STRING {
        @Override
        Object read(String text) {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("nothing that is stored has a NUL");
            }
            return text;
        }
    };

    String write(Object value) {
        return value.toString();
    }

    /**
     * @throws IllegalArgumentException, ArithmeticException or DateTimeException if the text is no
     *     value of this kind
     */
    abstract Object read(String text);
}
