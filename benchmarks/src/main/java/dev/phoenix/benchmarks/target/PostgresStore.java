package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The only database of a PostgreSQL server on the same machine. */
record PostgresStore(PostgresServer server) implements Store {

    static PostgresStore create(Path folder) throws IOException {
        return new PostgresStore(PostgresServer.start(folder));
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + server.port() + "/postgres";
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:"
                + server.port()
                + "/postgres?user=postgres&password=postgres";
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
