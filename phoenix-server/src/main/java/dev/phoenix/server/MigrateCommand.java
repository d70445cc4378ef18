package dev.phoenix.server;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        description = "Brings the database's schema up to date, and ends.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec private CommandSpec spec;

    @Mixin private final ChosenDatabase chosen = new ChosenDatabase();

    @SuppressWarnings("NullAway.Init") // picocli sets the specification.
    MigrateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Settings settings = chosen.settings(environment);
        String version = Database.migrate(settings.storage());
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is at schema version %s.%n",
                        settings.storage().url().display(), version);
        return 0;
    }
}
