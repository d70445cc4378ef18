package dev.phoenix.benchmarks.load;

import static java.util.Collections.nCopies;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Sends requests over a fixed number of connections for a limited time. Numbers go on from one
 * phase to the next.
 */
public final class Load {

    private static final Duration PAUSE_AFTER_A_REFUSAL = Duration.ofMillis(50);

    /** What may be built ahead. */
    private static final long MAX_PREPARED_BYTES = 1L << 30;

    private final Requests requests;
    private final Sender sender;
    private final int connections;
    private final AtomicLong nextRequest = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Map<Long, Prepared> prepared = new ConcurrentHashMap<>();

    public Load(Requests requests, Sender sender, int connections) {
        this.requests = requests;
        this.sender = sender;
        this.connections = connections;
    }

    public LoadReport run(Pace pace, Duration time) throws Exception {
        return run(pace, time, request -> {});
    }

    /** Tells {@code acknowledged} the number of each request right after its answer. */
    public LoadReport run(Pace pace, Duration time, LongConsumer acknowledged) throws Exception {
        long startedAt = System.nanoTime();
        var phase = new Phase(pace, nextRequest.get(), startedAt, acknowledged);
        var samples = new ConcurrentLinkedQueue<Sample>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> work =
                    () -> {
                        while (System.nanoTime() < startedAt + time.toNanos() && !stopped.get()) {
                            samples.add(send(nextRequest.getAndIncrement(), phase));
                        }
                        return null;
                    };
            for (Future<Void> worker : workers.invokeAll(nCopies(connections, work))) {
                worker.get();
            }
        }
        return new LoadReport(
                List.copyOf(samples),
                Duration.ofNanos(System.nanoTime() - startedAt),
                requests.spans());
    }

    /**
     * Builds and compresses the next requests now, so that exporters, which run elsewhere, take
     * little from the server's cores. Those beyond the limit are built while sending.
     */
    public void prepare(long count) {
        long first = nextRequest.get();
        var bytes = new AtomicLong();
        try (var builders =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long request = first; request < first + count; request++) {
                long number = request;
                builders.execute(
                        () -> {
                            if (bytes.get() < MAX_PREPARED_BYTES && !prepared.containsKey(number)) {
                                Prepared built = built(number);
                                bytes.addAndGet(built.body().length);
                                prepared.put(number, built);
                            }
                        });
            }
        }
    }

    private Prepared built(long request) {
        byte[] encoded = requests.encode(request);
        return new Prepared(sender.body(encoded), encoded.length);
    }

    /** How many requests there were so far; the next one has this number. */
    public long sent() {
        return nextRequest.get();
    }

    /** Lets every connection finish what it is doing; the server may be gone. */
    public void stop() {
        stopped.set(true);
    }

    private Sample send(long request, Phase phase) throws InterruptedException {
        Prepared ahead = prepared.remove(request);
        Prepared next = ahead == null ? built(request) : ahead;
        long since = phase.await((request - phase.firstRequest()) * requests.spans());
        Answer answer = sender.send(next.body()).answer();
        long latency = System.nanoTime() - since;
        if (answer == Answer.ACKNOWLEDGED) {
            phase.acknowledged().accept(request);
        } else {
            LockSupport.parkNanos(PAUSE_AFTER_A_REFUSAL.toNanos());
        }
        return new Sample(request, answer, latency, next.encodedBytes());
    }

    private record Prepared(byte[] body, int encodedBytes) {}

    private record Phase(Pace pace, long firstRequest, long startedAt, LongConsumer acknowledged) {

        long await(long spansBefore) {
            return pace.await(spansBefore, startedAt);
        }
    }

    /** One request and how long its answer took. */
    public record Sample(long request, Answer answer, long latencyNanos, int encodedBytes) {}
}
