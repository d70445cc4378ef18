package dev.phoenix.server;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.rederive.RederivationRequest;
import dev.phoenix.server.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rederive",
        description =
                "Asks for all stored spans to be read by the rules of this version, and ends. The running server begins within seconds, else the next one that starts.",
        mixinStandardHelpOptions = true)
final class RederiveCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec private CommandSpec spec;

    @Mixin private final ChosenDatabase chosen = new ChosenDatabase();

    @SuppressWarnings("NullAway.Init") // picocli sets the specification.
    RederiveCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Settings settings = chosen.settings(environment);
        try (Database database = Database.open(settings.storage())) {
            String job = RederivationRequest.forAllSpans(database);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: all stored spans will be read anew, see rederivation %s.%n",
                            settings.storage().url().display(), job);
        }
        return CommandLine.ExitCode.OK;
    }
}
