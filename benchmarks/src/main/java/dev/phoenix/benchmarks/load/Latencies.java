package dev.phoenix.benchmarks.load;

import java.time.Duration;
import java.util.stream.LongStream;

/** Times that something took; percentiles are exact, as every one is kept. */
public final class Latencies {

    private final long[] sortedNanos;

    public Latencies(LongStream nanos) {
        sortedNanos = nanos.sorted().toArray();
    }

    public int count() {
        return sortedNanos.length;
    }

    /** The time that {@code percent} of them did not exceed; zero when there are none. */
    public Duration percentile(double percent) {
        if (sortedNanos.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
        return Duration.ofNanos(sortedNanos[Math.max(rank, 1) - 1]);
    }
}
