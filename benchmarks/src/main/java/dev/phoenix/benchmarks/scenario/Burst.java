package dev.phoenix.benchmarks.scenario;

import static java.util.Collections.nCopies;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.RunningServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Some requests, built before and sent as fast as a server takes them.
 *
 * @param cpuNanos of the server's process, on all cores
 */
record Burst(long spans, long nanos, long cpuNanos) {

    static final Burst NONE = new Burst(0, 0, 0);

    /**
     * @param spans of each request
     */
    static Burst send(
            List<byte[]> bodies, int spans, Sender sender, int connections, RunningServer server)
            throws Exception {
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
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            long cpuBefore = server.cpuTime().toNanos();
            long startedAt = System.nanoTime();
            for (Future<Void> worker : workers.invokeAll(nCopies(connections, work))) {
                worker.get();
            }
            return new Burst(
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

    Burst plus(Burst other) {
        return new Burst(spans + other.spans, nanos + other.nanos, cpuNanos + other.cpuNanos);
    }

    double spansPerSecond() {
        return spans / (nanos / 1e9);
    }

    double microsPerSpan() {
        return cpuNanos / 1e3 / spans;
    }
}
