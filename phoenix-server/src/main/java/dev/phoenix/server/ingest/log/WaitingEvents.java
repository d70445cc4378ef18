package dev.phoenix.server.ingest.log;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * How much waits for its span, as far as this server knows: what it counted last and what it
 * accepted since. A second server on the same database may overshoot the bounds by what it accepts
 * between two counts.
 */
@Component
class WaitingEvents {

    static final Amount MOST = new Amount(100_000, 128L << 20);

    private final AtomicReference<Amount> waiting = new AtomicReference<>(Amount.NOTHING);

    WaitingEvents(LogMetrics metrics) {
        metrics.pending(() -> waiting.get().events);
    }

    /** Of events. */
    record Amount(long events, long bytes) {

        static final Amount NOTHING = new Amount(0, 0);

        Amount and(Amount more) {
            return new Amount(events + more.events, bytes + more.bytes);
        }

        Amount minus(Amount less) {
            return new Amount(Math.max(0, events - less.events), Math.max(0, bytes - less.bytes));
        }

        Amount half() {
            return new Amount(events / 2, bytes / 2);
        }

        boolean isWithin(Amount bounds) {
            return events <= bounds.events && bytes <= bounds.bytes;
        }
    }

    void counted(Amount all) {
        waiting.set(all);
    }

    void add(Amount more) {
        waiting.accumulateAndGet(more, Amount::and);
    }

    boolean none() {
        return waiting.get().events == 0;
    }

    boolean haveRoomFor(Amount more) {
        return waiting.get().and(more).isWithin(MOST);
    }
}
