package dev.phoenix.server;

import dev.phoenix.server.ops.Logging;
import dev.phoenix.server.settings.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database that a command works on while no server runs. */
final class ChosenDatabase {

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "the database (PHOENIX_SQL_DATABASE_URL)")
    private @Nullable String databaseUrl;

    /** The settings of a server on it, its logging begun. */
    Settings settings(Map<String, String> environment) {
        Map<String, String> overrides =
                databaseUrl == null ? Map.of() : Map.of("PHOENIX_SQL_DATABASE_URL", databaseUrl);
        Settings settings = Settings.load(environment, overrides);
        Logging.configure(settings);
        return settings;
    }
}
