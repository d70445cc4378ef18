package dev.phoenix.server.api;

import java.util.Map;

/** Why a parameter's text is no value of its type, with the machine code that clients read. */
final class InvalidParameter extends IllegalArgumentException {

    static final String NO_TIME =
            "Input should be a valid datetime or date, such as 2026-01-31T12:00:00+00:00";

    private final String code;
    private final transient Map<String, Object> context;

    InvalidParameter(String code, String message, Map<String, Object> context) {
        super(message);
        this.code = code;
        this.context = context;
    }

    static InvalidParameter noBoolean() {
        return new InvalidParameter(
                "bool_parsing",
                "Input should be a valid boolean, unable to interpret input",
                Map.of());
    }

    static InvalidParameter noInteger() {
        return new InvalidParameter(
                "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer",
                Map.of());
    }

    static InvalidParameter noNumber() {
        return new InvalidParameter(
                "float_parsing",
                "Input should be a valid number, unable to parse string as a number",
                Map.of());
    }

    static InvalidParameter noTime() {
        return new InvalidParameter(
                "datetime_from_date_parsing",
                NO_TIME,
                Map.of("error", "no ISO 8601 date or time, and no unix time"));
    }

    String code() {
        return code;
    }

    Map<String, Object> context() {
        return context;
    }
}
