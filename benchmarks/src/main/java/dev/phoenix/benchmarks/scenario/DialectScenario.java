package dev.phoenix.benchmarks.scenario;

import static java.util.Collections.nCopies;

import dev.phoenix.benchmarks.load.Answer;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
            "Exits 1 when rules cost 10 % of the ingest of OpenInference, or 25 % of that of another dialect."
        })
public final class DialectScenario implements Callable<Integer> {

    private static final String OPENINFERENCE = "openinference";
    private static final double MOST_OF_OPENINFERENCE = 10;
    private static final double MOST_OF_OTHERS = 25;
    private static final int CONNECTIONS = 16;

    private static final String HEADER =
            """
            | engine | traffic | spans/s without rules | spans/s | cost % | server µs/span without rules | server µs/span | cost % |
            |---|---|---:|---:|---:|---:|---:|---:|\
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
            defaultValue = "2",
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
        Source source = source(traffic);
        List<Round> with = new ArrayList<>();
        List<Round> without = new ArrayList<>();
        for (int round = 0; round < warmUp + rounds; round++) {
            List<byte[]> bodies =
                    LongStream.range(0, requests).mapToObj(number -> source.next().get()).toList();
            // In turn, so that whatever the machine does meanwhile happens to both.
            boolean rulesFirst = round % 2 == 0;
            Round first = send(bodies, source.spans(), rulesFirst ? server : bare);
            Round second = send(bodies, source.spans(), rulesFirst ? bare : server);
            if (round >= warmUp) {
                with.add(rulesFirst ? first : second);
                without.add(rulesFirst ? second : first);
            }
        }
        double rate = Median.of(with.stream().mapToDouble(Round::spansPerSecond));
        double bareRate = Median.of(without.stream().mapToDouble(Round::spansPerSecond));
        double cpu = Median.of(with.stream().mapToDouble(Round::microsPerSpan));
        double bareCpu = Median.of(without.stream().mapToDouble(Round::microsPerSpan));
        double cost = 100 * (1 - rate / bareRate);
        System.out.printf(
                "| %s | %s | %,.0f | %,.0f | %.1f | %.1f | %.1f | %.1f |%n",
                engine, traffic, bareRate, rate, cost, bareCpu, cpu, 100 * (cpu / bareCpu - 1));
        return cost < (traffic.equals(OPENINFERENCE) ? MOST_OF_OPENINFERENCE : MOST_OF_OTHERS);
    }

    private Source source(String traffic) throws Exception {
        if (traffic.equals(OPENINFERENCE)) {
            var generated = new Requests("dialects");
            var number = new AtomicInteger();
            return new Source(generated.spans(), () -> generated.encode(number.getAndIncrement()));
        }
        var recorded =
                new RecordedRequests(
                        LaunchOptions.launcher()
                                .resolveSibling("phoenix-server/src/test/resources/otlp")
                                .resolve(traffic + ".pb"));
        return new Source(recorded.spans(), recorded::encode);
    }

    /** The same bytes for both servers, which have databases of their own. */
    private Round send(List<byte[]> encoded, int spans, RunningServer server) throws Exception {
        try (Sender sender = protocol.sender(server.httpPort(), server.grpcPort(), CONNECTIONS);
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<byte[]> bodies = encoded.stream().map(sender::body).toList();
            var next = new AtomicInteger();
            Callable<Void> work =
                    () -> {
                        for (int i = next.getAndIncrement();
                                i < bodies.size();
                                i = next.getAndIncrement()) {
                            deliver(sender, bodies.get(i));
                        }
                        return null;
                    };
            long cpuBefore = server.cpuTime().toNanos();
            long startedAt = System.nanoTime();
            for (Future<Void> worker : workers.invokeAll(nCopies(CONNECTIONS, work))) {
                worker.get();
            }
            return new Round(
                    (long) bodies.size() * spans,
                    System.nanoTime() - startedAt,
                    server.cpuTime().toNanos() - cpuBefore);
        }
    }

    private static void deliver(Sender sender, byte[] body) throws InterruptedException {
        Answer answer = sender.send(body).answer();
        if (answer != Answer.ACKNOWLEDGED) {
            throw new IllegalStateException("a request was answered with " + answer);
        }
    }

    /** Requests one after the other. */
    private record Source(int spans, Supplier<byte[]> next) {}

    private record Round(long spans, long nanos, long cpuNanos) {

        double spansPerSecond() {
            return spans / (nanos / 1e9);
        }

        double microsPerSpan() {
            return cpuNanos / 1e3 / spans;
        }
    }
}
