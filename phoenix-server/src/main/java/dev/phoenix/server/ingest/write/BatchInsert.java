package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Documents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as a batch of one prepared statement: the fastest way into SQLite. */
final class BatchInsert implements BulkInsert {

    private final PreparedStatement insert;
    private int column;

    BatchInsert(Connection connection, String table, List<String> columns) throws SQLException {
        this.insert =
                connection.prepareStatement(
                        "INSERT INTO %s (%s) VALUES (%s)"
                                .formatted(
                                        table,
                                        String.join(", ", columns),
                                        String.join(
                                                ", ", Collections.nCopies(columns.size(), "?"))));
    }

    @Override
    public BulkInsert text(@Nullable String value) throws SQLException {
        insert.setString(++column, value);
        return this;
    }

    @Override
    public BulkInsert document(String json) throws SQLException {
        Documents.bind(insert, ++column, json);
        return this;
    }

    @Override
    public BulkInsert bigint(@Nullable Long value) throws SQLException {
        if (value == null) {
            insert.setNull(++column, Types.BIGINT);
        } else {
            insert.setLong(++column, value);
        }
        return this;
    }

    @Override
    public BulkInsert integer(int value) throws SQLException {
        insert.setInt(++column, value);
        return this;
    }

    @Override
    public BulkInsert real(@Nullable Double value) throws SQLException {
        if (value == null) {
            insert.setNull(++column, Types.DOUBLE);
        } else {
            insert.setDouble(++column, value);
        }
        return this;
    }

    @Override
    public void endRow() throws SQLException {
        insert.addBatch();
        column = 0;
    }

    @Override
    public void execute() throws SQLException {
        insert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
