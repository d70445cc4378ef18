package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.target.Engine;
import java.time.Duration;

/** One line of the ingest table. */
record IngestResult(
        String target,
        Engine engine,
        Protocol protocol,
        LoadReport load,
        Duration serverCpu,
        long idleBytes,
        long peakBytes,
        double storedBytesPerSpan) {

    static final String HEADER =
            """
            | target | engine | protocol | spans/s | ack p50 / p95 / p99 ms | refused, failed | server CPU µs/span | RSS idle / load MB | bytes/span |
            |---|---|---|---:|---:|---:|---:|---:|---:|\
            """;

    String row() {
        return "| %s | %s | %s | %,d | %d / %d / %d | %d, %d | %d | %d / %d | %,d |"
                .formatted(
                        target,
                        engine,
                        protocol,
                        Math.round(load.spansPerSecond()),
                        load.latency(50).toMillis(),
                        load.latency(95).toMillis(),
                        load.latency(99).toMillis(),
                        load.requests(Answer.REFUSED),
                        load.requests(Answer.FAILED),
                        serverCpu.toNanos() / 1_000 / Math.max(1, load.acknowledgedSpans()),
                        idleBytes >> 20,
                        peakBytes >> 20,
                        Math.round(storedBytesPerSpan));
    }
}
