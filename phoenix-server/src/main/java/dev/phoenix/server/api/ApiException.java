package dev.phoenix.server.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that cannot be answered. The message is what the caller reads: wrong value, rule, way
 * out.
 */
public final class ApiException extends RuntimeException {

    private final HttpStatus status;
    private final String message;
    private final @Nullable Duration retryAfter;

    public ApiException(HttpStatus status, String message) {
        this(status, message, null);
    }

    private ApiException(HttpStatus status, String message, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.message = message;
        this.retryAfter = retryAfter;
    }

    /**
     * @param retryAfter when it is worth another try
     */
    public static ApiException tooManyRequests(String message, Duration retryAfter) {
        return new ApiException(HttpStatus.TOO_MANY_REQUESTS, message, retryAfter);
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

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
