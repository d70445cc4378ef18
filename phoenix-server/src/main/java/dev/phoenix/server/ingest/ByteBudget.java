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

    /** The part of one request; grows while its body is read. */
    final class Reservation implements AutoCloseable {

        private long held;

        /**
         * @throws OverloadException when the budget is exhausted; what was held stays held until
         *     close
         */
        void grow(long bytes) throws OverloadException {
            hold(bytes * COPIES);
        }

        /** Like {@link #grow}, for memory that is no part of the request. */
        void hold(long memory) throws OverloadException {
            if (used.addAndGet(memory) > limit) {
                used.addAndGet(-memory);
                metrics.rejected();
                throw new OverloadException(
                        "requests in progress hold as much as PHOENIX_MAX_SPANS_QUEUE_BYTES allows: "
                                + limit);
            }
            held += memory;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
