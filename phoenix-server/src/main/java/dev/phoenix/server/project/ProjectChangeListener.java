package dev.phoenix.server.project;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.stereotype.Component;

/**
 * Hears which projects changed on other servers. A pass lasts as long as its connection does, which
 * is normally until the server stops.
 */
@Component
class ProjectChangeListener extends BackgroundWorker {

    private static final int POLL_MILLIS = 1000;
    private static final int POLLS_PER_QUESTION = 10;

    /** Anybody with access to the database may send on the channel. */
    private static final Pattern PROJECT_KEY = Pattern.compile("\\d{1,18}");

    private final Database database;
    private final ProjectChanges changes;
    private final ProjectChangeAnnouncer announcer;
    private final InstantSource clock;

    ProjectChangeListener(
            Database database,
            ProjectChanges changes,
            ProjectChangeAnnouncer announcer,
            InstantSource clock) {
        super("change-listener", Pacing.UNLIMITED);
        this.database = database;
        this.changes = changes;
        this.announcer = announcer;
        this.clock = clock;
    }

    @Override
    protected Duration pass() throws SQLException {
        try (Connection connection = database.writer().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + ProjectChangeAnnouncer.CHANNEL);
            changes.everythingMayHaveChanged(clock.instant());
            listen(connection, statement);
            statement.execute("UNLISTEN *");
        }
        return Duration.ZERO;
    }

    private void listen(Connection connection, Statement statement) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        String schema = connection.getSchema();
        for (int silent = 0; isRunning(); silent++) {
            PGNotification[] notifications = listening.getNotifications(POLL_MILLIS);
            if (silent == POLLS_PER_QUESTION) {
                // Who only listens does not hear that the network is gone.
                statement.execute("SELECT 1");
                silent = 0;
            }
            if (notifications != null) {
                for (PGNotification notification : notifications) {
                    hear(notification.getParameter(), schema);
                }
            }
        }
    }

    private void hear(String message, String schema) {
        String[] parts = message.split(":", 3);
        if (parts.length == 3
                && !parts[0].equals(announcer.server())
                && parts[2].equals(schema)
                && PROJECT_KEY.matcher(parts[1]).matches()) {
            changes.changedElsewhere(Long.parseLong(parts[1]), clock.instant());
        }
    }

    @Override
    public boolean isAutoStartup() {
        return database.engine() == Engine.POSTGRESQL;
    }
}
