package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.load.Load;
import dev.phoenix.benchmarks.load.Pace;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.MemoryWatch;
import dev.phoenix.benchmarks.target.Phoenix;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = {
            "Every list, chart and trace over a month of spans, idle and while spans come in at"
                    + " half speed.",
            "Exits 1 when an idle p95 exceeds its limit, or one beside ingest is more than 2.5"
                    + " times as long."
        })
public final class ReadScenario implements Callable<Integer> {

    private static final double MOST_BESIDE_INGEST = 2.5;
    private static final int CONNECTIONS = 4;

    /** Shorter times differ by accident. */
    private static final double COMPARED_FROM_MS = 20;

    private static final String HEADER =
            """
            | engine | query | idle p50 ms | idle p95 ms | limit ms | beside ingest p50 ms | p95 ms | |
            |---|---|---:|---:|---:|---:|---:|---|\
            """;

    @Option(names = "--engine", split = ",", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(
            names = "--spans",
            defaultValue = "1000000",
            description = "in all projects together (default: ${DEFAULT-VALUE})")
    private long spans;

    @Option(
            names = "--runs",
            defaultValue = "40",
            description = "of each query (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--rate",
            defaultValue = "6500",
            description =
                    "spans/s while the second figures are taken; 0 for none (default:"
                            + " ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--heap",
            defaultValue = "512m",
            description = "of the server (default: ${DEFAULT-VALUE})")
    private String heap = "";

    @Override
    public Integer call() throws Exception {
        int failed = 0;
        for (Engine engine : engines) {
            failed += measure(engine);
        }
        System.out.println(
                failed == 0 ? "all within their limits" : failed + " beyond their limits");
        return failed == 0 ? 0 : 1;
    }

    private int measure(Engine engine) throws Exception {
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path());
                RunningServer server =
                        RunningServer.start(
                                new Phoenix(LaunchOptions.launcher(), heap), store, folder.path());
                Sender sender =
                        Protocol.GRPC.sender(server.httpPort(), server.grpcPort(), CONNECTIONS);
                MemoryWatch memory = new MemoryWatch(server)) {
            long startedAt = System.nanoTime();
            ReadData data = new ReadData(server, sender, spans);
            data.load();
            store.execute(engine == Engine.SQLITE ? "PRAGMA wal_checkpoint" : "VACUUM ANALYZE");
            System.out.printf(
                    "%s, %,d spans and three large traces in %,d s; heap %s%n",
                    store.description(),
                    spans,
                    Duration.ofNanos(System.nanoTime() - startedAt).toSeconds(),
                    heap);
            List<ReadQuestion> questions = new ReadQuestions(engine, data).all(server);
            Map<ReadQuestion, Figures> idle = ask(server, questions);
            Map<ReadQuestion, Figures> busy = besideIngest(server, sender, questions);
            System.out.println(HEADER);
            int failed = 0;
            for (ReadQuestion question : questions) {
                failed += print(engine, question, idle.get(question), busy.get(question)) ? 0 : 1;
            }
            System.out.printf("peak of resident memory: %,d MB%n", memory.peakBytes() >> 20);
            return failed;
        }
    }

    private record Figures(double p50, double p95) {}

    private Map<ReadQuestion, Figures> besideIngest(
            RunningServer server, Sender sender, List<ReadQuestion> questions) throws Exception {
        if (rate <= 0) {
            return Map.of();
        }
        Load load = new Load(new Requests("read-ingest"), sender, CONNECTIONS);
        CompletableFuture<Void> ingest =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                load.run(new Pace.Open(rate), Duration.ofHours(1));
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        try {
            return ask(server, questions);
        } finally {
            load.stop();
            ingest.join();
        }
    }

    private Map<ReadQuestion, Figures> ask(RunningServer server, List<ReadQuestion> questions)
            throws IOException {
        Map<ReadQuestion, Figures> figures = new LinkedHashMap<>();
        for (ReadQuestion question : questions) {
            try {
                figures.put(question, figures(server, question));
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
        return figures;
    }

    private Figures figures(RunningServer server, ReadQuestion question) throws IOException {
        for (int warmUp = 0; warmUp < runs; warmUp++) {
            question.nanos(server);
        }
        LongStream.Builder nanos = LongStream.builder();
        for (int run = 0; run < runs; run++) {
            nanos.add(question.nanos(server));
        }
        Latencies latencies = new Latencies(nanos.build());
        return new Figures(
                latencies.percentile(50).toNanos() / 1e6, latencies.percentile(95).toNanos() / 1e6);
    }

    /** Whether the figures are within their limits. */
    private static boolean print(
            Engine engine, ReadQuestion question, @Nullable Figures idle, @Nullable Figures busy) {
        boolean quick = idle != null && idle.p95 <= question.idleMs();
        boolean steady =
                idle == null
                        || busy == null
                        || busy.p95 <= MOST_BESIDE_INGEST * Math.max(COMPARED_FROM_MS, idle.p95);
        System.out.printf(
                "| %s | %s | %s | %d | %s | %s |%n",
                engine,
                question.name(),
                text(idle),
                question.idleMs(),
                text(busy),
                quick && steady ? "" : quick ? "slow beside ingest" : "slow");
        return quick && steady;
    }

    private static String text(@Nullable Figures figures) {
        return figures == null ? "– | –" : "%.1f | %.1f".formatted(figures.p50, figures.p95);
    }
}
