package dev.phoenix.server.ingest.write;

/** What one batch adds to one session. */
final class SessionChange {

    private long startNs = Long.MAX_VALUE;
    private long endNs = Long.MIN_VALUE;
    private long traces;
    private long errorTraces;
    private Sums sums = Sums.NONE;

    /** A trace that joins brings all it has, one that was there before only what is new. */
    void add(TraceChange trace) {
        startNs = Math.min(startNs, trace.startNs());
        endNs = Math.max(endNs, trace.endNs());
        boolean failedBefore = trace.total().errors() > trace.added().errors();
        boolean failsNow = trace.total().errors() > 0;
        if (trace.isNewInSession()) {
            traces++;
            errorTraces += failsNow ? 1 : 0;
            sums = sums.plus(trace.total());
        } else {
            errorTraces += failsNow && !failedBefore ? 1 : 0;
            sums = sums.plus(trace.added());
        }
    }

    long startNs() {
        return startNs;
    }

    long endNs() {
        return endNs;
    }

    long traces() {
        return traces;
    }

    long errorTraces() {
        return errorTraces;
    }

    long promptTokens() {
        return sums.promptTokens();
    }

    long completionTokens() {
        return sums.completionTokens();
    }
}
