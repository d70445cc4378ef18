package dev.phoenix.server.db;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels queries that run, or are read from, for too long. */
final class ReadLimit implements ExecuteListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReadLimit.class);
    private static final Object RUNNING = new Object();

    private final Duration limit;
    private final ScheduledThreadPoolExecutor clock;
    private final LongAdder started = new LongAdder();

    ReadLimit(Duration limit) {
        this.limit = limit;
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, task -> Thread.ofPlatform().daemon().name("read-limit").unstarted(task));
        clock.setRemoveOnCancelPolicy(true);
    }

    /** How many queries there were. */
    long queries() {
        return started.sum();
    }

    @Override
    public void executeStart(ExecuteContext context) {
        started.increment();
        Statement statement = context.statement();
        if (statement != null) {
            Running query = new Running(statement);
            query.alarm = clock.schedule(query::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
            context.data(RUNNING, query);
        }
    }

    @Override
    public void exception(ExecuteContext context) {
        if (context.data(RUNNING) instanceof Running query && query.isExpired()) {
            context.exception(new ReadTimeoutException(limit));
        }
    }

    @Override
    public void end(ExecuteContext context) {
        if (context.data(RUNNING) instanceof Running query) {
            query.end();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static final class Running {

        private final Statement statement;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable ScheduledFuture<?> alarm;
        private boolean expired;
        private boolean ended;

        Running(Statement statement) {
            this.statement = statement;
        }

        /**
         * PostgreSQL is told through a connection of its own, for which the clock must not wait; a
         * virtual thread might itself wait for what is to be cancelled.
         */
        void expire() {
            Thread.ofPlatform().daemon().name("read-limit-cancel").start(this::cancel);
        }

        /** While the lock is held the connection cannot go on to another query. */
        private void cancel() {
            lock.lock();
            try {
                if (!ended) {
                    expired = true;
                    statement.cancel();
                }
            } catch (SQLException e) {
                log.warn("a query that took too long cannot be cancelled: {}", e.toString());
            } finally {
                lock.unlock();
            }
        }

        boolean isExpired() {
            lock.lock();
            try {
                return expired;
            } finally {
                lock.unlock();
            }
        }

        void end() {
            if (alarm != null) {
                alarm.cancel(false);
            }
            lock.lock();
            try {
                ended = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
