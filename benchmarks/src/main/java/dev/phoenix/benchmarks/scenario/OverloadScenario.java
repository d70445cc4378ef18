package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.ExporterLoad;
import dev.phoenix.benchmarks.load.ExporterReport;
import dev.phoenix.benchmarks.load.Load;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Pace;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.MemoryWatch;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = {
            "Offers four times of what the server takes, from exporters that come back when they are told to.",
            "Exits 1 when it then stores less than 0.9 of its maximum, has 1 GiB of memory or more, or lost an acknowledged span."
        })
public final class OverloadScenario implements Callable<Integer> {

    private static final String PROJECT = "overload";
    private static final int CONNECTIONS_AT_THE_MAXIMUM = 16;

    @Option(names = "--engine", split = ",", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(
            names = "--protocol",
            defaultValue = "grpc",
            description = "http, http-gzip, grpc (default: ${DEFAULT-VALUE})")
    private Protocol protocol = Protocol.GRPC;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "of overload (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "seconds (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--maximum",
            defaultValue = "30",
            description = "seconds that show the maximum (default: ${DEFAULT-VALUE})")
    private int maximum;

    @Option(names = "--times", defaultValue = "4", description = "(default: ${DEFAULT-VALUE})")
    private double times;

    @Option(
            names = "--connections",
            defaultValue = "256",
            description = "of the overload (default: ${DEFAULT-VALUE})")
    private int connections;

    @Override
    public Integer call() throws Exception {
        int failed = 0;
        for (Engine engine : engines) {
            OverloadResult result = overload(engine);
            System.out.println(engine + " over " + protocol + ": " + result);
            failed += result.failures();
        }
        System.out.printf(
                "%d passed, %d failed%n", OverloadResult.CHECKS * engines.size() - failed, failed);
        return failed == 0 ? 0 : 1;
    }

    private OverloadResult overload(Engine engine) throws Exception {
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path())) {
            var requests = new Requests(PROJECT);
            Run run = run(store, folder, requests);
            return new OverloadResult(
                    run.atMaximum().spansPerSecond(),
                    run.overload(),
                    run.peakBytes(),
                    Stored.in(store, requests).missing(run.acknowledged()));
        }
    }

    private Run run(Store store, Folder folder, Requests requests) throws Exception {
        try (RunningServer server =
                        RunningServer.start(LaunchOptions.phoenix(), store, folder.path());
                MemoryWatch memory = new MemoryWatch(server)) {
            LoadReport warm;
            LoadReport atMaximum;
            long firstRequest;
            try (Sender sender = sender(server, CONNECTIONS_AT_THE_MAXIMUM)) {
                var load = new Load(requests, sender, CONNECTIONS_AT_THE_MAXIMUM);
                warm = load.run(new Pace.Closed(), Duration.ofSeconds(warmUp));
                atMaximum = load.run(new Pace.Closed(), Duration.ofSeconds(maximum));
                firstRequest = load.sent();
            }
            try (Sender sender = sender(server, connections)) {
                double offered = times * atMaximum.spansPerSecond();
                var exporters =
                        new ExporterLoad(requests, sender, connections, offered, firstRequest);
                ExporterReport report =
                        exporters.run(Duration.ofMillis(Math.round(minutes * 60_000)));
                return new Run(warm, atMaximum, report, memory.peakBytes());
            }
        }
    }

    private Sender sender(RunningServer server, int connections) {
        return protocol.sender(server.httpPort(), server.grpcPort(), connections);
    }

    private record Run(
            LoadReport warmUp, LoadReport atMaximum, ExporterReport overload, long peakBytes) {

        LongStream acknowledged() {
            return LongStream.concat(
                    LongStream.concat(warmUp.acknowledged(), atMaximum.acknowledged()),
                    overload.load().acknowledged());
        }
    }
}
