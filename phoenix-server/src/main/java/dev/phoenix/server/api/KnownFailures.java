package dev.phoenix.server.api;

import dev.phoenix.server.db.DiskFull;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Tells failures that callers caused from those they did not. */
final class KnownFailures {

    /** What PostgreSQL says to a text with a NUL. */
    private static final String INVALID_CHARACTER = "22021";

    private KnownFailures() {}

    static @Nullable ApiException find(Throwable failure) {
        return switch (failure) {
            case ApiException known -> known;
            case DataAccessException e when INVALID_CHARACTER.equals(e.sqlState()) ->
                    ApiException.unprocessable(
                            "text must not contain the NUL character; remove it");
            default ->
                    DiskFull.caused(failure)
                            ? new ApiException(HttpStatus.INSUFFICIENT_STORAGE, DiskFull.MESSAGE)
                            : null;
        };
    }
}
