package dev.phoenix.server.db;

import static dev.phoenix.server.db.jooq.Tables.KEY_BLOCKS;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Hands out keys before rows are written, so that inserts need no round trip. Keys are taken from
 * the database in blocks; a block left over when the server stops is lost, and no key is ever
 * handed out twice, whatever fails.
 */
public final class KeyAllocator {

    private static final int BLOCK_SIZE = 10_000;

    private static final String TAKE_BLOCK =
            """
            INSERT INTO key_blocks (name, next_key) VALUES (?, ? + 1)
            ON CONFLICT (name) DO UPDATE SET next_key = key_blocks.next_key + ?
            RETURNING next_key
            """;

    private final Database database;
    private final Map<String, Sequence> sequences = new ConcurrentHashMap<>();

    public KeyAllocator(Database database) {
        this.database = database;
    }

    /**
     * Reserves keys, in a transaction of its own: call it before taking a connection from the
     * writer.
     *
     * @param name the table the keys are for
     * @return the first of {@code count} consecutive keys; the first key of all is 1
     */
    public long reserve(String name, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, was " + count);
        }
        return sequences.computeIfAbsent(name, Sequence::new).reserve(count);
    }

    /** Every key handed out so far, by any server, is smaller. */
    public long end(String name) {
        Long next =
                database.read()
                        .select(KEY_BLOCKS.NEXT_KEY)
                        .from(KEY_BLOCKS)
                        .where(KEY_BLOCKS.NAME.eq(name))
                        .fetchOne(KEY_BLOCKS.NEXT_KEY);
        return next == null ? 1 : next;
    }

    private final class Sequence {

        private final String name;
        private final ReentrantLock lock = new ReentrantLock();
        private long next;
        private long end;

        Sequence(String name) {
            this.name = name;
        }

        long reserve(int count) {
            lock.lock();
            try {
                if (end - next < count) {
                    extend(count);
                }
                long first = next;
                next += count;
                return first;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Goes on from the last block if the new one follows it; if another server came between,
         * drops the rest.
         */
        private void extend(int count) {
            int size = Math.max(BLOCK_SIZE, count);
            long blockEnd = takeBlock(size);
            long blockStart = blockEnd - size;
            if (blockStart != end || next == end) {
                next = blockStart;
            }
            end = blockEnd;
        }

        private long takeBlock(int size) {
            try {
                // The keys exist only from here on: what fails before leaves them to the next
                // caller.
                return database.write(connection -> takeBlock(connection, size));
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("no keys for " + name, e);
            }
        }

        private long takeBlock(Connection connection, int size) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(TAKE_BLOCK)) {
                statement.setString(1, name);
                statement.setLong(2, size);
                statement.setLong(3, size);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }
    }
}
