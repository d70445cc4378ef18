package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.StoredSecrets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hides secrets in the resources and scopes that older versions stored with them. */
final class StoredOrigins {

    private static final int ROWS_AT_ONCE = 500;

    private final Database database;

    StoredOrigins(Database database) {
        this.database = database;
    }

    void mask() throws SQLException {
        for (OriginTable table : OriginTable.values()) {
            long last = -1;
            do {
                last = mask(table.tableName(), last);
            } while (last >= 0);
        }
    }

    /** Returns the last id it looked at; -1 where there were no more. */
    private long mask(String table, long after) throws SQLException {
        Map<Long, String> changed = new LinkedHashMap<>();
        long last = -1;
        String query =
                "SELECT id, attributes FROM %s WHERE id > ? ORDER BY id LIMIT %d"
                        .formatted(table, ROWS_AT_ONCE);
        try (Connection connection = database.reader().getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, after);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    String masked = StoredSecrets.ofOrigin(rows.getString(2));
                    if (masked != null) {
                        changed.put(last, masked);
                    }
                }
            }
        }
        if (!changed.isEmpty()) {
            database.write(connection -> store(connection, table, changed));
        }
        return last;
    }

    /** The hash was of the secret; what is sent now has a row of its own. */
    private static int store(Connection connection, String table, Map<Long, String> changed)
            throws SQLException {
        String statement = "UPDATE %s SET attributes = ?, hash = ? WHERE id = ?".formatted(table);
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (var row : changed.entrySet()) {
                update.setString(1, row.getValue());
                update.setString(2, "masked " + row.getKey());
                update.setLong(3, row.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
        return changed.size();
    }
}
