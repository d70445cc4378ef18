package dev.phoenix.server.ingest.write;

/** What one batch adds to one session. */
final class SessionChange {

    private long startNs = Long.MAX_VALUE;
    private long endNs = Long.MIN_VALUE;
    private long traces;
    private long errorTraces;
    private Sums sums = Sums.NONE;
    private double cost;

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
            cost += trace.totalCost();
        } else {
            errorTraces += failsNow && !failedBefore ? 1 : 0;
            sums = sums.plus(trace.added());
            cost += trace.costs().cost();
        }
    }

    void revise(RevisedTrace trace) {
        startNs = Math.min(startNs, trace.startNs());
        endNs = Math.max(endNs, trace.endNs());
        boolean wasThere = trace.before().sessionKey() != null;
        boolean failedBefore = wasThere && trace.before().sums().errors() > 0;
        boolean failsNow = trace.total().errors() > 0;
        traces += (trace.isGone() ? 0 : 1) - (wasThere ? 1 : 0);
        errorTraces += (failsNow ? 1 : 0) - (failedBefore ? 1 : 0);
        for (RevisedSpan span : trace.spans()) {
            sums = sums.plus(span.countedInSession());
        }
        if (wasThere) {
            for (RevisedSpan span : trace.spansBefore()) {
                sums = sums.minus(span.countedInSession());
            }
        }
        cost += trace.costInSession() - (wasThere ? trace.costInSessionBefore() : 0);
    }

    boolean changes(boolean shrinks) {
        return shrinks || traces != 0 || errorTraces != 0 || sums.hasTokens() || cost != 0;
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

    double cost() {
        return cost;
    }
}
