package dev.phoenix.server.ingest.write;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failed batch means: try again, blame a span, or report that the database is not there. */
public enum SqlFailure {
    /** Another server was faster or in the way; the same batch will succeed. */
    CONFLICT,
    /** A value cannot be stored, however often it is tried. */
    DATA,
    UNAVAILABLE;

    public static SqlFailure of(SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            return ofSqlite(sqlite.getResultCode());
        }
        String state = failure.getSQLState();
        return state == null ? UNAVAILABLE : ofPostgres(state);
    }

    private static SqlFailure ofSqlite(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_BUSY,
                    SQLITE_BUSY_SNAPSHOT,
                    SQLITE_LOCKED,
                    SQLITE_CONSTRAINT_UNIQUE,
                    SQLITE_CONSTRAINT_PRIMARYKEY,
                    SQLITE_CONSTRAINT_FOREIGNKEY ->
                    CONFLICT;
            case SQLITE_TOOBIG,
                    SQLITE_MISMATCH,
                    SQLITE_CONSTRAINT,
                    SQLITE_CONSTRAINT_CHECK,
                    SQLITE_CONSTRAINT_TRIGGER,
                    SQLITE_CONSTRAINT_NOTNULL ->
                    DATA;
            default -> UNAVAILABLE;
        };
    }

    private static SqlFailure ofPostgres(String state) {
        return switch (state) {
            // Serialization failure, deadlock, unique and foreign key violations: rows changed
            // under the batch.
            case "40001", "40P01", "23505", "23503" -> CONFLICT;
            // Not null and check violations.
            case "23502", "23514" -> DATA;
            default -> state.startsWith("22") || state.startsWith("54") ? DATA : UNAVAILABLE;
        };
    }

    /** Rows are gone that the batch had found; it finds others when it is replayed. */
    static SQLException conflict(String message) {
        return new SQLException(message, "40001");
    }

    boolean isWorthReplaying() {
        return this == CONFLICT;
    }

    public boolean blamesData() {
        return this == DATA;
    }
}
