package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/**
 * Takes stored traces and spans away again, or gives them to another project, and keeps every sum
 * right: within a transaction of the caller, in portions that hold it for a moment only. Rows are
 * locked in the order in which batches of new spans lock them.
 */
@Component
public class StoredTraces {

    /** As much as one transaction of the writer changes. */
    public static final int MOST_SPANS = 1000;

    /** Beyond, the sums of a trace that lost a span are added up by {@link DeferredSums}. */
    private static final int MOST_SUMMED_AT_ONCE = 2000;

    private final SqlText sql;
    private final TreeRows treeRows;
    private final RollupRows rollupRows;
    private final DeferredSums deferredSums;

    StoredTraces(Database database, DeferredSums deferredSums) {
        this.sql = SqlText.of(database.engine());
        this.treeRows = new TreeRows(sql);
        this.rollupRows = new RollupRows(sql);
        this.deferredSums = deferredSums;
    }

    /** What was taken or moved. */
    public record Portion(int traces, int spans) {

        public boolean isNothing() {
            return traces == 0 && spans == 0;
        }
    }

    /**
     * Deletes as many of these traces as a transaction should, beginning with the first. Of a trace
     * that is larger than that some spans go; whoever asks again until nothing is left takes it
     * all.
     */
    public Portion delete(DSLContext transaction, Collection<Long> traceKeys) {
        List<LockedTrace> traces = lock(transaction, traceKeys);
        if (traces.isEmpty()) {
            return new Portion(0, 0);
        }
        Withdrawal withdrawal = new Withdrawal(transaction);
        LockedTrace first = traces.getFirst();
        if (first.spanCount() > MOST_SPANS) {
            List<TakenSpan> spans = TakenSpan.ofTrace(transaction, first.key(), MOST_SPANS);
            withdrawal.takeSpans(first, spans);
            return finish(withdrawal, new Portion(0, spans.size()));
        }
        List<LockedTrace> whole = new ArrayList<>();
        long spans = 0;
        for (LockedTrace trace : traces) {
            spans += trace.spanCount();
            if (spans > MOST_SPANS) {
                break;
            }
            whole.add(trace);
        }
        return finish(withdrawal, new Portion(whole.size(), withdrawal.takeTraces(whole)));
    }

    /**
     * Deletes one span. Its children stay and lose their parent; the trace goes with its last span.
     *
     * @return the project it belonged to; empty if there is no such span
     */
    public Optional<Long> deleteSpan(DSLContext transaction, long spanKey) {
        Long traceKey =
                transaction
                        .select(SPANS.TRACE_KEY)
                        .from(SPANS)
                        .where(SPANS.ID.eq(spanKey))
                        .fetchOne(SPANS.TRACE_KEY);
        List<LockedTrace> locked =
                traceKey == null ? List.of() : lock(transaction, List.of(traceKey));
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        LockedTrace trace = locked.getFirst();
        List<TakenSpan> span = TakenSpan.byKey(transaction, spanKey);
        if (span.isEmpty()) {
            return Optional.empty();
        }
        Withdrawal withdrawal = new Withdrawal(transaction);
        if (trace.spanCount() == 1) {
            withdrawal.takeTraces(locked);
        } else {
            withdrawal.takeSpans(trace, span);
            withdrawal.restate(trace, span.getFirst());
            restateSums(transaction, trace);
        }
        finish(withdrawal, new Portion(0, 1));
        return Optional.of(trace.projectKey());
    }

    /**
     * Gives as much of these traces to a project as a transaction should, beginning with the first.
     * New spans of a trace that is on its way follow it.
     */
    public Portion move(DSLContext transaction, Collection<Long> traceKeys, long targetProjectKey) {
        List<LockedTrace> traces = lock(transaction, traceKeys);
        Move move = new Move(transaction, targetProjectKey);
        int moved = 0;
        int spans = 0;
        for (LockedTrace trace : traces) {
            if (spans >= MOST_SPANS) {
                break;
            }
            spans += move.spans(trace, MOST_SPANS - spans);
            moved += move.trace(trace) ? 1 : 0;
        }
        store(transaction, move.rollups());
        return new Portion(moved, spans);
    }

    private Portion finish(Withdrawal withdrawal, Portion portion) {
        withdrawal.settleSessions();
        store(withdrawal.transaction(), withdrawal.rollups());
        return portion;
    }

    private void store(DSLContext transaction, RollupChanges rollups) {
        transaction.connection(connection -> rollupRows.store(connection, rollups.ofAllWidths()));
    }

    /** In the order of their ids, like batches; in the order of their keys on return. */
    private List<LockedTrace> lock(DSLContext transaction, Collection<Long> keys) {
        transaction.connection(sql::begin);
        var query =
                transaction
                        .select(LockedTrace.COLUMNS)
                        .from(TRACES)
                        .where(TRACES.ID.in(keys))
                        .orderBy(TRACES.TRACE_ID);
        var rows = sql.lockingRows().isEmpty() ? query.fetch() : query.forUpdate().fetch();
        return rows.sortAsc(TRACES.ID).map((Record row) -> LockedTrace.from(row));
    }

    private void restateSums(DSLContext transaction, LockedTrace trace) {
        if (trace.sumsDeferred()) {
            return;
        }
        if (trace.spanCount() > MOST_SUMMED_AT_ONCE) {
            transaction
                    .update(TRACES)
                    .set(TRACES.SUMS_DEFERRED, 1)
                    .where(TRACES.ID.eq(trace.key()))
                    .execute();
            deferredSums.sumSoon();
        } else {
            transaction.connection(connection -> treeRows.sumAnew(connection, trace.key()));
        }
    }
}
