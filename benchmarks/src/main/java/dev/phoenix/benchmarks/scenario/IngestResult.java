package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.scenario.IngestScenario.Run;
import dev.phoenix.benchmarks.target.Engine;

/** One line of the ingest table. */
record IngestResult(String target, Engine engine, Protocol protocol, Run run, double bytesPerSpan) {

    static final String HEADER =
            """
            | target | engine | protocol | spans/s | ack p50 / p95 / p99 ms | refused, failed | server CPU µs/span | RSS idle / load MB | bytes/span |
            |---|---|---|---:|---:|---:|---:|---:|---:|\
            """;

    String row() {
        LoadReport load = run.measured();
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
                        run.serverCpu().toNanos() / 1_000 / Math.max(1, load.acknowledgedSpans()),
                        run.idleBytes() >> 20,
                        run.peakBytes() >> 20,
                        Math.round(bytesPerSpan));
    }
}
