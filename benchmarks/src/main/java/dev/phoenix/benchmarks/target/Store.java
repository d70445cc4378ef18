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

/** A throw-away database, and what is in it by its own account. */
public sealed interface Store extends AutoCloseable permits SqliteStore, PostgresStore {

    Engine engine();

    /** As {@code PHOENIX_SQL_DATABASE_URL} takes it. */
    String url();

    String jdbcUrl();

    /** Exact only while no server has the database open. */
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
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT span_id FROM spans")) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
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
