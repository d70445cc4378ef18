package dev.phoenix.server;

import dev.phoenix.server.demo.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = "Starts the server. Flags win over environment variables.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Mixin private final SettingsFlags settings = new SettingsFlags();

    @Option(
            names = "--with-trace-fixtures",
            paramLabel = "NAME",
            split = ",",
            description = "store these recordings too, if their projects do not exist yet")
    private List<String> recordings = List.of();

    @Option(
            names = "--with-projects",
            paramLabel = "PROJECT",
            split = ",",
            description = "store all recordings of these projects too, if they do not exist yet")
    private List<String> projects = List.of();

    @Option(
            names = "--force-fixture-ingestion",
            description = "store the recordings also if their projects exist")
    private boolean force;

    ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Recording> fixtures = Recording.select(recordings, projects);
        Server server = Server.start(settings.over(environment), environment).closedAtExit();
        new Banner(server.settings()).show();
        new FixtureLoader(server.settings()).load(fixtures, force);
        return 0;
    }
}
