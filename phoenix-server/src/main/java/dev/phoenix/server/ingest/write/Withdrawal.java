package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.cost.CostSums;
import dev.phoenix.server.cost.SpanCosts;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Spans and traces that one transaction takes away, and what that takes from the sums above them.
 * Annotations go with what they annotate, by foreign keys.
 */
final class Withdrawal {

    private final DSLContext transaction;
    private final RollupChanges rollups = new RollupChanges();
    private final SessionWithdrawals sessions;

    Withdrawal(DSLContext transaction) {
        this.transaction = transaction;
        this.sessions = new SessionWithdrawals(transaction);
    }

    DSLContext transaction() {
        return transaction;
    }

    RollupChanges rollups() {
        return rollups;
    }

    /**
     * @return how many spans they had
     */
    int takeTraces(List<LockedTrace> traces) {
        List<Long> keys = traces.stream().map(LockedTrace::key).toList();
        List<TakenSpan> spans = TakenSpan.ofTraces(transaction, keys);
        take(spans);
        transaction.deleteFrom(TRACES).where(TRACES.ID.in(keys)).execute();
        for (LockedTrace trace : traces) {
            rollups.minute(trace.projectKey(), trace.startNs()).removeTrace(trace.latencyNs());
            sessions.loseTrace(trace);
        }
        return spans.size();
    }

    /** The trace stays; the sums of what is left in it are not those of its tree yet. */
    void takeSpans(LockedTrace trace, List<TakenSpan> spans) {
        CostSums costs = new CostSums();
        SpanCosts.read(transaction, spans.stream().map(TakenSpan::key).toList())
                .values()
                .forEach(costs::subtract);
        take(spans);
        Sums lost = TakenSpan.sum(spans);
        CostCorrection.set(
                        transaction
                                .update(TRACES)
                                .set(TRACES.SPAN_COUNT, TRACES.SPAN_COUNT.minus(spans.size()))
                                .set(TRACES.ERROR_COUNT, TRACES.ERROR_COUNT.minus(lost.errors()))
                                .set(
                                        TRACES.PROMPT_TOKENS,
                                        TRACES.PROMPT_TOKENS.minus(lost.promptTokens()))
                                .set(
                                        TRACES.COMPLETION_TOKENS,
                                        TRACES.COMPLETION_TOKENS.minus(lost.completionTokens())),
                        costs)
                .where(TRACES.ID.eq(trace.key()))
                .execute();
        rollups.touch(trace.projectKey(), trace.startNs());
        sessions.loseSpans(trace, lost, -costs.cost());
    }

    void settleSessions() {
        sessions.settle();
    }

    private void take(List<TakenSpan> spans) {
        takeRows(transaction, spans);
        for (TakenSpan span : spans) {
            rollups.minute(span.projectKey(), span.startNs())
                    .removeSpan(span.latencyNs(), span.ok(), span.counted());
        }
    }

    static void takeRows(DSLContext transaction, List<TakenSpan> spans) {
        List<Long> keys = spans.stream().map(TakenSpan::key).toList();
        transaction.deleteFrom(SPAN_PAYLOADS).where(SPAN_PAYLOADS.SPAN_KEY.in(keys)).execute();
        transaction.deleteFrom(SPAN_COSTS).where(SPAN_COSTS.SPAN_KEY.in(keys)).execute();
        transaction.deleteFrom(SPANS).where(SPANS.ID.in(keys)).execute();
    }
}
