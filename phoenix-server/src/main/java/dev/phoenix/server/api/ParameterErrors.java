package dev.phoenix.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MissingRequestCookieException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Spring's parameter failures in the words of the contract. */
final class ParameterErrors {

    private ParameterErrors() {}

    static ValidationError mistyped(MethodArgumentTypeMismatchException failure) {
        InvalidParameter reason = reason(failure);
        return new ValidationError(
                reason.code(),
                location(failure.getParameter()),
                String.valueOf(reason.getMessage()),
                failure.getValue(),
                reason.context());
    }

    static List<ValidationError> outOfRange(
            HandlerMethodValidationException failure, HttpServletRequest request) {
        return failure.getParameterValidationResults().stream()
                .flatMap(
                        result ->
                                result.getResolvableErrors().stream()
                                        .map(error -> broken(result, error, request)))
                .toList();
    }

    static ValidationError missing(MissingServletRequestParameterException failure) {
        List<Object> where = List.of("query", failure.getParameterName());
        return new ValidationError("missing", where, "Field required", null, Map.of());
    }

    static ValidationError missing(MissingRequestCookieException failure) {
        List<Object> where = List.of("cookie", failure.getCookieName());
        return new ValidationError("missing", where, "Field required", null, Map.of());
    }

    private static InvalidParameter reason(MethodArgumentTypeMismatchException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidParameter invalid) {
                return invalid;
            }
        }
        throw failure;
    }

    private static ValidationError broken(
            ParameterValidationResult result,
            MessageSourceResolvable error,
            HttpServletRequest request) {
        var violation = result.unwrap(error, ConstraintViolation.class);
        var attributes = violation.getConstraintDescriptor().getAttributes();
        String constraint =
                violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName();
        Object bound = attributes.getOrDefault("value", 0);
        List<Object> where = location(result.getMethodParameter());
        // As it was sent: what was read of it may be another number.
        String sent = request.getParameter(String.valueOf(where.getLast()));
        String input = sent == null ? String.valueOf(result.getArgument()) : sent;
        return switch (constraint) {
            case "Positive" -> limit("greater_than", "gt", "greater than", 0, where, input);
            case "PositiveOrZero" ->
                    limit("greater_than_equal", "ge", "greater than or equal to", 0, where, input);
            case "Max" ->
                    limit("less_than_equal", "le", "less than or equal to", bound, where, input);
            case "Size" ->
                    new ValidationError(
                            "string_too_short",
                            where,
                            "String should have at least 1 character",
                            input,
                            Map.of("min_length", 1));
            default ->
                    new ValidationError(
                            "value_error", where, violation.getMessage(), input, Map.of());
        };
    }

    private static ValidationError limit(
            String code, String key, String words, Object bound, List<Object> where, String input) {
        String message = "Input should be " + words + " " + bound;
        return new ValidationError(code, where, message, input, Map.of(key, bound));
    }

    private static List<Object> location(MethodParameter parameter) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        String name =
                query != null
                        ? query.name()
                        : path != null ? path.name() : parameter.getParameterName();
        return List.of(
                path == null ? "query" : "path",
                StringUtils.hasText(name) ? name : String.valueOf(parameter.getParameterName()));
    }
}
