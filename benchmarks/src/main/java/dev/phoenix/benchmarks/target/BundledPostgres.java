package dev.phoenix.benchmarks.target;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** The build that comes as a jar. */
final class BundledPostgres implements PostgresServer {

    private final EmbeddedPostgres postgres;

    BundledPostgres(Path folder) throws IOException {
        postgres =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder)
                        // The library switches fsync off for tests; here a commit has to reach the
                        // disk.
                        .setServerConfig("fsync", "on")
                        .start();
    }

    @Override
    public int port() {
        return postgres.getPort();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
