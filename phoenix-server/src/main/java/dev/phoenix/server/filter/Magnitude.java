package dev.phoenix.server.filter;

import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.filter.syntax.Range;

/**
 * Between which powers of ten a number that is not zero can be. One engine fails where a product
 * leaves the range of a double, so a condition is refused whose products could.
 *
 * @param least the smallest magnitude
 * @param most the largest
 */
record Magnitude(int least, int most) {

    /** Numbers from outside that are smaller or larger cannot be calculated with. */
    static final int OF_ATTRIBUTES = 30;

    private static final int OF_DOUBLES = 290;

    /** How many digits a difference can lose. */
    private static final int DIGITS = 17;

    static Term checked(Term.Arithmetic term, Range range) {
        Magnitude magnitude = of(term);
        if (magnitude.least < -OF_DOUBLES || magnitude.most > OF_DOUBLES) {
            throw new FilterException(
                    range,
                    "the numbers could become too large or too small to calculate with: multiply"
                            + " and divide fewer of them");
        }
        return term;
    }

    private static Magnitude of(Term term) {
        return switch (term) {
            case Term.Numeral(var value) when value.signum() == 0 -> new Magnitude(0, 0);
            case Term.Numeral(var value) -> {
                int power = value.precision() - value.scale();
                yield new Magnitude(power - 1, power);
            }
            case Term.Arithmetic(char operator, Term left, Term right) -> {
                Magnitude a = of(left);
                Magnitude b = of(right);
                int least = Math.min(a.least, b.least) - DIGITS;
                yield switch (operator) {
                    case '*' -> new Magnitude(a.least + b.least, a.most + b.most);
                    case '/' -> new Magnitude(a.least - b.most, a.most - b.least);
                    case '%' -> new Magnitude(least, Math.max(a.most, a.most - b.least) + 1);
                    default -> new Magnitude(least, Math.max(a.most, b.most) + 1);
                };
            }
            default -> new Magnitude(-OF_ATTRIBUTES, OF_ATTRIBUTES);
        };
    }
}
