package dev.phoenix.benchmarks.scenario;

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
import dev.phoenix.benchmarks.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "Durable ingest: spans/s, acknowledgement latency, memory and disk, beside the physical floor.")
public final class IngestScenario implements Callable<Integer> {

    private static final String PROJECT = "bench";
    private static final Duration SETTLE = Duration.ofSeconds(5);

    @Option(names = "--engine", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(names = "--protocol", description = "http, http-gzip, grpc (default: all)")
    private Set<Protocol> protocols = EnumSet.allOf(Protocol.class);

    @Option(names = "--target", description = "phoenix, bare (default: both)")
    private Set<String> targets = Set.of("phoenix", "bare");

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            description = "seconds (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "measured (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--connections",
            defaultValue = "16",
            description = "(default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--rate", description = "spans/s to offer, open loop (default: closed loop)")
    private double rate;

    @Override
    public Integer call() throws Exception {
        System.out.printf(
                "%d s warm-up, %d s measured, %d connections, %d spans a request, %s%n",
                warmUp,
                seconds,
                connections,
                Requests.SPANS,
                rate > 0 ? "open loop at " + rate : "closed loop");
        System.out.println("JVM flags: " + String.join(" ", LaunchOptions.jvmFlags()));
        for (Engine engine : engines) {
            System.out.println(description(engine));
        }
        System.out.println(IngestResult.HEADER);
        boolean complete = true;
        for (Engine engine : engines) {
            for (Protocol protocol : protocols) {
                for (Target target : chosenTargets()) {
                    complete &= measure(target, engine, protocol);
                }
            }
        }
        return complete ? 0 : 1;
    }

    private static String description(Engine engine) throws Exception {
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path())) {
            return store.description();
        }
    }

    private List<Target> chosenTargets() {
        List<Target> chosen =
                new ArrayList<>(List.of(LaunchOptions.phoenix(), LaunchOptions.bare()));
        chosen.removeIf(target -> !targets.contains(target.name()));
        return chosen;
    }

    /** Prints a row; false when something acknowledged is not there afterwards. */
    private boolean measure(Target target, Engine engine, Protocol protocol) throws Exception {
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path())) {
            var requests = new Requests(PROJECT);
            Run run = run(target, store, folder, protocol, requests);
            double bytesPerSpan =
                    (store.bytes() - run.emptyBytes()) / (double) run.acknowledgedSpans();
            System.out.println(
                    new IngestResult(target.name(), engine, protocol, run, bytesPerSpan).row());
            return nothingMissing(store, requests, run);
        }
    }

    /** Ends with the server stopped, so that everything is in the database's files. */
    private Run run(Target target, Store store, Folder folder, Protocol protocol, Requests requests)
            throws Exception {
        try (RunningServer server = RunningServer.start(target, store, folder.path());
                Sender sender = protocol.sender(server.httpPort(), server.grpcPort(), connections);
                MemoryWatch memory = new MemoryWatch(server)) {
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            long idleBytes = server.residentBytes();
            long emptyBytes = store.bytes();
            var load = new Load(requests, sender, connections);
            LoadReport warmUpReport = load.run(new Pace.Closed(), Duration.ofSeconds(warmUp));
            Duration cpuBefore = server.cpuTime();
            LoadReport measured = load.run(pace(), Duration.ofSeconds(seconds));
            Duration cpu = server.cpuTime().minus(cpuBefore);
            return new Run(warmUpReport, measured, cpu, idleBytes, memory.peakBytes(), emptyBytes);
        }
    }

    private Pace pace() {
        return rate > 0 ? new Pace.Open(rate) : new Pace.Closed();
    }

    private static boolean nothingMissing(Store store, Requests requests, Run run)
            throws Exception {
        Set<String> stored = store.spanIds();
        long missing =
                run.acknowledged()
                        .boxed()
                        .flatMap(requests::spanIds)
                        .filter(id -> !stored.contains(id))
                        .count();
        if (missing > 0) {
            System.out.println("MISSING: " + missing + " acknowledged spans are not stored");
        }
        return missing == 0;
    }

    /** What one server went through. */
    record Run(
            LoadReport warmUp,
            LoadReport measured,
            Duration serverCpu,
            long idleBytes,
            long peakBytes,
            long emptyBytes) {

        LongStream acknowledged() {
            return LongStream.concat(warmUp.acknowledged(), measured.acknowledged());
        }

        long acknowledgedSpans() {
            return warmUp.acknowledgedSpans() + measured.acknowledgedSpans();
        }
    }
}
