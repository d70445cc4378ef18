package dev.phoenix.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** When the requests of a load are due. */
public sealed interface Pace {

    /**
     * Waits until request {@code ordinal} is due and returns the moment its latency is counted
     * from.
     */
    long await(long ordinal, long startedAt);

    /**
     * Closed loop: each connection sends as soon as it has its answer. Shows what the server can
     * take.
     */
    record Closed() implements Pace {

        @Override
        public long await(long ordinal, long startedAt) {
            return System.nanoTime();
        }
    }

    /**
     * Open loop: requests are due at fixed times whatever the server does, and latency counts from
     * there: a stall is charged to every request it held up.
     */
    record Open(double spansPerSecond) implements Pace {

        @Override
        public long await(long ordinal, long startedAt) {
            long interval =
                    (long) (Duration.ofSeconds(1).toNanos() * Requests.SPANS / spansPerSecond);
            long due = startedAt + ordinal * interval;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            return due;
        }
    }
}
