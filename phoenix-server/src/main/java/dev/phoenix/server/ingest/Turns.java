package dev.phoenix.server.ingest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Limits what is unpacked and worked on at once; other requests wait in the order they came, as the
 * bytes they were sent as. More at once would not be stored sooner, but fill the heap with what
 * lives too long for the young generation.
 */
@Component
class Turns {

    private static final int UNIT_BYTES = 16 * 1024;
    private static final int UNITS = 1024;

    /** Senders give up after ten seconds, and send again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(9);

    private final IngestMetrics metrics;
    private final Semaphore free = new Semaphore(UNITS, true);

    Turns(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Waits until so many bytes may be worked on.
     *
     * @param bytes about the size of the message when it is unpacked
     * @return to be closed when the work is done
     */
    Turn await(long bytes) throws OverloadException {
        int units = (int) Math.clamp(Math.ceilDiv(bytes, UNIT_BYTES), 1, UNITS);
        try {
            if (!free.tryAcquire(units, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                metrics.rejected();
                throw new OverloadException(
                        "others were faster for %d seconds; retry"
                                .formatted(LONGEST_WAIT.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadException("the wait for a turn was interrupted");
        }
        return new Turn(units);
    }

    /** The permission to work on one request. */
    final class Turn implements AutoCloseable {

        private int units;

        private Turn(int units) {
            this.units = units;
        }

        @Override
        public synchronized void close() {
            free.release(units);
            units = 0;
        }
    }
}
