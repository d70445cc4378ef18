package dev.phoenix.server;

import dev.phoenix.server.demo.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trace-fixture",
        description = "Starts the server and stores one recording of a real application.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class TraceFixtureCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Mixin private final SettingsFlags settings = new SettingsFlags();

    @Parameters(paramLabel = "NAME", description = "the recording; a wrong name lists them all")
    private String name = "";

    @Option(
            names = "--simulate-streaming",
            description = "send span by span, as far apart as they were recorded")
    private boolean streaming;

    TraceFixtureCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Recording> fixture = Recording.select(List.of(name), List.of());
        Server server = Server.start(settings.over(environment), environment).closedAtExit();
        new Banner(server.settings()).show();
        FixtureLoader loader = new FixtureLoader(server.settings());
        if (streaming) {
            loader.stream(fixture.getFirst());
        } else {
            loader.load(fixture, true);
        }
        return 0;
    }
}
