package dev.phoenix.server.kit;

import dev.phoenix.server.db.Engine;
import java.nio.file.Path;

/** The databases tests run on. */
public enum TestEngine {
    SQLITE(Engine.SQLITE),
    POSTGRESQL(Engine.POSTGRESQL),
    INSTALLED_POSTGRESQL(Engine.POSTGRESQL);

    private final Engine engine;

    TestEngine(Engine engine) {
        this.engine = engine;
    }

    public Engine engine() {
        return engine;
    }

    public boolean isAvailable() {
        return this != INSTALLED_POSTGRESQL || InstalledPostgres.isAvailable();
    }

    /** The URL of a new, empty database. */
    public String newDatabase(Path folder) {
        return switch (this) {
            case SQLITE -> "sqlite:///" + folder.resolve("phoenix.db");
            case POSTGRESQL -> Postgres.embedded().newDatabase();
            case INSTALLED_POSTGRESQL -> Postgres.installed().newDatabase();
        };
    }
}
