package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Adds up traces that are too deep to be added up with every batch. Which they are is stored with
 * them, so that a server that stops leaves them to the next one.
 */
@Component
class DeferredSums implements SmartLifecycle {

    /** What was deferred is to be seen within a second. */
    private static final Duration DELAY = Duration.ofMillis(200);

    /** Looks for what other servers left behind. */
    private static final Duration ROUND = Duration.ofMinutes(1);

    /** Pauses this many times as long as it worked, so that batches keep most of the time. */
    private static final int PAUSE = 4;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(DeferredSums.class);

    private final Database database;
    private final SqlText sql;
    private final TreeRows treeRows;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean due = true;
    private boolean stopping;
    private volatile boolean running;

    DeferredSums(Database database) {
        this.database = database;
        this.sql = SqlText.of(database.engine());
        this.treeRows = new TreeRows(sql);
        this.thread = Thread.ofPlatform().daemon().name("deferred-sums").unstarted(this::run);
    }

    /** A batch that deferred sums has been committed. */
    void sumSoon() {
        lock.lock();
        try {
            due = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (pause(pause) && awaitDue()) {
            long started = System.nanoTime();
            try {
                sumAll();
            } catch (SQLException e) {
                log.warn("Sums of deep traces have to wait: {}", e.toString());
            }
            Duration worked = Duration.ofNanos(System.nanoTime() - started);
            pause = worked.multipliedBy(PAUSE);
        }
    }

    /**
     * @return false when the server stops
     */
    private boolean pause(Duration time) {
        lock.lock();
        try {
            long nanos = Math.max(time.toNanos(), DELAY.toNanos());
            while (!stopping && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
        return !stopping;
    }

    private boolean awaitDue() {
        lock.lock();
        try {
            long nanos = ROUND.toNanos();
            while (!stopping && !due && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            due = false;
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void sumAll() throws SQLException {
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

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
        lock.lock();
        try {
            stopping = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(MAX_WAIT)) {
                log.error("{} is still busy", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
