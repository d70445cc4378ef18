package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends as exporters do: what is not acknowledged is sent again, byte for byte, and if need be to
 * the server's next process.
 */
final class Exporter {

    private static final Duration PAUSE_AFTER_A_REFUSAL = Duration.ofMillis(50);

    /** The server gives every request an answer within a minute. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(90);

    private final Requests requests;
    private final Ledger ledger;
    private final AtomicLong nextRequest = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private final Queue<Batch> unacknowledged = new ConcurrentLinkedQueue<>();

    Exporter(Requests requests, Ledger ledger) {
        this.requests = requests;
        this.ledger = ledger;
    }

    /** How many requests had to be sent again. */
    long resent() {
        return resent.get();
    }

    /** Sends as fast as the answers come, until closed. */
    Load start(Sender sender, int connections) {
        return new Load(sender, connections);
    }

    /** Sends what is not acknowledged yet, and nothing else. */
    void drain(Sender sender) throws InterruptedException, IOException {
        long until = System.nanoTime() + LONGEST_ANSWER.toNanos();
        for (Batch batch = unacknowledged.poll(); batch != null; batch = unacknowledged.poll()) {
            resent.incrementAndGet();
            send(sender, batch);
            if (System.nanoTime() > until) {
                throw new IOException(
                        "requests are still not acknowledged, %s after the fault"
                                .formatted(LONGEST_ANSWER));
            }
        }
    }

    /** Sends one new request and nothing beside it. */
    void sendOne(Sender sender) throws InterruptedException, IOException {
        send(sender, newBatch());
        drain(sender);
    }

    /** Sends one new request through a door that tells the answer as it was given. */
    String probe(OpenDoor door, Mutations.Door way) throws InterruptedException {
        Batch batch = newBatch();
        String answer = door.send(way, batch.body());
        if (OpenDoor.isYes(answer)) {
            ledger.acknowledge(batch.request());
        } else {
            unacknowledged.add(batch);
        }
        return answer;
    }

    private Batch newBatch() {
        long request = nextRequest.getAndIncrement();
        return new Batch(request, requests.encode(request));
    }

    private void send(Sender sender, Batch batch) throws InterruptedException {
        if (sender.send(sender.body(batch.body())).answer() == Answer.ACKNOWLEDGED) {
            ledger.acknowledge(batch.request());
        } else {
            unacknowledged.add(batch);
            TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_A_REFUSAL.toNanos());
        }
    }

    /** Some connections that send at the same time. */
    final class Load implements AutoCloseable {

        private final Sender sender;
        private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> work = new ArrayList<>();
        private volatile boolean stopped;

        private Load(Sender sender, int connections) {
            this.sender = sender;
            for (int i = 0; i < connections; i++) {
                work.add(workers.submit(this::sendUntilStopped));
            }
        }

        /** Returns how long it took until so many more requests were acknowledged. */
        Duration awaitAcknowledged(int more) throws InterruptedException, IOException {
            long startedAt = System.nanoTime();
            int enough = ledger.requests() + more;
            while (ledger.requests() < enough) {
                if (System.nanoTime() - startedAt > LONGEST_ANSWER.toNanos()) {
                    throw new IOException("nothing was acknowledged for " + LONGEST_ANSWER);
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }

        private Void sendUntilStopped() throws InterruptedException {
            while (!stopped) {
                Batch waiting = unacknowledged.poll();
                if (waiting != null) {
                    resent.incrementAndGet();
                }
                send(sender, waiting == null ? newBatch() : waiting);
            }
            return null;
        }

        /** Returns when every request has its answer; the server may be gone. */
        @Override
        public void close() throws IOException {
            stopped = true;
            try {
                for (Future<?> worker : work) {
                    worker.get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
                }
            } catch (TimeoutException e) {
                throw new IOException("a request had no answer for " + LONGEST_ANSWER, e);
            } catch (ExecutionException e) {
                throw new IOException("a sender failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private record Batch(long request, byte[] body) {}
}
