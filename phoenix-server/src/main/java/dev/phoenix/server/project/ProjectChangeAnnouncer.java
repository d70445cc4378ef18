package dev.phoenix.server.project;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Tells the other servers on the same PostgreSQL which projects changed, at most five times a
 * second. A notification carries {@code server:project:schema}; losses only delay what polling
 * finds anyway.
 */
@Component
class ProjectChangeAnnouncer extends BackgroundWorker {

    static final String CHANNEL = "phoenix_changes";

    private static final Pacing PACING = new Pacing(Duration.ofMillis(200), 0);

    /** Changes wake it; there is nothing else to look for. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Database database;
    private final String server = UUID.randomUUID().toString();
    private final Set<Long> unannounced = ConcurrentHashMap.newKeySet();

    ProjectChangeAnnouncer(Database database, ProjectChanges changes) {
        super("change-announcer", PACING);
        this.database = database;
        if (isAutoStartup()) {
            changes.onLocalChange(this::announceSoon);
        }
    }

    /** What this server's notifications begin with. */
    String server() {
        return server;
    }

    private void announceSoon(long project) {
        if (unannounced.add(project)) {
            wake();
        }
    }

    @Override
    protected Duration pass() throws SQLException {
        Set<Long> projects = Set.copyOf(unannounced);
        if (!projects.isEmpty()) {
            unannounced.removeAll(projects);
            announce(projects);
        }
        return IDLE;
    }

    private void announce(Set<Long> projects) throws SQLException {
        String statement =
                "SELECT pg_notify('" + CHANNEL + "', ? || ':' || ? || ':' || current_schema())";
        try (Connection connection = database.writer().getConnection();
                PreparedStatement notify = connection.prepareStatement(statement)) {
            for (long project : projects) {
                notify.setString(1, server);
                notify.setString(2, Long.toString(project));
                notify.execute();
            }
        }
    }

    @Override
    public boolean isAutoStartup() {
        return database.engine() == Engine.POSTGRESQL;
    }
}
