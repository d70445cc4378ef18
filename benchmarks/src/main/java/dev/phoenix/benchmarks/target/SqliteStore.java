package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A database file in a throw-away folder, which its owner deletes. */
record SqliteStore(Path file) implements Store {

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public String url() {
        return "sqlite:///" + file;
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:sqlite:" + file;
    }

    @Override
    public long bytes() throws IOException, SQLException {
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
        long bytes = 0;
        for (Path part : new Path[] {file, file.resolveSibling(file.getFileName() + "-wal")}) {
            bytes += Files.exists(part) ? Files.size(part) : 0;
        }
        return bytes;
    }

    @Override
    public String description() throws SQLException {
        return "SQLite " + value("SELECT sqlite_version()");
    }

    @Override
    public void close() {}
}
