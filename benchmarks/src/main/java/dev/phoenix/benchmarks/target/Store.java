package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A throw-away database, and what is in it by its own account. */
public sealed interface Store extends AutoCloseable permits SqliteStore, PostgresStore {

    int FETCH_SIZE = 10_000;

    Engine engine();

    /** As {@code PHOENIX_SQL_DATABASE_URL} takes it. */
    String url();

    String jdbcUrl();

    /** After a checkpoint; exact only while no server writes. */
    long bytes() throws IOException, SQLException;

    /** The version and the settings that decide what a commit means. */
    String description() throws SQLException;

    /** The PostgreSQL that this database is in, if this machine's own programs run it. */
    default InstalledPostgres installedPostgres() {
        throw new IllegalStateException("%s is no PostgreSQL of this machine".formatted(url()));
    }

    /** The same database by another way. */
    default Store by(int port) {
        throw new IllegalStateException("%s is not reached by a network".formatted(url()));
    }

    /** The same database, whose tables have moved to another folder. */
    default Store withTablesIn(Path folder) throws SQLException {
        throw new IllegalStateException("%s is a single file".formatted(url()));
    }

    @Override
    void close() throws IOException;

    default Set<String> spanIds() throws SQLException {
        Set<String> ids = new HashSet<>();
        forEachSpanId(ids::add);
        return ids;
    }

    /** Holds a few of them at a time, as there may be millions. */
    default void forEachSpanId(Consumer<String> action) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement()) {
            // PostgreSQL's driver fetches all rows at once unless it is in a transaction.
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery("SELECT span_id FROM spans")) {
                while (rows.next()) {
                    action.accept(rows.getString(1));
                }
            }
        }
    }

    default void execute(String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    /** One value of one row. */
    default String value(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
