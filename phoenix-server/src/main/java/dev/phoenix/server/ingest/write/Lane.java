package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.IngestMetrics;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writer thread and the parts that wait for it. While a batch commits the next one collects, so
 * the batch grows with the load and a lone span does not wait.
 */
final class Lane {

    /**
     * Keeps a SQLite batch under 50 ms, so that other writers of the database get their turn
     * between batches.
     */
    private static final int MAX_BATCH = 1000;

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final SpanWriter writer;
    private final IngestMetrics metrics;
    private final Stages stages;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Part> waiting = new ArrayDeque<>();
    private final IntConsumer left;
    private boolean stopping;

    /**
     * @param left told how many spans have left the lane
     */
    Lane(String name, SpanWriter writer, IngestMetrics metrics, Stages stages, IntConsumer left) {
        this.stages = stages;
        this.writer = writer;
        this.metrics = metrics;
        this.left = left;
        // A daemon, because a database that does not answer must not keep the process alive.
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void await(Duration time) {
        try {
            if (time.isNegative() || !thread.join(time)) {
                log.error("{} is still busy; its spans were not acknowledged", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Submission submit(List<DecodedSpan> spans) {
        int parts = (spans.size() + MAX_BATCH - 1) / MAX_BATCH;
        Submission submission = new Submission(parts);
        lock.lock();
        try {
            for (int from = 0; from < spans.size(); from += MAX_BATCH) {
                waiting.add(
                        new Part(
                                submission,
                                spans.subList(from, Math.min(from + MAX_BATCH, spans.size()))));
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        return submission;
    }

    private void run() {
        for (List<Part> batch = nextBatch(); batch != null; batch = nextBatch()) {
            commit(batch);
        }
    }

    private @Nullable List<Part> nextBatch() {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (stopping) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            return takeUpToMaxBatch();
        } finally {
            lock.unlock();
        }
    }

    private List<Part> takeUpToMaxBatch() {
        List<Part> batch = new ArrayList<>();
        int spans = 0;
        for (Part part = waiting.peek(); part != null; part = waiting.peek()) {
            if (part.submission().isAbandoned()) {
                waiting.remove();
                left.accept(part.spans().size());
                continue;
            }
            spans += part.spans().size();
            if (spans > MAX_BATCH && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void commit(List<Part> batch) {
        List<DecodedSpan> spans = new ArrayList<>();
        batch.forEach(part -> spans.addAll(part.spans()));
        if (spans.isEmpty()) {
            return;
        }
        try {
            for (Refusal refusal : write(batch, spans)) {
                ownerOf(batch, refusal.index()).submission().reject(rejection(spans, refusal));
            }
            batch.forEach(part -> part.submission().partCommitted());
        } catch (RuntimeException | Error e) {
            // The thread's boundary: whatever went wrong, senders must hear of it and the lane must
            // live.
            metrics.batchFailed(spans.size());
            log.error(
                    "A batch of {} spans was not stored and not acknowledged: {}",
                    spans.size(),
                    e.toString());
            batch.forEach(part -> part.submission().partFailed(e));
        } finally {
            left.accept(spans.size());
        }
    }

    private List<Refusal> write(List<Part> batch, List<DecodedSpan> spans) {
        List<SpanContext> requests =
                batch.stream().map(part -> part.submission().request()).distinct().toList();
        try (var stage = stages.begin(Stage.BATCH, requests).with("spans", spans.size())) {
            try {
                return writer.write(spans);
            } catch (RuntimeException e) {
                stage.failed(e);
                throw e;
            }
        }
    }

    private static Rejection rejection(List<DecodedSpan> spans, Refusal refusal) {
        return Rejection.of(spans.get(refusal.index()), refusal.reason(), refusal.message());
    }

    private static Part ownerOf(List<Part> batch, int index) {
        int end = 0;
        for (Part part : batch) {
            end += part.spans().size();
            if (index < end) {
                return part;
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    private record Part(Submission submission, List<DecodedSpan> spans) {}
}
