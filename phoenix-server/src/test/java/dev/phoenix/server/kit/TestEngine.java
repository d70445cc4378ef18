package dev.phoenix.server.kit;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.StorageSettings;
import java.nio.file.Path;
import java.util.Map;

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

    /** Settings of a new, empty database, with more variables than its URL. */
    public StorageSettings newStorage(Path folder, Map<String, String> variables) {
        Map<String, String> overrides = Map.of("PHOENIX_SQL_DATABASE_URL", newDatabase(folder));
        return Settings.load(variables, overrides).storage();
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
