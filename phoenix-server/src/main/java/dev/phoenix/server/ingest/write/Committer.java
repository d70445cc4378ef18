package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.ingest.IngestMetrics;
import dev.phoenix.server.ingest.OverloadException;
import dev.phoenix.server.ingest.StorageFullException;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.settings.IngestSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands spans to the writer lanes and waits until they are durable. Spans of one trace always take
 * the same lane, so no two lanes of a server meet on a trace.
 */
@Component
public class Committer implements SmartLifecycle {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** What is not stored by then was not acknowledged, and senders repeat it elsewhere. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final int maxQueuedSpans;
    private final AtomicLong queuedSpans = new AtomicLong();
    private final IngestMetrics metrics;
    private final Stages stages;
    private final List<Lane> lanes;
    private volatile boolean running;

    Committer(
            Database database,
            SpanWriter writer,
            IngestSettings settings,
            IngestMetrics metrics,
            Stages stages) {
        this.stages = stages;
        this.maxQueuedSpans = settings.maxQueuedSpans();
        this.metrics = metrics;
        int count = database.engine() == Engine.SQLITE ? 1 : 2;
        this.lanes =
                IntStream.range(0, count)
                        .mapToObj(
                                i ->
                                        new Lane(
                                                "span-writer-" + i,
                                                writer,
                                                metrics,
                                                stages,
                                                this::left))
                        .toList();
        metrics.queueSize(queuedSpans::get);
    }

    /**
     * Returns when every span is committed, refused or known.
     *
     * @return the spans that were not stored as they arrived
     * @throws OverloadException when the queue is full, the database does not answer, or the server
     *     is stopping; some of the spans may be stored, and repeating the request is safe
     * @throws StorageFullException when the database has no room for them
     */
    public List<Rejection> commit(List<DecodedSpan> spans)
            throws OverloadException, StorageFullException {
        if (spans.isEmpty()) {
            return List.of();
        }
        if (!running) {
            throw new OverloadException("the server is stopping");
        }
        if (queuedSpans.get() >= maxQueuedSpans) {
            metrics.rejected();
            throw new OverloadException(
                    "the span queue is full: PHOENIX_MAX_SPANS_QUEUE_SIZE is " + maxQueuedSpans);
        }
        queuedSpans.addAndGet(spans.size());
        try (var stage = stages.begin(Stage.COMMIT)) {
            return await(submit(spans));
        }
    }

    /** Spans count until they have left their lane, also when nobody waits for them any more. */
    private void left(int spans) {
        queuedSpans.addAndGet(-spans);
    }

    private List<Submission> submit(List<DecodedSpan> spans) {
        if (lanes.size() == 1) {
            return List.of(lanes.getFirst().submit(spans));
        }
        List<List<DecodedSpan>> parts = new ArrayList<>();
        lanes.forEach(lane -> parts.add(new ArrayList<>()));
        for (DecodedSpan span : spans) {
            parts.get(Math.floorMod(span.traceId().hashCode(), lanes.size())).add(span);
        }
        List<Submission> submissions = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).isEmpty()) {
                submissions.add(lanes.get(i).submit(parts.get(i)));
            }
        }
        return submissions;
    }

    private static List<Rejection> await(List<Submission> submissions)
            throws OverloadException, StorageFullException {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        List<Rejection> rejections = new ArrayList<>();
        try {
            for (Submission submission : submissions) {
                rejections.addAll(
                        submission.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return rejections;
        } catch (OverloadException | StorageFullException e) {
            submissions.forEach(Submission::abandon);
            throw e;
        }
    }

    @Override
    public void start() {
        lanes.forEach(Lane::start);
        running = true;
    }

    /** Accepted spans are still committed; callers that arrive now are told to come back. */
    @Override
    public void stop() {
        running = false;
        lanes.forEach(Lane::stop);
        long deadline = System.nanoTime() + DRAIN.toNanos();
        lanes.forEach(lane -> lane.await(Duration.ofNanos(deadline - System.nanoTime())));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the servers start, after they stopped. */
    @Override
    public int getPhase() {
        return 0;
    }
}
