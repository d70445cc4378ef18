package dev.phoenix.server.ingest;

import dev.phoenix.server.settings.IngestSettings;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Bytes that requests in progress may hold together, from the first byte read to the commit. */
@Component
final class ByteBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(IngestSettings settings) {
        this.limit = settings.maxQueuedBytes();
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
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                throw new OverloadException(
                        "requests in progress hold as much as PHOENIX_MAX_SPANS_QUEUE_BYTES allows: "
                                + limit);
            }
            held += bytes;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
