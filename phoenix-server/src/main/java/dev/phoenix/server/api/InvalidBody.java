package dev.phoenix.server.api;

import java.util.List;

/** A request body that is JSON, but not what the operation takes. Every wrong field is named. */
public final class InvalidBody extends RuntimeException {

    private final transient List<ValidationError> errors;

    public InvalidBody(List<ValidationError> errors) {
        super("the request body has " + errors.size() + " invalid fields");
        this.errors = List.copyOf(errors);
    }

    public static InvalidBody notJson() {
        return new InvalidBody(List.of(BodyErrors.notJson()));
    }

    List<ValidationError> errors() {
        return errors;
    }
}
