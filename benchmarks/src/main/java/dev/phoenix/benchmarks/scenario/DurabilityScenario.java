package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Load;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Pace;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "durability",
        mixinStandardHelpOptions = true,
        description =
                "kill -9 under load, restart, and look for every acknowledged span; exits 1 when one is missing.")
public final class DurabilityScenario implements Callable<Integer> {

    private static final String PROJECT = "durability";
    private static final int CONNECTIONS = 16;
    private static final int READ_BACK = 50;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(1);

    @Option(names = "--engine", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(names = "--rounds", defaultValue = "5", description = "(default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        int failed = 0;
        for (Engine engine : engines) {
            failed += survive(engine);
        }
        System.out.printf("%d passed, %d failed%n", rounds * engines.size() - failed, failed);
        return failed == 0 ? 0 : 1;
    }

    /** The number of rounds that lost something. */
    private int survive(Engine engine) throws Exception {
        int failed = 0;
        List<String> promised = new ArrayList<>();
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path())) {
            for (int round = 1; round <= rounds; round++) {
                Protocol protocol = Protocol.values()[round % Protocol.values().length];
                promised.addAll(killUnderLoad(store, folder.path(), protocol));
                Losses losses = lossesAfterRestart(store, folder.path(), promised);
                System.out.printf(
                        "%s round %d over %s: %,d spans acknowledged so far, %s%n",
                        engine, round, protocol, promised.size(), losses);
                failed += losses.none() ? 0 : 1;
            }
        }
        return failed;
    }

    /** The ids of the spans the server acknowledged before it was killed. */
    private static List<String> killUnderLoad(Store store, Path folder, Protocol protocol)
            throws Exception {
        var requests = new Requests(PROJECT);
        try (RunningServer server = RunningServer.start(LaunchOptions.phoenix(), store, folder);
                Sender sender =
                        protocol.sender(server.httpPort(), server.grpcPort(), CONNECTIONS)) {
            var load = new Load(requests, sender, CONNECTIONS);
            var running =
                    new FutureTask<LoadReport>(() -> load.run(new Pace.Closed(), LONGEST_LOAD));
            Thread.ofVirtual().start(running);
            TimeUnit.MILLISECONDS.sleep(RandomGenerator.getDefault().nextLong(2_000, 6_000));
            server.kill();
            load.stop();
            return running.get().acknowledged().boxed().flatMap(requests::spanIds).toList();
        }
    }

    private static Losses lossesAfterRestart(Store store, Path folder, List<String> promised)
            throws Exception {
        if (promised.isEmpty()) {
            throw new IllegalStateException("nothing was acknowledged: the round shows nothing");
        }
        try (RunningServer server = RunningServer.start(LaunchOptions.phoenix(), store, folder)) {
            Set<String> stored = store.spanIds();
            List<String> last =
                    promised.subList(Math.max(0, promised.size() - READ_BACK), promised.size());
            return new Losses(
                    promised.stream().filter(id -> !stored.contains(id)).toList(),
                    unreadable(server, last));
        }
    }

    /** Those the server's own API does not return. */
    private static List<String> unreadable(RunningServer server, List<String> ids)
            throws IOException {
        String query = "?limit=1000&span_id=" + String.join("&span_id=", ids);
        String body = server.get("/v1/projects/" + PROJECT + "/spans" + query).body();
        return ids.stream().filter(id -> !body.contains(id)).toList();
    }

    /**
     * Ids of acknowledged spans that are not in the database, and of those the API does not show.
     */
    private record Losses(List<String> missing, List<String> unreadable) {

        boolean none() {
            return missing.isEmpty() && unreadable.isEmpty();
        }

        @Override
        public String toString() {
            return missing.size()
                    + " missing"
                    + some(missing)
                    + ", "
                    + unreadable.size()
                    + " unreadable"
                    + some(unreadable);
        }

        private static String some(List<String> ids) {
            return ids.isEmpty()
                    ? ""
                    : " (" + String.join(" ", ids.subList(0, Math.min(5, ids.size()))) + ")";
        }
    }
}
