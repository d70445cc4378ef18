package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.PhoenixWithAccounts;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "auth",
        mixinStandardHelpOptions = true,
        description = {
            "What authentication costs: requests and ingest with and without it, log-ins, many users and keys, revocation by another server.",
            "Exits 1 when it adds 0.3 ms to the p95 of a request or takes 3 %% of the ingest."
        })
public final class AuthScenario implements Callable<Integer> {

    private static final String LIST = "/v1/projects?limit=10";

    @Option(names = "--engine", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(names = "--rounds", defaultValue = "5", description = "(default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--requests",
            defaultValue = "2000",
            description = "a round (default: ${DEFAULT-VALUE})")
    private int requests;

    @Option(
            names = "--bursts",
            defaultValue = "20",
            description = "of ingest to either server a round (default: ${DEFAULT-VALUE})")
    private int bursts;

    @Option(
            names = "--users",
            defaultValue = "10000",
            description = "and as many keys (default: ${DEFAULT-VALUE})")
    private int users;

    @Override
    public Integer call() throws Exception {
        boolean cheap = true;
        for (Engine engine : engines) {
            try (Folder folder = Folder.create();
                    Folder other = Folder.create();
                    Store openStore = engine.newStore(folder.path());
                    Store store = engine.newStore(other.path())) {
                try (RunningServer open =
                                RunningServer.start(
                                        LaunchOptions.phoenix(), openStore, folder.path());
                        RunningServer closed = start(store, other)) {
                    Caller anybody = Caller.nobody(open);
                    Caller admin = Caller.nobody(closed).admin();
                    String key = admin.newKey("bench");
                    var cost = new AuthCost(engine, rounds);
                    cheap &= cost.ofRequests(anybody, admin.as(key), requests);
                    cheap &= cost.ofIngest(open, closed, key, bursts);
                    logIns(engine, admin);
                    flood(engine, admin, admin.as(key));
                    lists(engine, admin);
                    revocation(engine, store, other, admin);
                }
            }
        }
        return cheap ? 0 : 1;
    }

    private static RunningServer start(Store store, Folder folder) throws Exception {
        return RunningServer.start(
                new PhoenixWithAccounts(LaunchOptions.phoenix()), store, folder.path());
    }

    private void logIns(Engine engine, Caller caller) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < rounds * 4; i++) {
            long startedAt = System.nanoTime();
            session(caller);
            millis.add((System.nanoTime() - startedAt) / 1e6);
        }
        System.out.printf(
                "%s: a log-in takes %.0f ms (median of %d)%n",
                engine, median(millis), millis.size());
    }

    /** 64 clients guess as fast as they can; everybody else goes on. */
    private void flood(Engine engine, Caller guesser, Caller other) throws Exception {
        Latencies calm = other.time(LIST, requests);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> guesses =
                    IntStream.range(0, 64)
                            .mapToObj(client -> clients.submit(() -> guess(guesser, client, over)))
                            .toList();
            TimeUnit.SECONDS.sleep(1);
            Latencies flooded = other.time(LIST, requests);
            over.set(true);
            for (Future<Void> guess : guesses) {
                guess.get();
            }
            System.out.printf(
                    "%s: while 64 clients guess passwords, a request takes %.2f ms at the p95,"
                            + " otherwise %.2f ms%n",
                    engine, millis(flooded, 95), millis(calm, 95));
        }
    }

    private static Void guess(Caller guesser, int client, AtomicBoolean over) throws Exception {
        for (int i = 0; !over.get(); i++) {
            guesser.logIn("nobody-%d-%d@example.com".formatted(client, i), "guess");
        }
        return null;
    }

    private void lists(Engine engine, Caller admin) throws Exception {
        String[] paths = {"/v1/users?limit=100", "/v1/users/api_keys?limit=100"};
        fill(admin, 100);
        List<Latencies> few = times(admin, paths);
        fill(admin, users);
        List<Latencies> many = times(admin, paths);
        for (int i = 0; i < paths.length; i++) {
            System.out.printf(
                    "%s: GET %s takes %.2f ms at the p95 with 100 users and keys, %.2f ms with"
                            + " %,d%n",
                    engine, paths[i], millis(few.get(i), 95), millis(many.get(i), 95), users);
        }
    }

    private static List<Latencies> times(Caller admin, String... paths) throws Exception {
        List<Latencies> times = new ArrayList<>();
        for (String path : paths) {
            admin.time(path, 200);
            times.add(admin.time(path, 200));
        }
        return times;
    }

    private static void fill(Caller admin, int users) throws Exception {
        Caller owner = admin.as(session(admin));
        for (int i = 0; i < users; i++) {
            admin.newUser("user-%d-%d".formatted(users, i));
            owner.newOwnKey("key-%d".formatted(i));
        }
    }

    /** From the log-out at one server to the refusal by the other. */
    private void revocation(Engine engine, Store store, Folder folder, Caller first)
            throws Exception {
        List<Double> seconds = new ArrayList<>();
        try (RunningServer server = start(store, folder)) {
            Caller second = Caller.nobody(server);
            for (int round = 0; round < rounds; round++) {
                String token = session(first);
                second.as(token).get(LIST);
                first.as(token).post("/auth/logout", "");
                long startedAt = System.nanoTime();
                while (second.as(token).status(LIST) != 401) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                seconds.add((System.nanoTime() - startedAt) / 1e9);
            }
        }
        System.out.printf(
                "%s: another server refuses a session %.1f s after its end at most (%s)%n",
                engine,
                seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                shown(seconds));
    }

    private static String session(Caller caller) throws Exception {
        return caller.logIn(PhoenixWithAccounts.ADMIN_EMAIL, PhoenixWithAccounts.ADMIN_PASSWORD)
                .orElseThrow();
    }

    private static double millis(Latencies latencies, int percent) {
        return latencies.percentile(percent).toNanos() / 1e6;
    }

    private static double median(List<Double> figures) {
        return Median.of(figures.stream().mapToDouble(Double::doubleValue));
    }

    private static String shown(List<Double> figures) {
        return String.join(", ", figures.stream().map("%.3f"::formatted).toList());
    }
}
