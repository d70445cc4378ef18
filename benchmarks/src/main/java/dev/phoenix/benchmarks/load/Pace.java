package dev.phoenix.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When the requests of a load are due. */
public sealed interface Pace {

    /**
     * Waits until the request with so many {@code spansBefore} it is due and returns the moment its
     * latency is counted from.
     */
    long await(long spansBefore, long startedAt);

    /**
     * Closed loop: each connection sends as soon as it has its answer. Shows what the server can
     * take.
     */
    record Closed() implements Pace {

        @Override
        public long await(long spansBefore, long startedAt) {
            return System.nanoTime();
        }
    }

    /**
     * Open loop: requests are due at fixed times whatever the server does, and latency counts from
     * there: a stall is charged to every request it held up.
     */
    record Open(double spansPerSecond) implements Pace {

        @Override
        public long await(long spansBefore, long startedAt) {
            long due = due(spansBefore, startedAt);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            return due;
        }

        long due(long spansBefore, long startedAt) {
            return startedAt + (long) (spansBefore / spansPerSecond * TimeUnit.SECONDS.toNanos(1));
        }
    }
}
