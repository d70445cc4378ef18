package dev.phoenix.server.ingest.write;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failed batch means: try again, blame a span, or report that the database is not there. */
public enum SqlFailure {
    /** Another server was faster or in the way; the same batch will succeed. */
    CONFLICT,
    /**
     * The connection is gone, perhaps after a commit whose answer was lost. The next one may work,
     * and the batch leaves alone what it finds.
     */
    CONNECTION_LOST,
    /** A value cannot be stored, however often it is tried. */
    DATA,
    UNAVAILABLE;

    public static SqlFailure of(SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            return ofSqlite(sqlite.getResultCode());
        }
        if (failure instanceof SQLTransientConnectionException) {
            // Of the pool, which has tried for as long as anybody waits.
            return UNAVAILABLE;
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
            // The administrator's shutdown, a crash, a start that is not over.
            case "57P01", "57P02", "57P03" -> CONNECTION_LOST;
            // Not null and check violations.
            case "23502", "23514" -> DATA;
            default -> ofPostgresClass(state.substring(0, Math.min(2, state.length())));
        };
    }

    private static SqlFailure ofPostgresClass(String stateClass) {
        return switch (stateClass) {
            case "08" -> CONNECTION_LOST;
            case "22", "54" -> DATA;
            default -> UNAVAILABLE;
        };
    }

    /** Rows are gone that the batch had found; it finds others when it is replayed. */
    static SQLException conflict(String message) {
        return new SQLException(message, "40001");
    }

    /** How often the same batch is tried again. */
    int replays() {
        return switch (this) {
            case CONFLICT -> 5;
            // Once, because each try may take as long as a silent network is waited for.
            case CONNECTION_LOST -> 1;
            case DATA, UNAVAILABLE -> 0;
        };
    }

    public boolean blamesData() {
        return this == DATA;
    }
}
