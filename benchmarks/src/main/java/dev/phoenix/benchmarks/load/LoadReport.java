package dev.phoenix.benchmarks.load;

import dev.phoenix.benchmarks.load.Load.Sample;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What came of a load. Latencies are those of acknowledged requests, and exact: every one is kept.
 */
public record LoadReport(List<Sample> samples, Duration elapsed) {

    public long requests(Answer answer) {
        return samples.stream().filter(sample -> sample.answer() == answer).count();
    }

    /** Numbers of the requests the server promised to keep. */
    public LongStream acknowledged() {
        return samples.stream()
                .filter(sample -> sample.answer() == Answer.ACKNOWLEDGED)
                .mapToLong(Sample::request);
    }

    public long acknowledgedSpans() {
        return requests(Answer.ACKNOWLEDGED) * Requests.SPANS;
    }

    public double spansPerSecond() {
        return acknowledgedSpans() / (elapsed.toNanos() / 1e9);
    }

    /**
     * The latency that {@code percent} of the acknowledged requests did not exceed; zero when there
     * were none.
     */
    public Duration latency(double percent) {
        long[] sorted =
                samples.stream()
                        .filter(sample -> sample.answer() == Answer.ACKNOWLEDGED)
                        .mapToLong(Sample::latencyNanos)
                        .sorted()
                        .toArray();
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }
}
