package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Path;

/** The storage engines a server runs on. */
public enum Engine {
    SQLITE("sqlite"),
    POSTGRESQL("postgresql");

    private final String label;

    Engine(String label) {
        this.label = label;
    }

    /** An empty database below {@code folder}. */
    public Store newStore(Path folder) throws IOException {
        return switch (this) {
            case SQLITE -> new SqliteStore(folder.resolve("phoenix.db"));
            case POSTGRESQL -> PostgresStore.create(folder.resolve("postgresql"));
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
