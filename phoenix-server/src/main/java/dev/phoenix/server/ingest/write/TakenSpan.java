package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/**
 * What a stored span counts where it is, and will count no more.
 *
 * @param repeats whether another span counts its tokens for the project
 */
record TakenSpan(
        long key,
        long projectKey,
        boolean ok,
        long startNs,
        long endNs,
        Sums own,
        boolean repeats) {

    private static final List<SelectField<?>> COLUMNS =
            List.of(
                    SPANS.ID,
                    SPANS.PROJECT_ID,
                    SPANS.START_NS,
                    SPANS.END_NS,
                    SPANS.STATUS_CODE,
                    SPANS.PROMPT_TOKENS,
                    SPANS.COMPLETION_TOKENS,
                    SPANS.WRAPS_LLM,
                    SPANS.REPEATS);

    static List<TakenSpan> ofTraces(DSLContext transaction, Collection<Long> traceKeys) {
        return select(transaction, SPANS.TRACE_KEY.in(traceKeys), Integer.MAX_VALUE);
    }

    static List<TakenSpan> ofTrace(DSLContext transaction, long traceKey, int most) {
        return select(transaction, SPANS.TRACE_KEY.eq(traceKey), most);
    }

    static List<TakenSpan> ofTraceOutside(
            DSLContext transaction, long traceKey, long projectKey, int most) {
        return select(
                transaction,
                SPANS.TRACE_KEY.eq(traceKey).and(SPANS.PROJECT_ID.ne(projectKey)),
                most);
    }

    static List<TakenSpan> byKey(DSLContext transaction, long spanKey) {
        return select(transaction, SPANS.ID.eq(spanKey), 1);
    }

    private static List<TakenSpan> select(DSLContext transaction, Condition which, int most) {
        return transaction
                .select(COLUMNS)
                .from(SPANS)
                .where(which)
                .orderBy(SPANS.TRACE_KEY, SPANS.START_NS, SPANS.ID)
                .limit(most)
                .fetch(TakenSpan::from);
    }

    private static TakenSpan from(Record row) {
        return new TakenSpan(
                row.get(SPANS.ID),
                row.get(SPANS.PROJECT_ID),
                row.get(SPANS.STATUS_CODE).equals("OK"),
                row.get(SPANS.START_NS),
                row.get(SPANS.END_NS),
                new Sums(
                        row.get(SPANS.STATUS_CODE).equals("ERROR") ? 1 : 0,
                        orZero(row.get(SPANS.PROMPT_TOKENS)),
                        orZero(row.get(SPANS.COMPLETION_TOKENS))),
                row.get(SPANS.WRAPS_LLM) == 1 || row.get(SPANS.REPEATS) > 0);
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    long latencyNs() {
        return endNs - startNs;
    }

    /** What it adds to the time buckets of its project. */
    Sums counted() {
        return repeats ? own.minus(own.tokens()) : own;
    }

    static Sums sum(Collection<TakenSpan> spans) {
        return spans.stream().map(TakenSpan::own).reduce(Sums.NONE, Sums::plus);
    }
}
