package dev.phoenix.server.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Connections of the replica for who may lag behind, of the database itself for everybody else. */
final class RoutedReads implements ConnectionProvider {

    private final DataSource primary;
    private final @Nullable DataSource replica;

    RoutedReads(DataSource primary, @Nullable DataSource replica) {
        this.primary = primary;
        this.replica = replica;
    }

    @Override
    public Connection acquire() {
        try {
            DataSource source = replica != null && ReplicaReads.areAllowed() ? replica : primary;
            return source.getConnection();
        } catch (SQLException e) {
            throw new DataAccessException("no connection to read with", e);
        }
    }

    @Override
    public void release(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DataAccessException("a connection could not be returned", e);
        }
    }
}
