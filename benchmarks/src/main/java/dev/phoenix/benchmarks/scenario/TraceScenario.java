package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.OneTrace;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.load.TraceShape;
import dev.phoenix.benchmarks.scenario.TraceDelivery.Times;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "A trace of 100,000 spans and chains 10,000 deep, beside a tenth of each: until all is acknowledged, and until the sums of the root are right.",
            "Exits 1 when the sums of one take more than 12 times as long as those of a tenth of it."
        })
public final class TraceScenario implements Callable<Integer> {

    private static final String PROJECT = "one-trace";
    private static final int LARGE_TREE = 100_000;
    private static final int LARGE_CHAIN = 10_000;
    private static final double MOST = 12;

    /** A chain goes one request after the other, or it would have no order. */
    private static final int TREE_CONNECTIONS = 16;

    private static final String HEADER =
            """
            | engine | trace | spans | acknowledged ms | sums right ms | times a tenth: acknowledged | times a tenth: sums right |
            |---|---|---:|---:|---:|---:|---:|\
            """;

    @Option(names = "--engine", split = ",", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(
            names = "--protocol",
            defaultValue = "grpc",
            description = "http, http-gzip, grpc (default: ${DEFAULT-VALUE})")
    private Protocol protocol = Protocol.GRPC;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "of each; their median counts (default: ${DEFAULT-VALUE})")
    private int runs;

    @Override
    public Integer call() throws Exception {
        int failed = 0;
        System.out.println(HEADER);
        for (Engine engine : engines) {
            failed += measure(engine);
        }
        int all = TraceShape.values().length * engines.size();
        System.out.printf("%d passed, %d failed%n", all - failed, failed);
        return failed == 0 ? 0 : 1;
    }

    /** The number of shapes that grow too fast. */
    private int measure(Engine engine) throws Exception {
        int failed = 0;
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path());
                RunningServer server =
                        RunningServer.start(LaunchOptions.phoenix(), store, folder.path());
                Sender sender =
                        protocol.sender(server.httpPort(), server.grpcPort(), TREE_CONNECTIONS)) {
            var delivery = new TraceDelivery(server, sender);
            for (TraceShape shape : TraceShape.values()) {
                Growth growth = growth(delivery, shape);
                System.out.println(growth.rows(engine, shape));
                failed += growth.sumsRight() <= MOST ? 0 : 1;
            }
        }
        return failed;
    }

    /** In turn, so that whatever the machine does meanwhile happens to both. */
    private Growth growth(TraceDelivery delivery, TraceShape shape) throws Exception {
        int large = shape == TraceShape.TREE ? LARGE_TREE : LARGE_CHAIN;
        List<Times> ofLarge = new ArrayList<>();
        List<Times> ofTenth = new ArrayList<>();
        // The first one warms up.
        deliver(delivery, shape, large);
        for (int run = 0; run < runs; run++) {
            ofTenth.add(deliver(delivery, shape, large / 10));
            ofLarge.add(deliver(delivery, shape, large));
        }
        return new Growth(large, ofLarge, ofTenth);
    }

    private static Times deliver(TraceDelivery delivery, TraceShape shape, int spans)
            throws Exception {
        return delivery.deliver(
                new OneTrace(PROJECT, shape, spans),
                shape == TraceShape.TREE ? TREE_CONNECTIONS : 1);
    }

    /** The same trace in two sizes. */
    private record Growth(int spans, List<Times> large, List<Times> tenth) {

        double acknowledged() {
            return millis(large, Times::acknowledged) / millis(tenth, Times::acknowledged);
        }

        double sumsRight() {
            return millis(large, Times::sumsRight) / millis(tenth, Times::sumsRight);
        }

        String rows(Engine engine, TraceShape shape) {
            String row = "| %s | %s | %,d | %.0f | %.0f | %s | %s |";
            return String.join(
                    "\n",
                    row.formatted(
                            engine,
                            shape,
                            spans / 10,
                            millis(tenth, Times::acknowledged),
                            millis(tenth, Times::sumsRight),
                            "",
                            ""),
                    row.formatted(
                            engine,
                            shape,
                            spans,
                            millis(large, Times::acknowledged),
                            millis(large, Times::sumsRight),
                            "%.1f".formatted(acknowledged()),
                            "%.1f".formatted(sumsRight())));
        }

        private static double millis(List<Times> runs, Function<Times, Duration> time) {
            return Median.of(runs.stream().mapToDouble(run -> time.apply(run).toNanos() / 1e6));
        }
    }
}
