package dev.phoenix.server.project;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the other servers on the same PostgreSQL which projects changed, at most five times a
 * second, and hears from them. A notification carries {@code server:project:schema}; losses only
 * delay what polling finds anyway.
 */
@Component
class ProjectChangeFeed implements SmartLifecycle {

    private static final String CHANNEL = "phoenix_changes";
    private static final Duration PUBLISH_EVERY = Duration.ofMillis(200);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 1000;

    /** Anybody with access to the database may send on the channel. */
    private static final Pattern PROJECT_KEY = Pattern.compile("\\d{1,18}");

    private static final Logger log = LoggerFactory.getLogger(ProjectChangeFeed.class);

    private final Database database;
    private final ProjectChanges changes;
    private final InstantSource clock;
    private final String server = UUID.randomUUID().toString();
    private final Set<Long> unpublished = ConcurrentHashMap.newKeySet();
    private final Thread publisher =
            Thread.ofVirtual().name("change-publisher").unstarted(this::publishForever);
    private final Thread listener =
            Thread.ofVirtual().name("change-listener").unstarted(this::listenForever);
    private volatile boolean running;

    ProjectChangeFeed(Database database, ProjectChanges changes, InstantSource clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        if (database.engine() == Engine.POSTGRESQL) {
            changes.onLocalChange(unpublished::add);
            publisher.start();
            listener.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        publisher.interrupt();
        listener.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void publishForever() {
        while (pause(PUBLISH_EVERY)) {
            Set<Long> projects = Set.copyOf(unpublished);
            if (!projects.isEmpty()) {
                unpublished.removeAll(projects);
                publish(projects);
            }
        }
    }

    private void publish(Set<Long> projects) {
        String statement =
                "SELECT pg_notify('" + CHANNEL + "', ? || ':' || ? || ':' || current_schema())";
        try (Connection connection = database.writer().getConnection();
                PreparedStatement notify = connection.prepareStatement(statement)) {
            for (long project : projects) {
                notify.setString(1, server);
                notify.setString(2, Long.toString(project));
                notify.execute();
            }
        } catch (SQLException e) {
            log.debug(
                    "Changes of {} projects were not announced: {}",
                    projects.size(),
                    e.getSQLState());
        }
    }

    private void listenForever() {
        while (running) {
            try (Connection connection = database.writer().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                changes.everythingMayHaveChanged(clock.instant());
                listen(connection.unwrap(PGConnection.class), connection.getSchema());
                statement.execute("UNLISTEN *");
            } catch (SQLException e) {
                log.debug("Changes of other servers are not heard: {}", e.getSQLState());
                pause(RETRY_AFTER);
            }
        }
    }

    private void listen(PGConnection connection, String schema) throws SQLException {
        while (running) {
            PGNotification[] notifications = connection.getNotifications(POLL_MILLIS);
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
                && !parts[0].equals(server)
                && parts[2].equals(schema)
                && PROJECT_KEY.matcher(parts[1]).matches()) {
            changes.changedElsewhere(Long.parseLong(parts[1]), clock.instant());
        }
    }

    private boolean pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return running;
    }
}
