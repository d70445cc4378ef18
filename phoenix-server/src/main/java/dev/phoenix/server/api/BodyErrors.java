package dev.phoenix.server.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a JSON body, in the words of the contract. */
final class BodyErrors {

    /** A step of {@code data[0].annotatorKind}. */
    private static final Pattern STEP = Pattern.compile("(\\w+)|\\[(\\d+)]");

    private static final Pattern HUMP = Pattern.compile("([A-Z])");

    private BodyErrors() {}

    /** No JSON, or a member of the wrong type. */
    static ValidationError unreadable(HttpMessageNotReadableException failure) {
        Throwable cause = failure.getCause();
        if (!(cause instanceof JacksonException mismatch)
                || !(cause instanceof DatabindException
                        || cause instanceof InputCoercionException)) {
            return notJson();
        }
        List<Object> where = new ArrayList<>(List.of("body"));
        mismatch.getPath()
                .forEach(
                        step ->
                                where.add(
                                        step.getPropertyName() == null
                                                ? (Object) step.getIndex()
                                                : step.getPropertyName()));
        Class<?> expected =
                switch (mismatch) {
                    case MismatchedInputException input -> input.getTargetType();
                    case InputCoercionException number -> number.getTargetType();
                    default -> null;
                };
        Object input =
                mismatch instanceof InvalidFormatException wrong
                        ? WrongInput.shown(wrong.getValue())
                        : null;
        return new ValidationError(code(expected), where, message(expected), input, Map.of());
    }

    static ValidationError notJson() {
        return new ValidationError(
                "json_invalid", List.of("body"), "JSON decode error", Map.of(), Map.of());
    }

    /** No body of JSON at all. */
    static ValidationError noObject() {
        return new ValidationError(
                "model_attributes_type",
                List.of("body"),
                "Input should be a JSON object; send it as application/json",
                null,
                Map.of());
    }

    /** Members that are missing, or values outside of their bounds. */
    static List<ValidationError> invalid(MethodArgumentNotValidException failure) {
        return failure.getFieldErrors().stream().map(BodyErrors::invalid).distinct().toList();
    }

    private static ValidationError invalid(FieldError error) {
        List<Object> where = new ArrayList<>(List.of("body"));
        // A null in a list is called data[0].<list element>.
        Matcher step = STEP.matcher(error.getField().replaceAll("<.*>", ""));
        while (step.find()) {
            where.add(
                    step.group(1) == null
                            ? (Object) Integer.valueOf(step.group(2))
                            : HUMP.matcher(step.group(1))
                                    .replaceAll("_$1")
                                    .toLowerCase(Locale.ROOT));
        }
        String broken =
                error.getRejectedValue() == null ? "NotNull" : String.valueOf(error.getCode());
        return switch (broken) {
            case "NotNull" ->
                    new ValidationError("missing", where, "Field required", null, Map.of());
            case "NotBlank" ->
                    new ValidationError(
                            "string_too_short",
                            where,
                            "String should have at least 1 character",
                            error.getRejectedValue(),
                            Map.of("min_length", 1));
            default ->
                    new ValidationError(
                            "value_error",
                            where,
                            String.valueOf(error.getDefaultMessage()),
                            error.getRejectedValue(),
                            Map.of());
        };
    }

    private static String code(@Nullable Class<?> expected) {
        if (expected == null) {
            return "value_error";
        }
        if (expected.isEnum()) {
            return "literal_error";
        }
        if (expected == String.class) {
            return "string_type";
        }
        if (expected == Boolean.class || expected == boolean.class) {
            return "bool_type";
        }
        if (expected == Instant.class) {
            return "datetime_from_date_parsing";
        }
        if (Collection.class.isAssignableFrom(expected)) {
            return "list_type";
        }
        if (Map.class.isAssignableFrom(expected)) {
            return "dict_type";
        }
        if (Number.class.isAssignableFrom(expected) || expected.isPrimitive()) {
            return expected == Double.class ? "float_type" : "int_type";
        }
        return "model_attributes_type";
    }

    private static String message(@Nullable Class<?> expected) {
        if (expected == null) {
            return "Input should be a valid value";
        }
        return switch (code(expected)) {
            case "literal_error" -> "Input should be " + constants(expected);
            case "string_type" -> "Input should be a valid string";
            case "bool_type" -> "Input should be a valid boolean";
            case "datetime_from_date_parsing" -> InvalidParameter.NO_TIME;
            case "list_type" -> "Input should be a valid list";
            case "float_type" -> "Input should be a valid number";
            case "int_type" -> "Input should be a valid integer";
            default -> "Input should be a valid object";
        };
    }

    private static String constants(Class<?> expected) {
        return Arrays.stream(expected.getEnumConstants())
                .map(constant -> constant instanceof WireEnum wire ? wire.wireName() : constant)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(" or "));
    }
}
