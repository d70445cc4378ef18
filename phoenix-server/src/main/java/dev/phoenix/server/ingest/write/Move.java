package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.select;

import java.util.List;
import org.jooq.DSLContext;

/** Traces that one transaction gives to another project. Their sessions stay where they are. */
final class Move {

    private final DSLContext transaction;
    private final long target;
    private final RollupChanges rollups = new RollupChanges();

    Move(DSLContext transaction, long target) {
        this.transaction = transaction;
        this.target = target;
    }

    RollupChanges rollups() {
        return rollups;
    }

    /**
     * @return whether it was somewhere else
     */
    boolean trace(LockedTrace trace) {
        if (trace.projectKey() == target) {
            return false;
        }
        transaction
                .update(TRACES)
                .set(TRACES.PROJECT_ID, target)
                .where(TRACES.ID.eq(trace.key()))
                .execute();
        if (trace.sharesCalls()) {
            deferSums(trace);
        }
        rollups.minute(trace.projectKey(), trace.startNs()).removeTrace(trace.latencyNs());
        rollups.minute(target, trace.startNs()).addTrace(trace.latencyNs());
        return true;
    }

    /** A call counts once in a project: it is decided anew here, and where the trace was. */
    private void deferSums(LockedTrace trace) {
        var reports = SPANS.as("reports");
        transaction
                .update(TRACES)
                .set(TRACES.SUMS_DEFERRED, 1)
                .where(
                        TRACES.ID.in(
                                select(SPANS.TRACE_KEY)
                                        .from(SPANS)
                                        .where(
                                                SPANS.CALL_HASH.in(
                                                        select(reports.CALL_HASH)
                                                                .from(reports)
                                                                .where(
                                                                        reports.TRACE_KEY.eq(
                                                                                trace.key()),
                                                                        reports.CALL_HASH
                                                                                .isNotNull())))))
                .execute();
    }

    /**
     * @return how many were somewhere else, at most so many
     */
    int spans(LockedTrace trace, int most) {
        List<TakenSpan> spans = TakenSpan.ofTraceOutside(transaction, trace.key(), target, most);
        if (!spans.isEmpty()) {
            rollups.touch(trace.projectKey(), trace.startNs());
            rollups.touch(target, trace.startNs());
        }
        List<Long> keys = spans.stream().map(TakenSpan::key).toList();
        transaction.update(SPANS).set(SPANS.PROJECT_ID, target).where(SPANS.ID.in(keys)).execute();
        transaction
                .update(SPAN_COSTS)
                .set(SPAN_COSTS.PROJECT_ID, target)
                .where(SPAN_COSTS.SPAN_KEY.in(keys))
                .execute();
        for (TakenSpan span : spans) {
            rollups.minute(span.projectKey(), span.startNs())
                    .removeSpan(span.latencyNs(), span.ok(), span.counted());
            rollups.minute(target, span.startNs())
                    .addSpan(span.latencyNs(), span.ok(), span.counted());
        }
        return spans.size();
    }
}
