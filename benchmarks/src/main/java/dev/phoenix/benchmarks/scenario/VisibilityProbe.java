package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Looks for the last span of some acknowledged requests through the public API until it is there.
 * One at a time, with pauses, so that the load stays what it is.
 */
final class VisibilityProbe implements LongConsumer, AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration NEVER = Duration.ofSeconds(30);

    private final RunningServer server;
    private final String project;
    private final Requests requests;
    private final SynchronousQueue<Acknowledged> next = new SynchronousQueue<>();
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    VisibilityProbe(RunningServer server, String project, Requests requests) {
        this.server = server;
        this.project = project;
        this.requests = requests;
        thread = Thread.ofPlatform().name("visibility-probe").start(this::probe);
    }

    /** Takes the request if it is waiting for one. */
    @Override
    public void accept(long request) {
        next.offer(new Acknowledged(request, System.nanoTime()));
    }

    /** From the acknowledgement of a request to the answer that shows its span. */
    Latencies latencies() {
        return new Latencies(nanos.stream().mapToLong(Long::longValue));
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void probe() {
        try {
            while (true) {
                Acknowledged acknowledged = next.take();
                awaitVisible(acknowledged);
                nanos.add(System.nanoTime() - acknowledged.at());
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void awaitVisible(Acknowledged acknowledged) throws IOException, InterruptedException {
        String id = requests.spanIds(acknowledged.request()).toList().getLast();
        String path = "/v1/projects/" + project + "/spans?limit=1&span_id=" + id;
        while (!server.get(path).body().contains(id)) {
            if (System.nanoTime() - acknowledged.at() > NEVER.toNanos()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    private record Acknowledged(long request, long at) {}
}
