package dev.phoenix.server.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database has no room left. Reads go on, and writes once there is room again. */
public final class DiskFull {

    public static final String MESSAGE =
            "the disk of the database is full; free space or extend it, then repeat the request";

    private static final String POSTGRES_STATE = "53100";

    private DiskFull() {}

    /** Whether this is why something failed. */
    public static boolean caused(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isIt(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIt(SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            SQLiteErrorCode code = sqlite.getResultCode();
            // The second is the file that readers and the writer share beside the log.
            return code == SQLiteErrorCode.SQLITE_FULL
                    || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
        }
        return POSTGRES_STATE.equals(failure.getSQLState());
    }
}
