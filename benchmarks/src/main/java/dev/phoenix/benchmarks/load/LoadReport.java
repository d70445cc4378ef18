package dev.phoenix.benchmarks.load;

import dev.phoenix.benchmarks.load.Load.Sample;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What came of a load. */
public record LoadReport(List<Sample> samples, Duration elapsed, int spansPerRequest) {

    public long requests(Answer answer) {
        return samples.stream().filter(sample -> sample.answer() == answer).count();
    }

    /** Numbers of the requests the server promised to keep. */
    public LongStream acknowledged() {
        return acknowledgedSamples().mapToLong(Sample::request);
    }

    public long acknowledgedSpans() {
        return requests(Answer.ACKNOWLEDGED) * spansPerRequest;
    }

    /** Encoded as protobuf, not compressed. */
    public long acknowledgedBytes() {
        return acknowledgedSamples().mapToLong(Sample::encodedBytes).sum();
    }

    public double spansPerSecond() {
        return acknowledgedSpans() / (elapsed.toNanos() / 1e9);
    }

    /** Of the acknowledged requests. */
    public Latencies latencies() {
        return new Latencies(acknowledgedSamples().mapToLong(Sample::latencyNanos));
    }

    private Stream<Sample> acknowledgedSamples() {
        return samples.stream().filter(sample -> sample.answer() == Answer.ACKNOWLEDGED);
    }
}
