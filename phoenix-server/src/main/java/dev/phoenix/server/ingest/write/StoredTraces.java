package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
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

    private final Database database;
    private final SqlText sql;
    private final RollupRows rollupRows;
    private final Revisions revisions;
    private final DeferredSums deferredSums;

    StoredTraces(Database database, Revisions revisions, DeferredSums deferredSums) {
        this.database = database;
        this.sql = SqlText.of(database.engine());
        this.rollupRows = new RollupRows(sql);
        this.revisions = revisions;
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
     *
     * @throws SharedCallsException if some have to go another way first
     */
    public Portion delete(DSLContext transaction, Collection<Long> traceKeys) {
        List<LockedTrace> traces = lock(transaction, traceKeys);
        if (traces.isEmpty()) {
            return new Portion(0, 0);
        }
        SharedCallsException.refuse(traces);
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
     * Deletes whole traces that report calls together with others, which count them from now on. A
     * transaction of its own.
     */
    public Portion deleteSharing(SharedCallsException refused) {
        try {
            return revisions.revise(
                    refused.traceKeys(),
                    connection -> {
                        List<TakenSpan> spans =
                                TakenSpan.ofTraces(dsl(connection), refused.traceKeys());
                        Withdrawal.takeRows(dsl(connection), spans);
                        return new Portion(refused.traceKeys().size(), spans.size());
                    });
        } catch (SQLException e) {
            throw new DataAccessException("traces could not be deleted", e);
        }
    }

    /**
     * Deletes one span. Its children stay and lose their parent; the trace goes with its last span.
     * A transaction of its own.
     *
     * @param besides is done in the same transaction if the span was there
     * @return the project it belonged to; empty if there is no such span
     */
    public Optional<Long> deleteSpan(long spanKey, Consumer<DSLContext> besides) {
        Long traceKey =
                database.read()
                        .select(SPANS.TRACE_KEY)
                        .from(SPANS)
                        .where(SPANS.ID.eq(spanKey))
                        .fetchOne(SPANS.TRACE_KEY);
        if (traceKey == null) {
            return Optional.empty();
        }
        try {
            return revisions.revise(
                    Set.of(traceKey),
                    connection -> {
                        List<TakenSpan> span = TakenSpan.byKey(dsl(connection), spanKey);
                        if (!span.isEmpty()) {
                            Withdrawal.takeRows(dsl(connection), span);
                            besides.accept(dsl(connection));
                        }
                        return span.stream().map(TakenSpan::projectKey).findFirst();
                    });
        } catch (SQLException e) {
            throw new DataAccessException("the span could not be deleted", e);
        }
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

    /** Traces have been moved: what counts in which project may have changed. */
    public void settleMoved() {
        deferredSums.sumSoon();
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

    private DSLContext dsl(Connection connection) {
        return DSL.using(connection, database.read().dialect(), database.read().settings());
    }
}
