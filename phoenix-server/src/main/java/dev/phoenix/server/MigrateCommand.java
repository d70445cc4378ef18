package dev.phoenix.server;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ops.Logging;
import dev.phoenix.server.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        description = "Brings the database's schema up to date, and ends.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec private CommandSpec spec;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "the database (PHOENIX_SQL_DATABASE_URL)")
    private @Nullable String databaseUrl;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification.
    MigrateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Map<String, String> overrides =
                databaseUrl == null ? Map.of() : Map.of("PHOENIX_SQL_DATABASE_URL", databaseUrl);
        Settings settings = Settings.load(environment, overrides);
        Logging.configure(settings.observability());
        String version = Database.migrate(settings.storage());
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is at schema version %s.%n",
                        settings.storage().url().display(), version);
        return 0;
    }
}
