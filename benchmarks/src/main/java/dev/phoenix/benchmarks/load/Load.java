package dev.phoenix.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over a fixed number of connections for a limited time. Numbers go on from one
 * phase to the next.
 */
public final class Load {

    private static final Duration PAUSE_AFTER_A_REFUSAL = Duration.ofMillis(50);

    private final Requests requests;
    private final Sender sender;
    private final int connections;
    private final AtomicLong nextRequest = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();

    public Load(Requests requests, Sender sender, int connections) {
        this.requests = requests;
        this.sender = sender;
        this.connections = connections;
    }

    public LoadReport run(Pace pace, Duration time) throws Exception {
        var samples = new ConcurrentLinkedQueue<Sample>();
        long firstRequest = nextRequest.get();
        long startedAt = System.nanoTime();
        long until = startedAt + time.toNanos();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                work.add(
                        workers.submit(
                                () -> {
                                    while (System.nanoTime() < until && !stopped.get()) {
                                        long request = nextRequest.getAndIncrement();
                                        samples.add(
                                                send(
                                                        request,
                                                        request - firstRequest,
                                                        pace,
                                                        startedAt));
                                    }
                                    return null;
                                }));
            }
            for (Future<?> worker : work) {
                worker.get();
            }
        }
        return new LoadReport(
                List.copyOf(samples), Duration.ofNanos(System.nanoTime() - startedAt));
    }

    /** Lets every connection finish what it is doing; the server may be gone. */
    public void stop() {
        stopped.set(true);
    }

    private Sample send(long request, long ordinal, Pace pace, long startedAt)
            throws InterruptedException {
        byte[] body = sender.body(requests.encode(request));
        long since = pace.await(ordinal, startedAt);
        Answer answer = sender.send(body);
        long latency = System.nanoTime() - since;
        if (answer != Answer.ACKNOWLEDGED) {
            LockSupport.parkNanos(PAUSE_AFTER_A_REFUSAL.toNanos());
        }
        return new Sample(request, answer, latency);
    }

    /** One request and how long its answer took. */
    public record Sample(long request, Answer answer, long latencyNanos) {}
}
