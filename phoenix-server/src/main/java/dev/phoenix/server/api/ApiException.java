package dev.phoenix.server.api;

import org.springframework.http.HttpStatus;

/**
 * A request that cannot be answered. The message is what the caller reads: wrong value, rule, way
 * out.
 */
public final class ApiException extends RuntimeException {

    private final HttpStatus status;
    private final String message;

    public ApiException(HttpStatus status, String message) {
        super(message);
        this.status = status;
        this.message = message;
    }

    public static ApiException badRequest(String message) {
        return new ApiException(HttpStatus.BAD_REQUEST, message);
    }

    public static ApiException notFound(String message) {
        return new ApiException(HttpStatus.NOT_FOUND, message);
    }

    public static ApiException unprocessable(String message) {
        return new ApiException(HttpStatus.UNPROCESSABLE_CONTENT, message);
    }

    @Override
    public String getMessage() {
        return message;
    }

    public HttpStatus status() {
        return status;
    }
}
