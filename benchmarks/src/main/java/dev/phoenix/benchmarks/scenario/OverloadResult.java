package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.ExporterReport;
import dev.phoenix.benchmarks.load.LoadReport;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an overload did to a server.
 *
 * @param maximum spans/s it stored before
 * @param missing acknowledged spans that are not stored
 */
record OverloadResult(double maximum, ExporterReport overload, long peakBytes, long missing) {

    static final int CHECKS = 3;

    private static final double LEAST_SHARE = 0.9;
    private static final long MOST_BYTES = 1L << 30;

    double share() {
        return overload.load().spansPerSecond() / maximum;
    }

    int failures() {
        return (int)
                Stream.of(share() < LEAST_SHARE, peakBytes >= MOST_BYTES, missing > 0)
                        .filter(failed -> failed)
                        .count();
    }

    @Override
    public String toString() {
        LoadReport load = overload.load();
        return String.format(
                Locale.ROOT,
                """
                offered %,.0f spans/s for %,d s, at most %,.0f/s before
                  stored %,.0f spans/s, %.2f of the maximum (at least %.1f)
                  peak RSS %d MB (less than %d)
                  %d acknowledged spans missing (0)
                  %,d requests acknowledged, %,d refusals, %,d failed, %,d of %,d dropped by their exporters; acknowledged after %d ms, p99 %d ms""",
                overload.offeredSpansPerSecond(),
                load.elapsed().toSeconds(),
                maximum,
                load.spansPerSecond(),
                share(),
                LEAST_SHARE,
                peakBytes >> 20,
                MOST_BYTES >> 20,
                missing,
                load.requests(Answer.ACKNOWLEDGED),
                load.requests(Answer.REFUSED),
                load.requests(Answer.FAILED),
                overload.dropped(),
                overload.offered(),
                load.latencies().percentile(50).toMillis(),
                load.latencies().percentile(99).toMillis());
    }
}
