package dev.phoenix.benchmarks.scenario;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The numbers of a line of the ingest table; NaN where there is none. */
record IngestFigures(
        double spansPerSecond,
        double ofBare,
        double ackP50Millis,
        double ackP99Millis,
        double steadyAckP99Millis,
        double visibleP50Millis,
        double visibleP99Millis,
        double refused,
        double cpuMicrosPerSpan,
        double idleMegabytes,
        double peakMegabytes,
        double databaseToOtlpBytes) {

    static final String HEADER =
            """
            | run | target | engine | protocol | span | spans/s | of bare | ack p50 / p99 ms | at 80 %: ack p99 ms | at 80 %: visible p50 / p99 ms | refused | server CPU µs/span | RSS idle / peak MB | database / OTLP bytes |
            |---|---|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\
            """;

    /** Each figure by itself. */
    static IngestFigures median(List<IngestFigures> runs) {
        return new IngestFigures(
                median(runs, IngestFigures::spansPerSecond),
                median(runs, IngestFigures::ofBare),
                median(runs, IngestFigures::ackP50Millis),
                median(runs, IngestFigures::ackP99Millis),
                median(runs, IngestFigures::steadyAckP99Millis),
                median(runs, IngestFigures::visibleP50Millis),
                median(runs, IngestFigures::visibleP99Millis),
                median(runs, IngestFigures::refused),
                median(runs, IngestFigures::cpuMicrosPerSpan),
                median(runs, IngestFigures::idleMegabytes),
                median(runs, IngestFigures::peakMegabytes),
                median(runs, IngestFigures::databaseToOtlpBytes));
    }

    String columns() {
        return String.join(
                " | ",
                text("%,.0f", spansPerSecond),
                text("%.2f", ofBare),
                text("%.0f", ackP50Millis) + " / " + text("%.0f", ackP99Millis),
                text("%.0f", steadyAckP99Millis),
                text("%.0f", visibleP50Millis) + " / " + text("%.0f", visibleP99Millis),
                text("%.0f", refused),
                text("%.0f", cpuMicrosPerSpan),
                text("%.0f", idleMegabytes) + " / " + text("%.0f", peakMegabytes),
                text("%.2f", databaseToOtlpBytes));
    }

    private static double median(List<IngestFigures> runs, ToDoubleFunction<IngestFigures> figure) {
        return Median.of(runs.stream().mapToDouble(figure));
    }

    private static String text(String format, double figure) {
        return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, format, figure);
    }
}
