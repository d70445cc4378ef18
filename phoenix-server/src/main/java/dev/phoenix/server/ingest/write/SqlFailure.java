package dev.phoenix.server.ingest.write;

import java.sql.SQLException;

/** What a failed batch means: try again, blame a span, or report that the database is not there. */
enum SqlFailure {
    /** Another server was faster or in the way; the same batch will succeed. */
    CONFLICT,
    /** A value cannot be stored, however often it is tried. */
    DATA,
    UNAVAILABLE;

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_TOO_BIG = 18;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_MISMATCH = 20;

    static SqlFailure of(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? ofSqlite(failure.getErrorCode() & 0xFF) : ofPostgres(state);
    }

    private static SqlFailure ofSqlite(int primaryCode) {
        return switch (primaryCode) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CONSTRAINT -> CONFLICT;
            case SQLITE_TOO_BIG, SQLITE_MISMATCH -> DATA;
            default -> UNAVAILABLE;
        };
    }

    private static SqlFailure ofPostgres(String state) {
        return switch (state) {
            // Serialization failure, deadlock, unique and foreign key violations: rows changed
            // under the batch.
            case "40001", "40P01", "23505", "23503" -> CONFLICT;
            default -> state.startsWith("22") || state.startsWith("54") ? DATA : UNAVAILABLE;
        };
    }

    boolean isWorthReplaying() {
        return this == CONFLICT;
    }

    boolean blamesData() {
        return this == DATA;
    }
}
