package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** The rows of tables {@code resources} and {@code scopes} that a batch adds. */
final class OriginRows {

    private final SqlText sql;

    OriginRows(SqlText sql) {
        this.sql = sql;
    }

    /**
     * Stores origins in the order of their hashes, so that two servers cannot wait for each other.
     *
     * @return the keys by hash, also of those that another server stored first
     */
    Map<String, Long> store(
            Connection connection,
            OriginTable table,
            SortedMap<String, Origin> origins,
            long firstKey)
            throws SQLException {
        switch (table) {
            case RESOURCES -> insertResources(connection, origins, firstKey);
            case SCOPES -> insertScopes(connection, origins, firstKey);
        }
        return keys(connection, table, origins);
    }

    private void insertResources(
            Connection connection, SortedMap<String, Origin> resources, long firstKey)
            throws SQLException {
        String statement =
                "INSERT INTO resources (id, hash, attributes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (Origin resource : resources.values()) {
                insert.setLong(1, key++);
                insert.setString(2, resource.hash());
                insert.setString(3, resource.attributes());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void insertScopes(
            Connection connection, SortedMap<String, Origin> scopes, long firstKey)
            throws SQLException {
        String statement =
                """
                INSERT INTO scopes (id, hash, name, version, attributes) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (hash) DO NOTHING""";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (Origin scope : scopes.values()) {
                insert.setLong(1, key++);
                insert.setString(2, scope.hash());
                insert.setString(3, scope.name());
                insert.setString(4, scope.version());
                insert.setString(5, scope.attributes());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Map<String, Long> keys(
            Connection connection, OriginTable table, SortedMap<String, Origin> origins)
            throws SQLException {
        Map<String, Long> keys = new HashMap<>();
        String query =
                "SELECT hash, id FROM %s WHERE hash %s".formatted(table.tableName(), sql.in());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, origins.keySet());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return keys;
    }
}
