package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import dev.phoenix.server.cost.CostSums;
import dev.phoenix.server.cost.SpanCosts;
import java.util.List;
import java.util.Objects;
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
        takeRows(spans);
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
        takeRows(spans);
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
        sessions.loseSpans(trace, lost);
    }

    /** After one span is gone: how long the trace lasts, and whose tokens count instead. */
    void restate(LockedTrace trace, TakenSpan gone) {
        unwrap(trace, gone);
        if (gone.startNs() > trace.startNs() && gone.endNs() < trace.endNs()) {
            return;
        }
        var left =
                transaction
                        .select(min(SPANS.START_NS), max(SPANS.END_NS))
                        .from(SPANS)
                        .where(SPANS.TRACE_KEY.eq(trace.key()))
                        .fetchSingle();
        long startNs = Objects.requireNonNull(left.value1());
        long endNs = Objects.requireNonNull(left.value2());
        if (startNs != trace.startNs() || endNs != trace.endNs()) {
            transaction
                    .update(TRACES)
                    .set(TRACES.START_NS, startNs)
                    .set(TRACES.END_NS, endNs)
                    .where(TRACES.ID.eq(trace.key()))
                    .execute();
            rollups.minute(trace.projectKey(), trace.startNs()).removeTrace(trace.latencyNs());
            rollups.minute(trace.projectKey(), startNs).addTrace(endNs - startNs);
            sessions.shrink(trace);
        }
    }

    /** An LLM span whose last LLM child is gone repeats nothing any more: its own tokens count. */
    private void unwrap(LockedTrace trace, TakenSpan gone) {
        String parentSpanId = gone.parentSpanId();
        if (!gone.llm() || parentSpanId == null) {
            return;
        }
        boolean others =
                transaction.fetchExists(
                        SPANS,
                        SPANS.TRACE_KEY
                                .eq(trace.key())
                                .and(SPANS.PARENT_SPAN_ID.eq(parentSpanId))
                                .and(SPANS.SPAN_KIND.eq("LLM"))
                                .and(SPANS.SPAN_ID.ne(parentSpanId)));
        if (others) {
            return;
        }
        Long parent =
                transaction
                        .update(SPANS)
                        .set(SPANS.WRAPS_LLM, 0)
                        .where(
                                SPANS.SPAN_ID.eq(parentSpanId),
                                SPANS.TRACE_KEY.eq(trace.key()),
                                SPANS.WRAPS_LLM.eq(1))
                        .returning(SPANS.ID)
                        .fetchOne(SPANS.ID);
        if (parent != null) {
            TakenSpan counts = TakenSpan.byKey(transaction, parent).getFirst();
            rollups.minute(counts.projectKey(), counts.startNs())
                    .subtract(Sums.NONE.minus(counts.own().tokens()));
        }
    }

    void settleSessions() {
        sessions.settle();
    }

    private void takeRows(List<TakenSpan> spans) {
        List<Long> keys = spans.stream().map(TakenSpan::key).toList();
        transaction.deleteFrom(SPAN_PAYLOADS).where(SPAN_PAYLOADS.SPAN_KEY.in(keys)).execute();
        transaction.deleteFrom(SPAN_COSTS).where(SPAN_COSTS.SPAN_KEY.in(keys)).execute();
        transaction.deleteFrom(SPANS).where(SPANS.ID.in(keys)).execute();
        for (TakenSpan span : spans) {
            rollups.minute(span.projectKey(), span.startNs())
                    .removeSpan(span.latencyNs(), span.ok(), span.counted());
        }
    }
}
