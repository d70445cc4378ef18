package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.OverloadException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Spans of one request in one lane, and the wait for their commit. */
final class Submission {

    private final CountDownLatch uncommitted;
    private final List<String> rejections = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable String failure;
    private volatile boolean abandoned;

    Submission(int parts) {
        this.uncommitted = new CountDownLatch(parts);
    }

    void reject(String reason) {
        rejections.add(reason);
    }

    /** Nobody waits any more; what has not begun need not be stored. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void partFailed(String reason) {
        failure = reason;
        uncommitted.countDown();
    }

    void partCommitted() {
        uncommitted.countDown();
    }

    List<String> await(long timeout, TimeUnit unit) throws OverloadException {
        try {
            if (!uncommitted.await(timeout, unit)) {
                throw new OverloadException("the database did not confirm the spans in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadException("the wait for the commit was interrupted");
        }
        String reason = failure;
        if (reason != null) {
            throw new OverloadException(reason);
        }
        return List.copyOf(rejections);
    }
}
