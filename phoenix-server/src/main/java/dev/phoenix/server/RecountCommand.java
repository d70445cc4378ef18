package dev.phoenix.server;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.recount.Differences;
import dev.phoenix.server.ingest.recount.Recount;
import dev.phoenix.server.settings.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "recount",
        description =
                "Compares every stored sum with the rows it sums, tells what differs, and ends. Changes nothing.",
        mixinStandardHelpOptions = true)
final class RecountCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec private CommandSpec spec;

    @Mixin private final ChosenDatabase chosen = new ChosenDatabase();

    @SuppressWarnings("NullAway.Init") // picocli sets the specification.
    RecountCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Settings settings = chosen.settings(environment);
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = Database.open(settings.storage())) {
            Differences differences = Recount.of(database);
            differences.told().forEach(out::println);
            out.printf(
                    "%s: %d differences.%n",
                    settings.storage().url().display(), differences.count());
            return differences.count() == 0
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
