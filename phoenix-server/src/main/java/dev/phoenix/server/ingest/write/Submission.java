package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.DiskFull;
import dev.phoenix.server.ingest.OverloadException;
import dev.phoenix.server.ingest.StorageFullException;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.stage.Stages;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Spans of one request in one lane, and the wait for their commit. */
final class Submission {

    private final CountDownLatch uncommitted;
    private final SpanContext request = Stages.current();
    private final List<Rejection> rejections = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable Throwable failure;
    private volatile boolean abandoned;

    Submission(int parts) {
        this.uncommitted = new CountDownLatch(parts);
    }

    /** Our own span of the request that waits. */
    SpanContext request() {
        return request;
    }

    void reject(Rejection rejection) {
        rejections.add(rejection);
    }

    /** Nobody waits any more; what has not begun need not be stored. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void partFailed(Throwable cause) {
        failure = cause;
        uncommitted.countDown();
    }

    void partCommitted() {
        uncommitted.countDown();
    }

    List<Rejection> await(long timeout, TimeUnit unit)
            throws OverloadException, StorageFullException {
        try {
            if (!uncommitted.await(timeout, unit)) {
                throw new OverloadException("the database did not confirm the spans in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadException("the wait for the commit was interrupted");
        }
        Throwable cause = failure;
        if (DiskFull.caused(cause)) {
            throw new StorageFullException();
        }
        if (cause != null) {
            throw new OverloadException("the database is not available; retry", cause);
        }
        return List.copyOf(rejections);
    }
}
