package dev.phoenix.server.ingest.write;

import dev.phoenix.server.project.LatencyHistogram;

/** What one batch adds to one time bucket of one project. */
final class RollupChange {

    private long spans;
    private long okSpans;
    private long traces;
    private Sums sums = Sums.NONE;
    private final LatencyHistogram spanLatencies = new LatencyHistogram();
    private final LatencyHistogram traceLatencies = new LatencyHistogram();

    /**
     * @param ok whether the span's status is OK, and not merely unset
     * @param sums errors, and the tokens that count for the project
     */
    void addSpan(long latencyNs, boolean ok, Sums sums) {
        spans++;
        okSpans += ok ? 1 : 0;
        this.sums = this.sums.plus(sums);
        spanLatencies.add(latencyNs, 1);
    }

    void removeSpan(long latencyNs, boolean ok, Sums sums) {
        spans--;
        okSpans -= ok ? 1 : 0;
        this.sums = this.sums.minus(sums);
        spanLatencies.add(latencyNs, -1);
    }

    /** Takes back what no longer counts. */
    void subtract(Sums repeated) {
        sums = sums.minus(repeated);
    }

    void addTrace(long latencyNs) {
        traces++;
        traceLatencies.add(latencyNs, 1);
    }

    /** A trace that grew is counted anew, perhaps in another bucket. */
    void removeTrace(long latencyNs) {
        traces--;
        traceLatencies.add(latencyNs, -1);
    }

    void add(RollupChange other) {
        spans += other.spans;
        okSpans += other.okSpans;
        traces += other.traces;
        sums = sums.plus(other.sums);
        spanLatencies.add(other.spanLatencies);
        traceLatencies.add(other.traceLatencies);
    }

    long spans() {
        return spans;
    }

    long okSpans() {
        return okSpans;
    }

    long traces() {
        return traces;
    }

    Sums sums() {
        return sums;
    }

    LatencyHistogram spanLatencies() {
        return spanLatencies;
    }

    LatencyHistogram traceLatencies() {
        return traceLatencies;
    }
}
