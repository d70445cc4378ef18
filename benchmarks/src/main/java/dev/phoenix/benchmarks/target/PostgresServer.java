package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL server with default settings that lives as long as one measurement. */
public sealed interface PostgresServer extends AutoCloseable
        permits InstalledPostgres, BundledPostgres {

    /**
     * The installed one where there is one: the bundled build has no lz4, which halves the speed of
     * 2 KB rows.
     */
    static PostgresServer start(Path folder) throws IOException {
        Path programs = InstalledPostgres.newest();
        return programs == null
                ? new BundledPostgres(folder)
                : new InstalledPostgres(programs, folder);
    }

    int port();

    @Override
    void close() throws IOException;
}
