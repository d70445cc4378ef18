package dev.phoenix.server.db;

import java.time.Duration;

/** A query was cancelled because it took too long. */
public final class ReadTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReadTimeoutException(Duration limit) {
        super(
                "reading took longer than the %d seconds that PHOENIX_READ_TIMEOUT_SECONDS allows; ask for fewer rows or a shorter time"
                        .formatted(limit.toSeconds()));
    }
}
