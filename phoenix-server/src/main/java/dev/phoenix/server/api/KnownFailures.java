package dev.phoenix.server.api;

import dev.phoenix.server.db.DiskFull;
import dev.phoenix.server.db.ReadTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Tells failures that callers can do something about from those they cannot. */
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
            case DataAccessException e
                    when e.getCause(SQLTransientConnectionException.class) != null ->
                    new ApiException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "every connection that PHOENIX_DATABASE_POOL_SIZE leaves for reading is busy; try again");
            case ReadTimeoutException e ->
                    new ApiException(HttpStatus.GATEWAY_TIMEOUT, String.valueOf(e.getMessage()));
            default ->
                    DiskFull.caused(failure)
                            ? new ApiException(HttpStatus.INSUFFICIENT_STORAGE, DiskFull.MESSAGE)
                            : null;
        };
    }
}
