package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Load;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Pace;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.scenario.IngestResult.Run;
import dev.phoenix.benchmarks.scenario.IngestResult.Steady;
import dev.phoenix.benchmarks.target.MemoryWatch;
import dev.phoenix.benchmarks.target.Phoenix;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import dev.phoenix.benchmarks.target.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One server on a new database: warm-up, as fast as it goes, then steadily below that. */
record IngestMeasurement(Target target, IngestCase terms, IngestPhases phases) {

    private static final String PROJECT = "bench";
    private static final Duration SETTLE = Duration.ofSeconds(5);

    IngestResult result() throws Exception {
        try (Folder folder = Folder.create();
                Store store = terms.engine().newStore(folder.path())) {
            var requests = new Requests(PROJECT, terms.size());
            Run run = run(store, folder, requests);
            return new IngestResult(
                    target.name(),
                    terms,
                    run,
                    store.bytes() - run.emptyBytes(),
                    Stored.in(store, requests).missing(run.acknowledged()));
        }
    }

    /** Ends with the server stopped, so that everything is in the database's files. */
    private Run run(Store store, Folder folder, Requests requests) throws Exception {
        try (RunningServer server = RunningServer.start(target, store, folder.path());
                Sender sender =
                        terms.protocol()
                                .sender(
                                        server.httpPort(),
                                        server.grpcPort(),
                                        phases.connections());
                MemoryWatch memory = new MemoryWatch(server)) {
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            long idleBytes = server.residentBytes();
            long emptyBytes = store.bytes();
            var load = new Load(requests, sender, phases.connections());
            LoadReport warmUp = load.run(new Pace.Closed(), phases.warmUp());
            load.prepare(phases.requestsMeasured(warmUp.spansPerSecond(), requests.spans()));
            Duration cpuBefore = server.cpuTime();
            LoadReport measured = load.run(phases.pace(), phases.measured());
            Duration cpu = server.cpuTime().minus(cpuBefore);
            return new Run(
                    warmUp,
                    measured,
                    steady(server, load, requests, measured),
                    cpu,
                    idleBytes,
                    memory.peakBytes(),
                    emptyBytes);
        }
    }

    /** Only of the product: nobody asks what the floor shows. */
    private Optional<Steady> steady(
            RunningServer server, Load load, Requests requests, LoadReport measured)
            throws Exception {
        if (!(target instanceof Phoenix) || phases.steady().isZero()) {
            return Optional.empty();
        }
        load.prepare(phases.requestsSteady(measured.spansPerSecond(), requests.spans()));
        try (var probe = new VisibilityProbe(server, PROJECT, requests)) {
            var pace = new Pace.Open(IngestPhases.STEADY_SHARE * measured.spansPerSecond());
            LoadReport report = load.run(pace, phases.steady(), probe);
            return Optional.of(new Steady(report, probe.latencies()));
        }
    }
}
