package dev.phoenix.benchmarks.load;

import static java.util.Collections.nCopies;

import dev.phoenix.benchmarks.load.Load.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * More than the server can take, offered as OTLP exporters do: requests fall due at a fixed rate;
 * who is refused comes back after the time the server asks for; and what has waited for a free
 * connection for too long is dropped, as an exporter's own queue is bounded.
 */
public final class ExporterLoad {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE_WITHOUT_HINT = Duration.ofSeconds(1);

    private final Requests requests;
    private final Sender sender;
    private final int connections;
    private final Pace.Open pace;
    private final long firstRequest;
    private final AtomicLong nextRequest;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();

    /** Numbers from {@code firstRequest} on are sent. */
    public ExporterLoad(
            Requests requests,
            Sender sender,
            int connections,
            double spansPerSecond,
            long firstRequest) {
        this.requests = requests;
        this.sender = sender;
        this.connections = connections;
        this.firstRequest = firstRequest;
        pace = new Pace.Open(spansPerSecond);
        nextRequest = new AtomicLong(firstRequest);
    }

    public ExporterReport run(Duration time) throws Exception {
        long startedAt = System.nanoTime();
        long until = startedAt + time.toNanos();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> exporter =
                    () -> {
                        long request = nextRequest.getAndIncrement();
                        while (due(request, startedAt) < until) {
                            export(request, due(request, startedAt), until);
                            request = nextRequest.getAndIncrement();
                        }
                        return null;
                    };
            for (Future<Void> worker : workers.invokeAll(nCopies(connections, exporter))) {
                worker.get();
            }
        }
        var load =
                new LoadReport(
                        List.copyOf(samples),
                        Duration.ofNanos(System.nanoTime() - startedAt),
                        requests.spans());
        return new ExporterReport(load, offered.get(), dropped.get());
    }

    private long due(long request, long startedAt) {
        return pace.due((request - firstRequest) * requests.spans(), startedAt);
    }

    private void export(long request, long due, long until) throws InterruptedException {
        offered.incrementAndGet();
        if (System.nanoTime() - due > LONGEST_WAIT.toNanos()) {
            dropped.incrementAndGet();
            return;
        }
        byte[] encoded = requests.encode(request);
        byte[] body = sender.body(encoded);
        LockSupport.parkNanos(due - System.nanoTime());
        Reply reply;
        do {
            reply = sender.send(body);
            long latency = System.nanoTime() - due;
            samples.add(new Sample(request, reply.answer(), latency, encoded.length));
            if (reply.answer() == Answer.REFUSED) {
                pause(reply.retryAfter());
            }
        } while (reply.answer() == Answer.REFUSED && System.nanoTime() < until);
    }

    /** With jitter, as exporters have it, so that they do not all come back at once. */
    private static void pause(Duration hint) {
        Duration least = hint.isZero() ? PAUSE_WITHOUT_HINT : hint;
        LockSupport.parkNanos(
                (long) (least.toNanos() * ThreadLocalRandom.current().nextDouble(1, 1.5)));
    }
}
