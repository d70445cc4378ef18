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

    private final AtomicReference<Known> known =
            new AtomicReference<>(new Known(Amount.NOTHING, Amount.NOTHING));

    WaitingEvents(LogMetrics metrics) {
        metrics.pending(() -> known.get().waiting.events);
    }

    /**
     * What waits, and the part of it that came since the count began that is under way: that count
     * may have read before it was stored.
     */
    private record Known(Amount waiting, Amount sinceCount) {}

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

    /** Only one count is under way at any time. */
    void beginCount() {
        known.updateAndGet(now -> new Known(now.waiting, Amount.NOTHING));
    }

    /** Ends the count. What came meanwhile may be in it already: rather too much than forgotten. */
    void counted(Amount all) {
        known.updateAndGet(now -> new Known(all.and(now.sinceCount), Amount.NOTHING));
    }

    void add(Amount more) {
        known.updateAndGet(now -> new Known(now.waiting.and(more), now.sinceCount.and(more)));
    }

    boolean none() {
        return known.get().waiting.events == 0;
    }

    boolean haveRoomFor(Amount more) {
        return known.get().waiting.and(more).isWithin(MOST);
    }
}
