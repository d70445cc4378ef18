package dev.phoenix.server.ingest;

import dev.phoenix.server.kit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Another program that keeps a server's writer waiting, but none of its readers, until it is
 * closed.
 */
final class HeldWrites implements AutoCloseable {

    private final Connection connection;

    private HeldWrites(Connection connection) {
        this.connection = connection;
    }

    /** Returns when the writer would have to wait. */
    static HeldWrites of(TestServer server) throws SQLException {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            switch (server.engine()) {
                case SQLITE -> statement.execute("BEGIN IMMEDIATE");
                case POSTGRESQL -> {
                    connection.setAutoCommit(false);
                    statement.execute("LOCK TABLE spans IN EXCLUSIVE MODE");
                }
            }
        }
        return new HeldWrites(connection);
    }

    /** Rolls back what never wrote. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
