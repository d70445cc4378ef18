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
import java.util.Set;
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
    private final Revisions revisions;
    private final SettledCalls settledCalls;
    private volatile boolean looksBack = true;
    private final boolean enabled;

    DeferredSums(
            Database database,
            Revisions revisions,
            SettledCalls settledCalls,
            ApiSettings settings) {
        super("deferred-sums", PACING);
        this.database = database;
        this.revisions = revisions;
        this.settledCalls = settledCalls;
        this.enabled = !settings.readOnly();
    }

    /** A batch that deferred sums has been committed. */
    void sumSoon() {
        wake();
    }

    /** A batch has been committed whose calls could not be settled. */
    void settleSoon() {
        looksBack = true;
        wake();
    }

    @Override
    protected Duration pass() throws SQLException {
        if (looksBack) {
            settledCalls.settleLast();
            looksBack = false;
        }
        for (long trace : deferred()) {
            revisions.settle(Set.of(trace));
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
}
