package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.TRACE_JOBS;
import static dev.phoenix.server.db.jooq.Tables.TRACE_JOB_MEMBERS;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.removal.TraceJob.Kind;
import dev.phoenix.server.ingest.removal.TraceJob.State;
import dev.phoenix.server.ingest.write.StoredTraces.Portion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.InsertSetMoreStep;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The rows of jobs. Several servers may look for work: one holds the lease, and whoever comes after
 * a crash goes on with what is left.
 */
@Component
class TraceJobs {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Condition IS_OPEN =
            TRACE_JOBS.STATE.in(DSL.inline("WAITING"), DSL.inline("RUNNING"));

    private final Database database;
    private final KeyAllocator keys;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    TraceJobs(Database database, KeyAllocator keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Why retention deletes.
     *
     * @param policyKey of the policy that says so
     */
    record Purge(long policyKey, String policyName, String projectName) {}

    /** A key for a new job, to be taken before the transaction. */
    long nextKey() {
        return keys.reserve("trace_jobs", 1);
    }

    /** Told when there is work. */
    void onCreated(Runnable listener) {
        listeners.add(listener);
    }

    /** To be called after the transaction that created jobs. */
    void created() {
        listeners.forEach(Runnable::run);
    }

    void list(DSLContext transaction, long key, Collection<Long> traces, @Nullable Long target) {
        Kind kind = target == null ? Kind.LISTED : Kind.MOVE;
        insert(transaction, key, kind, TraceRange.ALL)
                .set(TRACE_JOBS.TARGET_PROJECT_ID, target)
                .execute();
        transaction
                .batch(
                        traces.stream()
                                .map(
                                        trace ->
                                                transaction
                                                        .insertInto(TRACE_JOB_MEMBERS)
                                                        .set(TRACE_JOB_MEMBERS.JOB_ID, key)
                                                        .set(TRACE_JOB_MEMBERS.TRACE_KEY, trace))
                                .toList())
                .execute();
    }

    void session(DSLContext transaction, long key, long sessionKey) {
        insert(transaction, key, Kind.SESSION, TraceRange.ALL)
                .set(TRACE_JOBS.SESSION_KEY, sessionKey)
                .execute();
    }

    void project(DSLContext transaction, long key, long projectKey, TraceRange range) {
        insert(transaction, key, Kind.PROJECT, range)
                .set(TRACE_JOBS.PROJECT_ID, projectKey)
                .execute();
    }

    void wholeProject(DSLContext transaction, long key, long projectKey) {
        insert(transaction, key, Kind.PROJECT, TraceRange.ALL)
                .set(TRACE_JOBS.PROJECT_ID, projectKey)
                .set(TRACE_JOBS.DELETES_PROJECT, true)
                .execute();
    }

    void purge(DSLContext transaction, long key, long projectKey, TraceRange range, Purge why) {
        insert(transaction, key, Kind.PROJECT, range)
                .set(TRACE_JOBS.PROJECT_ID, projectKey)
                .set(TRACE_JOBS.POLICY_ID, why.policyKey)
                .set(TRACE_JOBS.POLICY_NAME, why.policyName)
                .set(TRACE_JOBS.PROJECT_NAME, why.projectName)
                .execute();
    }

    private InsertSetMoreStep<? extends Record> insert(
            DSLContext transaction, long key, Kind kind, TraceRange range) {
        long nowNs = Nanos.of(clock.instant());
        return transaction
                .insertInto(TRACE_JOBS)
                .set(TRACE_JOBS.ID, key)
                .set(TRACE_JOBS.KIND, kind.name())
                .set(TRACE_JOBS.FROM_NS, range.fromNs())
                .set(TRACE_JOBS.BEFORE_NS, range.beforeNs())
                .set(TRACE_JOBS.BEFORE_KEY, range.beforeKey())
                .set(TRACE_JOBS.LAST_KEY, range.lastKey())
                .set(TRACE_JOBS.DELETES_PROJECT, false)
                .set(TRACE_JOBS.STATE, State.WAITING.name())
                .set(TRACE_JOBS.TRACE_COUNT, 0L)
                .set(TRACE_JOBS.SPAN_COUNT, 0L)
                .set(TRACE_JOBS.LEASE_UNTIL_NS, 0L)
                .set(TRACE_JOBS.CREATED_AT_NS, nowNs)
                .set(TRACE_JOBS.UPDATED_AT_NS, nowNs);
    }

    List<Long> members(DSLContext transaction, TraceJob job, int most) {
        return transaction
                .select(TRACE_JOB_MEMBERS.TRACE_KEY)
                .from(TRACE_JOB_MEMBERS)
                .where(TRACE_JOB_MEMBERS.JOB_ID.eq(job.key()))
                .orderBy(TRACE_JOB_MEMBERS.TRACE_KEY)
                .limit(most)
                .fetch(TRACE_JOB_MEMBERS.TRACE_KEY);
    }

    void dropMembers(DSLContext transaction, TraceJob job, Collection<Long> done) {
        transaction
                .deleteFrom(TRACE_JOB_MEMBERS)
                .where(TRACE_JOB_MEMBERS.JOB_ID.eq(job.key()))
                .and(TRACE_JOB_MEMBERS.TRACE_KEY.in(done))
                .execute();
    }

    /** The oldest job that nobody else works on, for this worker until the lease ends. */
    Optional<TraceJob> claim(String worker) {
        Condition free =
                TRACE_JOBS
                        .LEASE_UNTIL_NS
                        .le(Nanos.of(clock.instant()))
                        .or(TRACE_JOBS.LEASE_OWNER.eq(worker))
                        .and(IS_OPEN);
        // Looked for without the writer, because mostly there is none.
        Optional<Long> key =
                database.read()
                        .select(TRACE_JOBS.ID)
                        .from(TRACE_JOBS)
                        .where(free)
                        .orderBy(TRACE_JOBS.ID)
                        .limit(1)
                        .fetchOptional(TRACE_JOBS.ID);
        return key.flatMap(
                found ->
                        database.transaction(
                                transaction ->
                                        transaction
                                                .update(TRACE_JOBS)
                                                .set(TRACE_JOBS.LEASE_OWNER, worker)
                                                .set(TRACE_JOBS.LEASE_UNTIL_NS, leaseEnd())
                                                .set(TRACE_JOBS.STATE, State.RUNNING.name())
                                                .where(TRACE_JOBS.ID.eq(found), free)
                                                .returning()
                                                .fetchOptional(TraceJob::from)));
    }

    /**
     * Records progress in the transaction that makes it.
     *
     * @throws LeaseLostException if another worker has the job, and then nothing may be committed
     */
    void advance(
            DSLContext transaction, TraceJob job, String worker, Portion portion, State state) {
        int updated =
                transaction
                        .update(TRACE_JOBS)
                        .set(TRACE_JOBS.TRACE_COUNT, TRACE_JOBS.TRACE_COUNT.plus(portion.traces()))
                        .set(TRACE_JOBS.SPAN_COUNT, TRACE_JOBS.SPAN_COUNT.plus(portion.spans()))
                        .set(TRACE_JOBS.STATE, state.name())
                        .set(TRACE_JOBS.LEASE_UNTIL_NS, leaseEnd())
                        .set(TRACE_JOBS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                        .where(TRACE_JOBS.ID.eq(job.key()))
                        .and(TRACE_JOBS.LEASE_OWNER.eq(worker))
                        .and(TRACE_JOBS.STATE.eq(State.RUNNING.name()))
                        .execute();
        if (updated == 0) {
            throw new LeaseLostException();
        }
    }

    /** What cannot be mended by trying again. */
    void fail(TraceJob job, String why) {
        database.transaction(
                transaction ->
                        transaction
                                .update(TRACE_JOBS)
                                .set(TRACE_JOBS.STATE, State.FAILED.name())
                                .set(TRACE_JOBS.FAILURE, why)
                                .set(TRACE_JOBS.UPDATED_AT_NS, Nanos.of(clock.instant()))
                                .where(TRACE_JOBS.ID.eq(job.key()))
                                .execute());
    }

    /** Lets another worker go on at once. */
    void release(String worker) {
        database.transaction(
                transaction ->
                        transaction
                                .update(TRACE_JOBS)
                                .set(TRACE_JOBS.LEASE_UNTIL_NS, 0L)
                                .where(IS_OPEN, TRACE_JOBS.LEASE_OWNER.eq(worker))
                                .execute());
    }

    /** Nobody asks for old ones, but for those that say what was purged. */
    void forgetOld() {
        long dayAgo = Nanos.of(clock.instant().minus(Duration.ofDays(1)));
        long yearAgo = Nanos.of(clock.instant().minus(Duration.ofDays(365)));
        database.transaction(
                transaction ->
                        transaction
                                .deleteFrom(TRACE_JOBS)
                                .where(DSL.not(IS_OPEN))
                                .and(
                                        TRACE_JOBS
                                                .UPDATED_AT_NS
                                                .lt(yearAgo)
                                                .or(
                                                        TRACE_JOBS
                                                                .UPDATED_AT_NS
                                                                .lt(dayAgo)
                                                                .and(
                                                                        TRACE_JOBS.POLICY_ID
                                                                                .isNull())))
                                .execute());
    }

    boolean isOpen(long key) {
        return database.read().fetchExists(TRACE_JOBS, TRACE_JOBS.ID.eq(key).and(IS_OPEN));
    }

    List<Long> failed(Collection<Long> keys) {
        return database.read()
                .select(TRACE_JOBS.ID)
                .from(TRACE_JOBS)
                .where(TRACE_JOBS.ID.in(keys), TRACE_JOBS.STATE.eq(State.FAILED.name()))
                .orderBy(TRACE_JOBS.ID)
                .fetch(TRACE_JOBS.ID);
    }

    private long leaseEnd() {
        return Nanos.of(clock.instant().plus(LEASE));
    }

    /** Another worker has the job: what this one did is rolled back. */
    static final class LeaseLostException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
