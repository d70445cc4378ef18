package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.RecordedRequests;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.PhoenixWithoutRules;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "dialects",
        mixinStandardHelpOptions = true,
        description = {
            "What reading dialects costs: the same requests in turn to a server and to one without rules, OpenInference and recorded traffic of other conventions.",
            "Exits 1 when rules cost 10 %% of the ingest of OpenInference, or 25 %% of that of another dialect."
        })
public final class DialectScenario implements Callable<Integer> {

    private static final String OPENINFERENCE = "openinference";
    private static final double MOST_OF_OPENINFERENCE = 10;
    private static final double MOST_OF_OTHERS = 25;
    private static final int CONNECTIONS = 16;

    private static final String HEADER =
            """
            | engine | traffic | spans/s without rules | spans/s | cost % | server µs/span without rules | server µs/span | cost % | spans/s unread | server µs/span unread |
            |---|---|---:|---:|---:|---:|---:|---:|---:|---:|\
            """;

    @Option(
            names = "--engine",
            defaultValue = "sqlite",
            description = "sqlite, postgresql (default: ${DEFAULT-VALUE})")
    private Engine engine = Engine.SQLITE;

    @Option(
            names = "--protocol",
            defaultValue = "http",
            description = "http, http-gzip, grpc (default: ${DEFAULT-VALUE})")
    private Protocol protocol = Protocol.HTTP;

    @Option(
            names = "--recording",
            split = ",",
            defaultValue = "vercel-ai-v5,own-langsmith-otel,own-mlflow,own-google-adk-1",
            description =
                    "names in phoenix-server/src/test/resources/otlp (default: ${DEFAULT-VALUE})")
    private List<String> recordings = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "of each traffic; their median counts (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "6",
            description = "rounds that do not count (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--requests",
            defaultValue = "200",
            description = "of about a hundred spans, in a round (default: ${DEFAULT-VALUE})")
    private int requests;

    @Override
    public Integer call() throws Exception {
        int failed = 0;
        System.out.println(HEADER);
        try (Folder with = Folder.create();
                Folder without = Folder.create();
                Store store = engine.newStore(with.path());
                Store other = engine.newStore(without.path());
                RunningServer server =
                        RunningServer.start(LaunchOptions.phoenix(), store, with.path());
                RunningServer bare =
                        RunningServer.start(
                                new PhoenixWithoutRules(LaunchOptions.phoenix()),
                                other,
                                without.path())) {
            List<String> all =
                    Stream.concat(Stream.of(OPENINFERENCE), recordings.stream()).toList();
            for (String traffic : all) {
                failed += measure(traffic, server, bare) ? 0 : 1;
            }
            System.out.printf("%d passed, %d failed%n", all.size() - failed, failed);
        }
        return failed == 0 ? 0 : 1;
    }

    /** Whether the rules cost no more than they may. */
    private boolean measure(String traffic, RunningServer server, RunningServer bare)
            throws Exception {
        List<Run> runs = runs(traffic, server, bare);
        for (int round = 0; round < warmUp + rounds; round++) {
            // In turn, so that whatever the machine does meanwhile happens to all.
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get((i + round) % runs.size());
                Burst sent = send(run.source, run.server);
                if (round >= warmUp) {
                    run.rounds.add(sent);
                }
            }
        }
        Run rules = runs.get(0);
        Run without = runs.get(1);
        double cost = 100 * (1 - rules.rate() / without.rate());
        System.out.printf(
                "| %s | %s | %,.0f | %,.0f | %.1f | %.1f | %.1f | %.1f | %s |%n",
                engine,
                traffic,
                without.rate(),
                rules.rate(),
                cost,
                without.cpu(),
                rules.cpu(),
                100 * (rules.cpu() / without.cpu() - 1),
                runs.size() == 2
                        ? "– | –"
                        : "%,.0f | %.1f".formatted(runs.get(2).rate(), runs.get(2).cpu()));
        return cost < (traffic.equals(OPENINFERENCE) ? MOST_OF_OPENINFERENCE : MOST_OF_OTHERS);
    }

    /** With rules, without, and where it matters unread. */
    private static List<Run> runs(String traffic, RunningServer server, RunningServer bare)
            throws Exception {
        if (traffic.equals(OPENINFERENCE)) {
            var generated = new Requests("dialects");
            var number = new AtomicInteger();
            Source source =
                    new Source(generated.spans(), () -> generated.encode(number.getAndIncrement()));
            return List.of(new Run(server, source), new Run(bare, source));
        }
        var recorded =
                new RecordedRequests(
                        LaunchOptions.launcher()
                                .resolveSibling("phoenix-server/src/test/resources/otlp")
                                .resolve(traffic + ".pb"));
        RecordedRequests translated = new Translation(server).of(traffic, recorded);
        return List.of(
                new Run(server, new Source(recorded.spans(), recorded::encode)),
                new Run(bare, new Source(translated.spans(), translated::encode)),
                new Run(bare, new Source(recorded.spans(), recorded::encode)));
    }

    private Burst send(Source source, RunningServer server) throws Exception {
        List<byte[]> encoded =
                LongStream.range(0, requests).mapToObj(number -> source.next().get()).toList();
        try (Sender sender = protocol.sender(server.httpPort(), server.grpcPort(), CONNECTIONS)) {
            List<byte[]> bodies = encoded.stream().map(sender::body).toList();
            return Burst.send(bodies, source.spans(), sender, CONNECTIONS, server);
        }
    }

    /** Requests one after the other. */
    private record Source(int spans, Supplier<byte[]> next) {}

    private record Run(RunningServer server, Source source, List<Burst> rounds) {

        Run(RunningServer server, Source source) {
            this(server, source, new ArrayList<>());
        }

        double rate() {
            return Median.of(rounds.stream().mapToDouble(Burst::spansPerSecond));
        }

        double cpu() {
            return Median.of(rounds.stream().mapToDouble(Burst::microsPerSpan));
        }
    }
}
