package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.TableField;

/** What one transaction takes from sessions. A session without traces is none. */
final class SessionWithdrawals {

    private final DSLContext transaction;
    private final SortedMap<Long, Loss> losses = new TreeMap<>();

    SessionWithdrawals(DSLContext transaction) {
        this.transaction = transaction;
    }

    void loseTrace(LockedTrace trace) {
        if (trace.sessionKey() != null) {
            Loss loss = loss(trace.sessionKey());
            loss.traces++;
            loss.errorTraces += trace.sums().errors() > 0 ? 1 : 0;
            loss.sums = loss.sums.plus(trace.sums());
            loss.cost += trace.cost();
            loss.shrinks(trace);
        }
    }

    void loseSpans(LockedTrace trace, Sums lost, double cost) {
        if (trace.sessionKey() != null) {
            Loss loss = loss(trace.sessionKey());
            loss.errorTraces += lost.errors() > 0 && lost.errors() == trace.sums().errors() ? 1 : 0;
            loss.sums = loss.sums.plus(lost);
            loss.cost += cost;
        }
    }

    /** Rows are locked first: a trace that joins meanwhile is to be seen by what follows. */
    void settle() {
        if (losses.isEmpty()) {
            return;
        }
        if (transaction.dialect().family() == SQLDialect.POSTGRES) {
            transaction
                    .select(PROJECT_SESSIONS.ID)
                    .from(PROJECT_SESSIONS)
                    .where(PROJECT_SESSIONS.ID.in(losses.keySet()))
                    .orderBy(PROJECT_SESSIONS.ID)
                    .forUpdate()
                    .execute();
        }
        losses.forEach(this::settle);
        transaction
                .deleteFrom(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.ID.in(losses.keySet()), PROJECT_SESSIONS.TRACE_COUNT.eq(0L))
                .execute();
    }

    private void settle(long session, Loss loss) {
        transaction
                .update(PROJECT_SESSIONS)
                .set(PROJECT_SESSIONS.TRACE_COUNT, PROJECT_SESSIONS.TRACE_COUNT.minus(loss.traces))
                .set(
                        PROJECT_SESSIONS.ERROR_TRACE_COUNT,
                        PROJECT_SESSIONS.ERROR_TRACE_COUNT.minus(loss.errorTraces))
                .set(
                        PROJECT_SESSIONS.PROMPT_TOKENS,
                        PROJECT_SESSIONS.PROMPT_TOKENS.minus(loss.sums.promptTokens()))
                .set(
                        PROJECT_SESSIONS.COMPLETION_TOKENS,
                        PROJECT_SESSIONS.COMPLETION_TOKENS.minus(loss.sums.completionTokens()))
                .set(PROJECT_SESSIONS.COST, PROJECT_SESSIONS.COST.minus(loss.cost))
                .where(PROJECT_SESSIONS.ID.eq(session))
                .execute();
        restate(
                session,
                loss,
                PROJECT_SESSIONS.START_NS,
                loss.startNs,
                select(min(TRACES.START_NS)).from(TRACES).where(TRACES.SESSION_KEY.eq(session)));
        restate(
                session,
                loss,
                PROJECT_SESSIONS.END_NS,
                loss.endNs,
                select(max(TRACES.END_NS)).from(TRACES).where(TRACES.SESSION_KEY.eq(session)));
    }

    /** Looked for only where the bound is that of a trace that is gone. */
    private void restate(
            long session,
            Loss loss,
            TableField<?, Long> bound,
            long lost,
            Select<Record1<Long>> left) {
        if (loss.shrinks) {
            transaction
                    .update(PROJECT_SESSIONS)
                    .set(bound, coalesce(field(left), bound))
                    .where(PROJECT_SESSIONS.ID.eq(session), bound.eq(lost))
                    .execute();
        }
    }

    private Loss loss(long session) {
        return losses.computeIfAbsent(session, any -> new Loss());
    }

    private static final class Loss {

        private long traces;
        private long errorTraces;
        private Sums sums = Sums.NONE;
        private double cost;
        private boolean shrinks;
        private long startNs = Long.MAX_VALUE;
        private long endNs = Long.MIN_VALUE;

        void shrinks(LockedTrace trace) {
            shrinks = true;
            startNs = Math.min(startNs, trace.startNs());
            endNs = Math.max(endNs, trace.endNs());
        }
    }
}
