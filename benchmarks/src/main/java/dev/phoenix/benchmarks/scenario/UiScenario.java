package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.Phoenix;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ui",
        mixinStandardHelpOptions = true,
        description = {
            "What a person waits for in the browser, over a month of spans and traces of up to"
                    + " 100,000 spans. Needs Chromium, and npm for Lighthouse.",
            "Exits 1 when a figure is beyond its limit."
        })
public final class UiScenario implements Callable<Integer> {

    private static final int CONNECTIONS = 4;

    @Option(
            names = "--engine",
            defaultValue = "sqlite",
            description = "sqlite, postgresql (default: ${DEFAULT-VALUE})")
    private Engine engine = Engine.SQLITE;

    @Option(
            names = "--spans",
            defaultValue = "1000000",
            description = "in all projects together (default: ${DEFAULT-VALUE})")
    private long spans;

    @Option(
            names = "--rows",
            defaultValue = "10000",
            description = "that are scrolled through (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(
            names = "--heap",
            defaultValue = "1g",
            description = "of the server (default: ${DEFAULT-VALUE})")
    private String heap = "";

    @Override
    public Integer call() throws Exception {
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path());
                RunningServer server =
                        RunningServer.start(
                                new Phoenix(LaunchOptions.launcher(), heap), store, folder.path());
                Sender sender =
                        Protocol.GRPC.sender(server.httpPort(), server.grpcPort(), CONNECTIONS)) {
            long startedAt = System.nanoTime();
            new ReadData(server, sender, spans).load();
            System.out.printf(
                    "%s, %,d spans in %,d s%n%n",
                    store.description(),
                    spans,
                    Duration.ofNanos(System.nanoTime() - startedAt).toSeconds());
            return browser(server);
        }
    }

    /**
     * The browser is driven by the interface's own tools; its figures go straight to the person.
     */
    private int browser(RunningServer server) throws IOException, InterruptedException {
        Path frontend = LaunchOptions.launcher().resolveSibling("frontend");
        var command = new ProcessBuilder("npm", "run", "--silent", "bench").inheritIO();
        command.directory(frontend.toFile());
        command.environment().put("PHOENIX_BASE_URL", "http://localhost:" + server.httpPort());
        command.environment().put("PHOENIX_BENCH_ROWS", Integer.toString(rows));
        return command.start().waitFor();
    }
}
