package dev.phoenix.server.ingest;

import dev.phoenix.server.settings.IngestSettings;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Bytes that requests in progress may hold together, from the first byte read to the commit. */
@Component
final class ByteBudget {

    /** Body, parsed message, text and columns of a span are in memory together. */
    private static final int COPIES = 4;

    private final long limit;
    private final IngestMetrics metrics;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(IngestSettings settings, IngestMetrics metrics) {
        this.limit = settings.maxQueuedBytes();
        this.metrics = metrics;
    }

    Reservation reserve() {
        return new Reservation();
    }

    /**
     * The part of one request; grows while its body is read. Threads may share it: a call that is
     * cancelled gives back what another thread is still reading.
     */
    final class Reservation implements AutoCloseable {

        private long held;
        private boolean closed;

        /**
         * For bytes of the message.
         *
         * @throws OverloadException when the budget is exhausted; what was held stays held until
         *     close
         */
        void grow(long bytes) throws OverloadException {
            hold(bytes * COPIES);
        }

        /** For bytes that are only kept, and memory that is no part of the request. */
        synchronized void hold(long bytes) throws OverloadException {
            if (closed) {
                throw new OverloadException("the request is over");
            }
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                metrics.rejected();
                throw new OverloadException(
                        "requests in progress hold as much as PHOENIX_MAX_SPANS_QUEUE_BYTES allows: "
                                + limit);
            }
            held += bytes;
        }

        @Override
        public synchronized void close() {
            used.addAndGet(-held);
            held = 0;
            closed = true;
        }
    }
}
