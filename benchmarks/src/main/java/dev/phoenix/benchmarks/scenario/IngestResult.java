package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.load.LoadReport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What one measurement found.
 *
 * @param databaseBytes what the database grew by
 * @param missing acknowledged spans that are not in it
 */
record IngestResult(String target, IngestCase terms, Run run, long databaseBytes, long missing) {

    boolean complete() {
        return missing == 0 && run.failed() == 0;
    }

    String shortcomings() {
        return "WRONG: %d acknowledged spans are not stored, %d requests failed"
                .formatted(missing, run.failed());
    }

    double spansPerSecond() {
        return run.measured().spansPerSecond();
    }

    /** NaN where something was not measured. */
    IngestFigures figures(double bareSpansPerSecond) {
        return new IngestFigures(
                spansPerSecond(),
                spansPerSecond() / bareSpansPerSecond,
                millis(run.measured().latencies(), 50),
                millis(run.measured().latencies(), 99),
                run.steady()
                        .map(steady -> millis(steady.load().latencies(), 99))
                        .orElse(Double.NaN),
                run.steady().map(steady -> millis(steady.visible(), 50)).orElse(Double.NaN),
                run.steady().map(steady -> millis(steady.visible(), 99)).orElse(Double.NaN),
                run.measured().requests(Answer.REFUSED),
                run.serverCpu().toNanos() / 1e3 / Math.max(1, run.measured().acknowledgedSpans()),
                run.idleBytes() >> 20,
                run.peakBytes() >> 20,
                databaseBytes / (double) run.sum(LoadReport::acknowledgedBytes));
    }

    private static double millis(Latencies latencies, double percent) {
        return latencies.percentile(percent).toNanos() / 1e6;
    }

    /** What one server went through. */
    record Run(
            LoadReport warmUp,
            LoadReport measured,
            Optional<Steady> steady,
            Duration serverCpu,
            long idleBytes,
            long peakBytes,
            long emptyBytes) {

        LongStream acknowledged() {
            return loads().flatMapToLong(LoadReport::acknowledged);
        }

        long failed() {
            return sum(load -> load.requests(Answer.FAILED));
        }

        long sum(ToLongFunction<LoadReport> figure) {
            return loads().mapToLong(figure).sum();
        }

        private Stream<LoadReport> loads() {
            return Stream.concat(Stream.of(warmUp, measured), steady.stream().map(Steady::load));
        }
    }

    /** Below the maximum, and how soon acknowledged spans were seen meanwhile. */
    record Steady(LoadReport load, Latencies visible) {}
}
