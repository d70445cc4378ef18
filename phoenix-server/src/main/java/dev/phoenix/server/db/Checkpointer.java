package dev.phoenix.server.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings committed pages from SQLite's write-ahead log into the database, beside the writer. SQLite
 * itself does so within a commit, for whose end spans then wait. As the log begins anew only when
 * nothing is left in it, what the writer adds meanwhile is brought over while it pauses.
 */
final class Checkpointer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    /** Many, because a page that is written again before is brought over once. */
    private static final int DUE_PAGES = 10_000;

    /** So few that a commit which waits for them is not noticed. */
    private static final int REST_PAGES = 1_000;

    /** A writer that is faster than this thread would be followed for ever. */
    private static final int MAX_ROUNDS = 4;

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final DataSource source;
    private final DataSource writer;
    private final Semaphore written = new Semaphore(0);
    private final Thread thread;
    private volatile boolean open = true;

    /**
     * @param source connections that may write, as durably as the writer does
     * @param writer the one connection through which everything is written
     */
    Checkpointer(DataSource source, DataSource writer) {
        this.source = source;
        this.writer = writer;
        this.thread = Thread.ofPlatform().daemon().name("checkpointer").start(this::run);
    }

    /** Something was committed. */
    void written() {
        if (written.availablePermits() == 0) {
            written.release();
        }
    }

    private void run() {
        while (open) {
            try (Connection connection = source.getConnection()) {
                follow(connection);
            } catch (SQLException e) {
                log.warn("The write-ahead log grows, it could not be emptied: {}", Reason.of(e));
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void follow(Connection connection) throws SQLException, InterruptedException {
        while (open) {
            written.acquire();
            written.drainPermits();
            if (left(connection, "NOOP") >= DUE_PAGES) {
                empty(connection);
            }
            Thread.sleep(LOOK);
        }
    }

    private void empty(Connection connection) throws SQLException {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            left(connection, "PASSIVE");
            if (left(connection, "NOOP") <= REST_PAGES) {
                break;
            }
        }
        try (Connection paused = writer.getConnection()) {
            left(paused, "PASSIVE");
        }
    }

    /** Pages of the log that are not in the database after a checkpoint of this mode. */
    private static int left(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            row.next();
            return row.getInt("log") - row.getInt("checkpointed");
        }
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
