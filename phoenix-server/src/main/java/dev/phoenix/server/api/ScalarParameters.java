package dev.phoenix.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.beans.PropertyEditorSupport;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Reads numbers, booleans and enums. These are editors, because after a failed converter Spring
 * tries ways of its own, which know fewer booleans, take {@code 0x10} and {@code NaN} for numbers,
 * and know enums by the names of their Java constants.
 */
@ControllerAdvice
class ScalarParameters {

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "t", "y");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "f", "n");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,100}");

    @InitBinder
    void register(WebDataBinder binder, HttpServletRequest request) {
        binder.registerCustomEditor(boolean.class, new Parsed(ScalarParameters::bool));
        binder.registerCustomEditor(Boolean.class, new Parsed(ScalarParameters::bool));
        binder.registerCustomEditor(int.class, new Parsed(ScalarParameters::integer));
        binder.registerCustomEditor(Double.class, new Parsed(ScalarParameters::number));
        wireEnums(request)
                .forEach(
                        type ->
                                binder.registerCustomEditor(
                                        type, new Parsed(text -> constant(type, text))));
    }

    /** Those of the handler that is about to be called. */
    private static Stream<Class<?>> wireEnums(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE)
                        instanceof HandlerMethod handler
                ? Arrays.stream(handler.getMethodParameters())
                        .<Class<?>>map(MethodParameter::getParameterType)
                        .filter(WireEnum.class::isAssignableFrom)
                : Stream.empty();
    }

    private static Object constant(Class<?> type, String text) {
        Object[] constants = Objects.requireNonNull(type.getEnumConstants());
        return Arrays.stream(constants)
                .filter(constant -> ((WireEnum) constant).wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> noneOf(constants));
    }

    private static InvalidParameter noneOf(Object[] constants) {
        String expected =
                Arrays.stream(constants)
                        .map(constant -> "'" + ((WireEnum) constant).wireName() + "'")
                        .collect(Collectors.joining(" or "));
        return new InvalidParameter(
                "literal_error", "Input should be " + expected, Map.of("expected", expected));
    }

    private static Boolean bool(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
            throw InvalidParameter.noBoolean();
        }
        return TRUE.contains(lower);
    }

    /** Saturates: a number too large for an int fails the parameter's range, not its type. */
    private static Integer integer(String text) {
        String trimmed = text.strip();
        if (!INTEGER.matcher(trimmed).matches()) {
            throw InvalidParameter.noInteger();
        }
        BigInteger number = new BigInteger(trimmed);
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    private static Double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told like the numbers JSON does not know.
        }
        throw InvalidParameter.noNumber();
    }

    private static final class Parsed extends PropertyEditorSupport {

        private final Function<String, Object> parser;

        Parsed(Function<String, Object> parser) {
            this.parser = parser;
        }

        @Override
        public void setAsText(String text) {
            setValue(parser.apply(text));
        }
    }
}
