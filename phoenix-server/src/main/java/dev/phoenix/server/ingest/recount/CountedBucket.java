package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;

import dev.phoenix.server.ingest.recount.CountedSpan.Total;
import dev.phoenix.server.project.LatencyHistogram;
import java.util.HexFormat;
import java.util.Objects;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A time bucket of a project, counted anew. */
final class CountedBucket {

    private long spans;
    private long okSpans;
    private long traces;
    private Total total = Total.NONE;
    private final LatencyHistogram spanLatencies = new LatencyHistogram();
    private final LatencyHistogram traceLatencies = new LatencyHistogram();

    /** Which bucket: a row's primary key. */
    record Key(long projectKey, long widthNs, long startNs) {

        static Key from(Record row) {
            return new Key(
                    row.get(PROJECT_ROLLUPS.PROJECT_ID),
                    row.get(PROJECT_ROLLUPS.WIDTH_NS),
                    row.get(PROJECT_ROLLUPS.START_NS));
        }
    }

    void addSpan(CountedSpan span, Total counted) {
        spans++;
        okSpans += span.ok() ? 1 : 0;
        total = total.plus(counted);
        spanLatencies.add(span.endNs() - span.startNs(), 1);
    }

    void addTrace(CountedTrace trace) {
        traces++;
        traceLatencies.add(trace.endNs() - trace.startNs(), 1);
    }

    /** Everything in one text; a missing row is an empty bucket. */
    String describe() {
        return text(spans, okSpans, traces, total, spanLatencies.encode(), traceLatencies.encode());
    }

    static String describe(@Nullable Record row) {
        if (row == null) {
            return new CountedBucket().describe();
        }
        return text(
                row.get(PROJECT_ROLLUPS.SPAN_COUNT),
                row.get(PROJECT_ROLLUPS.OK_COUNT),
                row.get(PROJECT_ROLLUPS.TRACE_COUNT),
                new Total(
                        row.get(PROJECT_ROLLUPS.ERROR_COUNT),
                        row.get(PROJECT_ROLLUPS.PROMPT_TOKENS),
                        row.get(PROJECT_ROLLUPS.COMPLETION_TOKENS)),
                Objects.requireNonNull(row.get(PROJECT_ROLLUPS.SPAN_LATENCIES)),
                Objects.requireNonNull(row.get(PROJECT_ROLLUPS.TRACE_LATENCIES)));
    }

    private static String text(
            long spans,
            long okSpans,
            long traces,
            Total total,
            byte[] spanLatencies,
            byte[] traceLatencies) {
        return "%d spans, %d ok, %d traces, %s, span latencies %s, trace latencies %s"
                .formatted(
                        spans,
                        okSpans,
                        traces,
                        total,
                        HexFormat.of().formatHex(spanLatencies),
                        HexFormat.of().formatHex(traceLatencies));
    }
}
