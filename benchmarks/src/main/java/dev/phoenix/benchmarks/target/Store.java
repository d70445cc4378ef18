package dev.phoenix.benchmarks.target;

import java.io.IOException;
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
