package dev.phoenix.server.api;

import java.util.Map;

/** Why a parameter's text is no value of its type, with the machine code that clients read. */
final class InvalidParameter extends IllegalArgumentException {

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

    String code() {
        return code;
    }

    Map<String, Object> context() {
        return context;
    }
}
