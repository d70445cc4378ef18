package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.COST_RECOMPUTATIONS;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.cost.CostRecomputation.State;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The rows of recomputation jobs. Several servers may look for work: one holds the lease, and
 * whoever comes after a crash goes on from the last committed progress.
 */
@Service
public class Recomputations {

    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Until every other server has noticed the new prices, so that none adds spans by the old. */
    private static final Duration SETTLING = Duration.ofSeconds(6);

    private static final Condition IS_OPEN =
            COST_RECOMPUTATIONS.STATE.in(DSL.inline("WAITING"), DSL.inline("RUNNING"));

    private final Database database;
    private final KeyAllocator keys;
    private final InstantSource clock;
    private final Keyset<Long> newestFirst =
            new Keyset<>(COST_RECOMPUTATIONS.ID, COST_RECOMPUTATIONS.ID, SortKey.INTEGER, true);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Recomputations(Database database, KeyAllocator keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /** Told when there is work. */
    public void onCreated(Runnable listener) {
        listeners.add(listener);
    }

    CostRecomputation create(
            @Nullable Long modelKey, @Nullable Long projectKey, TimeRange timeRange) {
        long key = keys.reserve("cost_recomputations", 1);
        Instant now = clock.instant();
        Duration settling = database.engine() == Engine.SQLITE ? Duration.ZERO : SETTLING;
        CostRecomputation created =
                database.transaction(
                        transaction ->
                                transaction
                                        .insertInto(COST_RECOMPUTATIONS)
                                        .set(COST_RECOMPUTATIONS.ID, key)
                                        .set(COST_RECOMPUTATIONS.MODEL_ID, modelKey)
                                        .set(COST_RECOMPUTATIONS.PROJECT_ID, projectKey)
                                        .set(COST_RECOMPUTATIONS.START_NS, nanos(timeRange.start()))
                                        .set(COST_RECOMPUTATIONS.END_NS, nanos(timeRange.end()))
                                        .set(COST_RECOMPUTATIONS.STATE, State.WAITING.name())
                                        .set(COST_RECOMPUTATIONS.NEXT_KEY, 0L)
                                        .set(COST_RECOMPUTATIONS.END_KEY, 0L)
                                        .set(COST_RECOMPUTATIONS.EXAMINED_SPANS, 0L)
                                        .set(COST_RECOMPUTATIONS.CHANGED_SPANS, 0L)
                                        .set(
                                                COST_RECOMPUTATIONS.LEASE_UNTIL_NS,
                                                Nanos.of(now.plus(settling)))
                                        .set(COST_RECOMPUTATIONS.CREATED_AT_NS, Nanos.of(now))
                                        .set(COST_RECOMPUTATIONS.UPDATED_AT_NS, Nanos.of(now))
                                        .returning()
                                        .fetchSingle(CostRecomputation::from));
        listeners.forEach(Runnable::run);
        return created;
    }

    private static @Nullable Long nanos(@Nullable Instant time) {
        return time == null ? null : (Long) Timestamps.nanos(time);
    }

    Page<Listed<CostRecomputation>> list(@Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : newestFirst.after(after);
        var query =
                database.read()
                        .select(COST_RECOMPUTATIONS.fields())
                        .select(newestFirst.selected())
                        .from(COST_RECOMPUTATIONS)
                        .where(start);
        return newestFirst.page(query, limit, CostRecomputation::from);
    }

    Optional<CostRecomputation> find(long key) {
        return database.read()
                .selectFrom(COST_RECOMPUTATIONS)
                .where(COST_RECOMPUTATIONS.ID.eq(key))
                .fetchOptional(CostRecomputation::from);
    }

    /** The oldest job that nobody else works on, for this worker until the lease ends. */
    public Optional<CostRecomputation> claim(String worker) {
        Condition free =
                COST_RECOMPUTATIONS
                        .LEASE_UNTIL_NS
                        .le(Nanos.of(clock.instant()))
                        .or(COST_RECOMPUTATIONS.LEASE_OWNER.eq(worker))
                        .and(IS_OPEN);
        // Looked for without the writer, because mostly there is none.
        Optional<Long> key =
                database.read()
                        .select(COST_RECOMPUTATIONS.ID)
                        .from(COST_RECOMPUTATIONS)
                        .where(free)
                        .orderBy(COST_RECOMPUTATIONS.ID)
                        .limit(1)
                        .fetchOptional(COST_RECOMPUTATIONS.ID);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        long endKey = keys.end("spans");
        return database.transaction(
                transaction ->
                        transaction
                                .update(COST_RECOMPUTATIONS)
                                .set(COST_RECOMPUTATIONS.LEASE_OWNER, worker)
                                .set(COST_RECOMPUTATIONS.LEASE_UNTIL_NS, leaseEnd())
                                .set(COST_RECOMPUTATIONS.STATE, State.RUNNING.name())
                                .set(
                                        COST_RECOMPUTATIONS.END_KEY,
                                        DSL.when(COST_RECOMPUTATIONS.END_KEY.eq(0L), endKey)
                                                .otherwise(COST_RECOMPUTATIONS.END_KEY))
                                .where(COST_RECOMPUTATIONS.ID.eq(key.get()), free)
                                .returning()
                                .fetchOptional(CostRecomputation::from));
    }

    /**
     * Records progress in the transaction that makes it.
     *
     * @return the job as it is now; empty if the lease went to another worker, and then nothing may
     *     be committed
     */
    public Optional<CostRecomputation> advance(
            DSLContext transaction,
            CostRecomputation job,
            String worker,
            long nextKey,
            int examined,
            int changed) {
        State state = nextKey >= job.endKey() ? State.DONE : State.RUNNING;
        return transaction
                .update(COST_RECOMPUTATIONS)
                .set(COST_RECOMPUTATIONS.NEXT_KEY, Math.min(nextKey, job.endKey()))
                .set(
                        COST_RECOMPUTATIONS.EXAMINED_SPANS,
                        COST_RECOMPUTATIONS.EXAMINED_SPANS.plus(examined))
                .set(
                        COST_RECOMPUTATIONS.CHANGED_SPANS,
                        COST_RECOMPUTATIONS.CHANGED_SPANS.plus(changed))
                .set(COST_RECOMPUTATIONS.STATE, state.name())
                .set(COST_RECOMPUTATIONS.LEASE_UNTIL_NS, leaseEnd())
                .set(COST_RECOMPUTATIONS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                .where(COST_RECOMPUTATIONS.ID.eq(job.key()))
                .and(COST_RECOMPUTATIONS.LEASE_OWNER.eq(worker))
                .and(COST_RECOMPUTATIONS.STATE.eq(State.RUNNING.name()))
                .returning()
                .fetchOptional(CostRecomputation::from);
    }

    /** What cannot be mended by trying again. */
    public void fail(CostRecomputation job, String why) {
        database.transaction(
                transaction ->
                        transaction
                                .update(COST_RECOMPUTATIONS)
                                .set(COST_RECOMPUTATIONS.STATE, State.FAILED.name())
                                .set(COST_RECOMPUTATIONS.FAILURE, why)
                                .set(COST_RECOMPUTATIONS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                                .where(COST_RECOMPUTATIONS.ID.eq(job.key()))
                                .execute());
    }

    /** Lets another worker go on at once. */
    public void release(String worker) {
        database.transaction(
                transaction ->
                        transaction
                                .update(COST_RECOMPUTATIONS)
                                .set(COST_RECOMPUTATIONS.LEASE_UNTIL_NS, 0L)
                                .where(IS_OPEN, COST_RECOMPUTATIONS.LEASE_OWNER.eq(worker))
                                .execute());
    }

    private long leaseEnd() {
        return Nanos.of(clock.instant().plus(LEASE));
    }
}
