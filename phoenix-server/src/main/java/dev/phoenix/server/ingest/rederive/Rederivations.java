package dev.phoenix.server.ingest.rederive;

import static dev.phoenix.server.db.jooq.Tables.REDERIVATIONS;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.ingest.rederive.Rederivation.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The rows of rederivation jobs. One server holds the lease of a job; after a crash another one
 * goes on from the last recorded progress.
 */
@Service
class Rederivations {

    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Condition IS_OPEN =
            REDERIVATIONS.STATE.in(DSL.inline("WAITING"), DSL.inline("RUNNING"));

    private final Database database;
    private final KeyAllocator keys;
    private final InstantSource clock;
    private final Keyset<Long> newestFirst =
            new Keyset<>(REDERIVATIONS.ID, REDERIVATIONS.ID, SortKey.INTEGER, true);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Rederivations(Database database, KeyAllocator keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /** Told when there is work. */
    void onCreated(Runnable listener) {
        listeners.add(listener);
    }

    Rederivation create(@Nullable Long projectKey) {
        long key = keys.reserve("rederivations", 1);
        long now = Nanos.of(clock.instant());
        Rederivation created =
                database.transaction(
                        transaction ->
                                transaction
                                        .insertInto(REDERIVATIONS)
                                        .set(REDERIVATIONS.ID, key)
                                        .set(REDERIVATIONS.PROJECT_ID, projectKey)
                                        .set(REDERIVATIONS.RULES_VERSION, Dialects.VERSION)
                                        .set(REDERIVATIONS.STATE, State.WAITING.name())
                                        .set(REDERIVATIONS.NEXT_KEY, 0L)
                                        .set(REDERIVATIONS.END_KEY, 0L)
                                        .set(REDERIVATIONS.EXAMINED_SPANS, 0L)
                                        .set(REDERIVATIONS.CHANGED_SPANS, 0L)
                                        .set(REDERIVATIONS.LEASE_UNTIL_NS, 0L)
                                        .set(REDERIVATIONS.CREATED_AT_NS, now)
                                        .set(REDERIVATIONS.UPDATED_AT_NS, now)
                                        .returning()
                                        .fetchSingle(Rederivation::from));
        listeners.forEach(Runnable::run);
        return created;
    }

    /** Whether all stored spans were read by the rules of today, or will be. */
    boolean coversRulesOfToday() {
        return database.read()
                .fetchExists(
                        REDERIVATIONS,
                        REDERIVATIONS
                                .PROJECT_ID
                                .isNull()
                                .and(REDERIVATIONS.RULES_VERSION.ge(Dialects.VERSION)));
    }

    Page<Listed<Rederivation>> list(@Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : newestFirst.after(after);
        var query =
                database.read()
                        .select(REDERIVATIONS.fields())
                        .select(newestFirst.selected())
                        .from(REDERIVATIONS)
                        .where(start);
        return newestFirst.page(query, limit, Rederivation::from);
    }

    Optional<Rederivation> find(long key) {
        return database.read()
                .selectFrom(REDERIVATIONS)
                .where(REDERIVATIONS.ID.eq(key))
                .fetchOptional(Rederivation::from);
    }

    /** The oldest job that nobody else works on, for this worker until the lease ends. */
    Optional<Rederivation> claim(String worker) {
        Condition free =
                REDERIVATIONS
                        .LEASE_UNTIL_NS
                        .le(Nanos.of(clock.instant()))
                        .or(REDERIVATIONS.LEASE_OWNER.eq(worker))
                        .and(IS_OPEN);
        Optional<Long> key =
                database.read()
                        .select(REDERIVATIONS.ID)
                        .from(REDERIVATIONS)
                        .where(free)
                        .orderBy(REDERIVATIONS.ID)
                        .limit(1)
                        .fetchOptional(REDERIVATIONS.ID);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        long endKey = keys.end("spans");
        return database.transaction(
                transaction ->
                        transaction
                                .update(REDERIVATIONS)
                                .set(REDERIVATIONS.LEASE_OWNER, worker)
                                .set(REDERIVATIONS.LEASE_UNTIL_NS, leaseEnd())
                                .set(REDERIVATIONS.STATE, State.RUNNING.name())
                                .set(
                                        REDERIVATIONS.END_KEY,
                                        DSL.when(REDERIVATIONS.END_KEY.eq(0L), endKey)
                                                .otherwise(REDERIVATIONS.END_KEY))
                                .where(REDERIVATIONS.ID.eq(key.get()), free)
                                .returning()
                                .fetchOptional(Rederivation::from));
    }

    /**
     * Records progress. Spans that were read anew but not recorded are read once more, which
     * changes nothing.
     */
    Optional<Rederivation> advance(
            Rederivation job, String worker, long nextKey, int examined, int changed) {
        State state = nextKey >= job.endKey() ? State.DONE : State.RUNNING;
        return database.transaction(
                transaction ->
                        transaction
                                .update(REDERIVATIONS)
                                .set(REDERIVATIONS.NEXT_KEY, Math.min(nextKey, job.endKey()))
                                .set(
                                        REDERIVATIONS.EXAMINED_SPANS,
                                        REDERIVATIONS.EXAMINED_SPANS.plus(examined))
                                .set(
                                        REDERIVATIONS.CHANGED_SPANS,
                                        REDERIVATIONS.CHANGED_SPANS.plus(changed))
                                .set(REDERIVATIONS.STATE, state.name())
                                .set(REDERIVATIONS.LEASE_UNTIL_NS, leaseEnd())
                                .set(REDERIVATIONS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                                .where(REDERIVATIONS.ID.eq(job.key()))
                                .and(REDERIVATIONS.LEASE_OWNER.eq(worker))
                                .and(REDERIVATIONS.STATE.eq(State.RUNNING.name()))
                                .returning()
                                .fetchOptional(Rederivation::from));
    }

    /** What cannot be mended by trying again. */
    void fail(Rederivation job, String why) {
        database.transaction(
                transaction ->
                        transaction
                                .update(REDERIVATIONS)
                                .set(REDERIVATIONS.STATE, State.FAILED.name())
                                .set(REDERIVATIONS.FAILURE, why)
                                .set(REDERIVATIONS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                                .where(REDERIVATIONS.ID.eq(job.key()))
                                .execute());
    }

    /** Lets another worker go on at once. */
    void release(String worker) {
        database.transaction(
                transaction ->
                        transaction
                                .update(REDERIVATIONS)
                                .set(REDERIVATIONS.LEASE_UNTIL_NS, 0L)
                                .where(IS_OPEN, REDERIVATIONS.LEASE_OWNER.eq(worker))
                                .execute());
    }

    private long leaseEnd() {
        return Nanos.of(clock.instant().plus(LEASE));
    }
}
