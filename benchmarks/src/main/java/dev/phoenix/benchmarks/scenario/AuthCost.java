package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Two servers, one without and one with authentication, asked in turns as short as possible, so
 * that whatever the machine does meanwhile happens to both. The median of the rounds counts.
 */
final class AuthCost {

    private static final String LIST = "/v1/projects?limit=10";
    private static final double MOST_MILLIS = 0.3;
    private static final double MOST_PERCENT = 3;
    private static final int CONNECTIONS = 16;

    /** A burst of so many requests takes about half a second. */
    private static final int BURST = 60;

    /** Until the compilers of both servers are through. */
    private static final int WARM_UP_ROUNDS = 2;

    private final Engine engine;
    private final int rounds;

    AuthCost(Engine engine, int rounds) {
        this.engine = engine;
        this.rounds = rounds;
    }

    /**
     * What a request costs more, one after the other to either server.
     *
     * @return whether it is as little as it has to be
     */
    boolean ofRequests(Caller without, Caller with, int requests) throws Exception {
        List<Double> differences = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
            long[] open = new long[requests];
            long[] closed = new long[requests];
            for (int i = 0; i < requests; i++) {
                boolean openFirst = i % 2 == 0;
                long first = (openFirst ? without : with).nanos(LIST);
                long second = (openFirst ? with : without).nanos(LIST);
                open[i] = openFirst ? first : second;
                closed[i] = openFirst ? second : first;
            }
            if (round >= WARM_UP_ROUNDS) {
                differences.add(p95(closed) - p95(open));
            }
        }
        double median = median(differences);
        System.out.printf(
                "%s: authentication adds %.3f ms to the p95 of a request (median of %s; at most %.1f)%n",
                engine, median, shown(differences), MOST_MILLIS);
        return median < MOST_MILLIS;
    }

    /** Short bursts of the same requests to either server, as many as make up the time. */
    boolean ofIngest(RunningServer open, RunningServer closed, String key, int bursts)
            throws Exception {
        List<Double> slower = new ArrayList<>();
        List<Double> dearer = new ArrayList<>();
        Requests requests = new Requests("bench");
        var number = new AtomicLong();
        try (Sender without = Protocol.HTTP.sender(open.httpPort(), open.grpcPort(), CONNECTIONS);
                Sender with = Protocol.withKey(closed.httpPort(), key)) {
            for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
                Burst base = Burst.NONE;
                Burst asked = Burst.NONE;
                for (int i = 0; i < bursts; i++) {
                    List<byte[]> bodies =
                            LongStream.range(0, BURST)
                                    .mapToObj(_ -> requests.encode(number.getAndIncrement()))
                                    .toList();
                    if (i % 2 == 0) {
                        base = base.plus(send(bodies, requests, without, open));
                        asked = asked.plus(send(bodies, requests, with, closed));
                    } else {
                        asked = asked.plus(send(bodies, requests, with, closed));
                        base = base.plus(send(bodies, requests, without, open));
                    }
                }
                if (round >= WARM_UP_ROUNDS) {
                    slower.add(100 * (1 - asked.spansPerSecond() / base.spansPerSecond()));
                    dearer.add(100 * (asked.microsPerSpan() / base.microsPerSpan() - 1));
                }
            }
        }
        double median = median(slower);
        System.out.printf(
                "%s: ingest is %.1f %% slower with authentication (median of %s; at most %.0f), and takes %.1f %% more of the processor (median of %s)%n",
                engine, median, shown(slower), MOST_PERCENT, median(dearer), shown(dearer));
        return median < MOST_PERCENT;
    }

    private static Burst send(
            List<byte[]> bodies, Requests requests, Sender sender, RunningServer server)
            throws Exception {
        return Burst.send(bodies, requests.spans(), sender, CONNECTIONS, server);
    }

    private static double p95(long[] nanos) {
        return new Latencies(LongStream.of(nanos)).percentile(95).toNanos() / 1e6;
    }

    private static double median(List<Double> figures) {
        return Median.of(figures.stream().mapToDouble(Double::doubleValue));
    }

    private static String shown(List<Double> figures) {
        return String.join(", ", figures.stream().map("%.3f"::formatted).toList());
    }
}
