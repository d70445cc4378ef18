package dev.phoenix.server.ingest.write;

import java.sql.SQLException;

/** A batch was not stored because the database did not do its part. Carries no values of spans. */
final class WriteFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WriteFailedException(SQLException cause) {
        super("SQL state " + cause.getSQLState() + ", code " + cause.getErrorCode(), cause);
    }
}
