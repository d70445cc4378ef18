package dev.phoenix.server.ingest.write;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.settings.ApiSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Adds up traces that are too deep to be added up with every batch. Which they are is stored with
 * them, so that a server that stops leaves them to the next one.
 */
@Component
class DeferredSums extends BackgroundWorker {

    /** What was deferred is to be seen within a second, and batches keep most of the time. */
    private static final Pacing PACING = new Pacing(Duration.ofMillis(200), 4);

    /** Looks for what other servers left behind. */
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final Database database;
    private final SqlText sql;
    private final TreeRows treeRows;
    private final boolean enabled;

    DeferredSums(Database database, ApiSettings settings) {
        super("deferred-sums", PACING);
        this.database = database;
        this.sql = SqlText.of(database.engine());
        this.treeRows = new TreeRows(sql);
        this.enabled = !settings.readOnly();
    }

    /** A batch that deferred sums has been committed. */
    void sumSoon() {
        wake();
    }

    @Override
    protected Duration pass() throws SQLException {
        for (long trace : deferred()) {
            database.write(
                    connection -> {
                        sql.begin(connection);
                        if (lock(connection, trace)) {
                            treeRows.sumAnew(connection, trace);
                            settle(connection, trace);
                        }
                        return trace;
                    });
        }
        return ROUND;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    private List<Long> deferred() throws SQLException {
        List<Long> traces = new ArrayList<>();
        try (Connection connection = database.reader().getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT id FROM traces WHERE sums_deferred = 1 LIMIT 1000");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                traces.add(rows.getLong(1));
            }
        }
        return traces;
    }

    /**
     * @return whether the sums are still to be added up
     */
    private boolean lock(Connection connection, long trace) throws SQLException {
        String query =
                "SELECT id FROM traces WHERE id = ? AND sums_deferred = 1 " + sql.lockingRows();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, trace);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void settle(Connection connection, long trace) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE traces SET sums_deferred = 0 WHERE id = ?")) {
            update.setLong(1, trace);
            update.executeUpdate();
        }
    }
}
