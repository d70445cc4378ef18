package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The only database of a PostgreSQL server on the same machine.
 *
 * @param port where servers find it
 */
record PostgresStore(PostgresServer server, int port) implements Store {

    static PostgresStore create(Path folder) throws IOException {
        PostgresServer server = PostgresServer.start(folder);
        return new PostgresStore(server, server.port());
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public InstalledPostgres installedPostgres() {
        return server instanceof InstalledPostgres installed
                ? installed
                : Store.super.installedPostgres();
    }

    @Override
    public Store by(int port) {
        return new PostgresStore(server, port);
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:"
                + server.port()
                + "/postgres?user=postgres&password=postgres";
    }

    /** Its log stays where it is: without room for that PostgreSQL stops by itself. */
    @Override
    public Store withTablesIn(Path folder) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                jdbcUrl().replace("/postgres?", "/template1?"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLESPACE small LOCATION '" + folder + "'");
            statement.execute("ALTER DATABASE postgres SET TABLESPACE small");
        }
        return this;
    }

    @Override
    public long bytes() throws SQLException {
        execute("CHECKPOINT");
        return Long.parseLong(value("SELECT pg_database_size(current_database())"));
    }

    @Override
    public String description() throws SQLException {
        return "PostgreSQL %s, fsync %s, synchronous_commit %s, shared_buffers %s"
                .formatted(
                        value("SHOW server_version"),
                        value("SHOW fsync"),
                        value("SHOW synchronous_commit"),
                        value("SHOW shared_buffers"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
