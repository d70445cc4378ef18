package dev.phoenix.server.filter.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads numbers in the spellings of Python. */
final class Numbers {

    private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(400);

    private Numbers() {}

    static BigDecimal of(Token token) {
        BigDecimal value = value(token.text());
        if (!Double.isFinite(value.doubleValue())) {
            throw new FilterException(
                    token.range(), "numbers must be below 1.8e308, this one is too large");
        }
        // What is zero as a double is zero everywhere: 1e-999999999 must not grow digits.
        return value.doubleValue() == 0 ? BigDecimal.ZERO : value;
    }

    private static BigDecimal value(String text) {
        if (text.length() > 1 && text.charAt(0) == '0') {
            switch (text.charAt(1)) {
                case 'x' -> {
                    return integer(text, 16);
                }
                case 'o' -> {
                    return integer(text, 8);
                }
                case 'b' -> {
                    return integer(text, 2);
                }
                default -> {}
            }
        }
        try {
            return new BigDecimal(text.endsWith(".") ? text + "0" : text);
        } catch (NumberFormatException e) {
            // The exponent has more digits than an int.
            return text.contains("e-") ? BigDecimal.ZERO : TOO_LARGE;
        }
    }

    private static BigDecimal integer(String text, int radix) {
        return new BigDecimal(new BigInteger(text.substring(2), radix));
    }
}
