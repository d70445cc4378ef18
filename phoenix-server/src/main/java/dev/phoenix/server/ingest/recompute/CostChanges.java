package dev.phoenix.server.ingest.recompute;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.cost.CostSums;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.ingest.recompute.Step.Change;
import dev.phoenix.server.project.RollupWidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Writes changed costs and corrects the sums of their traces, within one transaction. */
final class CostChanges {

    private final DSLContext transaction;
    private final List<Long> spanKeys;
    private final List<Query> statements = new ArrayList<>();
    private final SortedSet<Bucket> buckets = new TreeSet<>();
    private int written;

    private CostChanges(DSLContext transaction, List<Change> changes) {
        this.transaction = transaction;
        this.spanKeys = changes.stream().map(Change::spanKey).toList();
    }

    /**
     * Returns how many spans were changed: some may have been deleted meanwhile.
     *
     * @throws ChangedMeanwhileException when another job was faster with one of them, which may
     *     have read it by other rules
     */
    static int write(DSLContext transaction, List<Change> changes) {
        return changes.isEmpty()
                ? 0
                : new CostChanges(transaction, changes).writeUnderLock(changes);
    }

    private int writeUnderLock(List<Change> changes) {
        lockTraces();
        Map<Long, Place> places =
                transaction
                        .select(SPANS.ID, SPANS.TRACE_KEY, SPANS.PROJECT_ID, SPANS.REPEATS)
                        .select(TRACES.PROJECT_ID, TRACES.SESSION_KEY, TRACES.START_NS)
                        .from(SPANS)
                        .join(TRACES)
                        .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                        .where(SPANS.ID.in(spanKeys))
                        .fetchMap(SPANS.ID, Place::from);
        Map<Long, SpanCost> stored = SpanCosts.read(transaction, spanKeys);
        Map<Long, CostSums> sums = new TreeMap<>();
        Map<Long, CostSums> sessions = new TreeMap<>();
        for (Change change : changes) {
            Place place = places.get(change.spanKey());
            SpanCost before = stored.get(change.spanKey());
            if (place != null) {
                if (!Objects.equals(before, change.before())) {
                    throw new ChangedMeanwhileException();
                }
                replace(change, before, place);
                Bucket.addAll(buckets, place.spanProject, change.startNs());
                Bucket.addAll(buckets, place.project, place.traceStartNs);
                if (place.countsInTrace()) {
                    replace(sums, place.trace, before, change.cost());
                }
                if (place.session != null && place.countsInSession()) {
                    replace(sessions, place.session, before, change.cost());
                }
                written++;
            }
        }
        sums.forEach((trace, delta) -> statements.add(correct(trace, delta)));
        sessions.forEach((session, delta) -> statements.add(correctSession(session, delta)));
        buckets.forEach(bucket -> statements.add(touch(bucket)));
        if (!statements.isEmpty()) {
            transaction.batch(statements).execute();
        }
        return written;
    }

    private static void replace(
            Map<Long, CostSums> sums, long key, @Nullable SpanCost before, @Nullable SpanCost now) {
        CostSums delta = sums.computeIfAbsent(key, _ -> new CostSums());
        delta.subtract(before);
        delta.add(now);
    }

    /** Where a span's cost is added up. */
    private record Place(
            long trace,
            long spanProject,
            int repeats,
            long project,
            @Nullable Long session,
            long traceStartNs) {

        static Place from(Record row) {
            return new Place(
                    row.get(SPANS.TRACE_KEY),
                    row.get(SPANS.PROJECT_ID),
                    row.get(SPANS.REPEATS),
                    row.get(TRACES.PROJECT_ID),
                    row.get(TRACES.SESSION_KEY),
                    row.get(TRACES.START_NS));
        }

        boolean countsInTrace() {
            return repeats < SpanCosts.REPEATED_IN_TRACE;
        }

        boolean countsInSession() {
            return repeats < SpanCosts.REPEATED_IN_SESSION;
        }
    }

    /** What is remembered of a time bucket holds no longer. */
    private Query touch(Bucket bucket) {
        return transaction
                .update(PROJECT_ROLLUPS)
                .set(PROJECT_ROLLUPS.REVISION, PROJECT_ROLLUPS.REVISION.plus(1))
                .where(PROJECT_ROLLUPS.PROJECT_ID.eq(bucket.projectKey))
                .and(PROJECT_ROLLUPS.WIDTH_NS.eq(bucket.width.nanos()))
                .and(PROJECT_ROLLUPS.START_NS.eq(bucket.startNs));
    }

    /** In the order in which ingestion locks them, after all else. */
    private record Bucket(long projectKey, RollupWidth width, long startNs)
            implements Comparable<Bucket> {

        private static final Comparator<Bucket> ORDER =
                Comparator.comparingLong(Bucket::projectKey)
                        .thenComparing(Bucket::width)
                        .thenComparingLong(Bucket::startNs);

        static void addAll(Set<Bucket> buckets, long projectKey, long timeNs) {
            for (RollupWidth width : RollupWidth.values()) {
                buckets.add(new Bucket(projectKey, width, width.startOf(timeNs)));
            }
        }

        @Override
        public int compareTo(Bucket other) {
            return ORDER.compare(this, other);
        }
    }

    /** In the order in which ingestion locks them. */
    private void lockTraces() {
        if (transaction.dialect().family() == SQLDialect.POSTGRES) {
            transaction
                    .select(TRACES.ID)
                    .from(TRACES)
                    .where(
                            TRACES.ID.in(
                                    select(SPANS.TRACE_KEY)
                                            .from(SPANS)
                                            .where(SPANS.ID.in(spanKeys))))
                    .orderBy(TRACES.TRACE_ID)
                    .forUpdate()
                    .execute();
        }
    }

    private void replace(Change change, @Nullable SpanCost before, Place place) {
        if (before != null) {
            statements.add(
                    transaction
                            .deleteFrom(SPAN_COSTS)
                            .where(SPAN_COSTS.SPAN_KEY.eq(change.spanKey())));
        }
        SpanCost cost = change.cost();
        if (cost != null) {
            statements.add(
                    transaction
                            .insertInto(SPAN_COSTS)
                            .set(SPAN_COSTS.SPAN_KEY, change.spanKey())
                            .set(SPAN_COSTS.PROJECT_ID, place.spanProject)
                            .set(SPAN_COSTS.MODEL_ID, cost.modelKey())
                            .set(SPAN_COSTS.START_NS, change.startNs())
                            .set(SPAN_COSTS.PROMPT_TOKENS, cost.tokens(true))
                            .set(SPAN_COSTS.PROMPT_COST, cost.cost(true))
                            .set(SPAN_COSTS.COMPLETION_TOKENS, cost.tokens(false))
                            .set(SPAN_COSTS.COMPLETION_COST, cost.cost(false))
                            .set(SPAN_COSTS.DETAILS, cost.detailsJson())
                            .set(SPAN_COSTS.REPEATS, place.repeats));
        }
    }

    private Query correct(long trace, CostSums delta) {
        return transaction
                .update(TRACES)
                .set(
                        TRACES.COST_PROMPT_TOKENS,
                        TRACES.COST_PROMPT_TOKENS.plus(delta.promptTokens()))
                .set(
                        TRACES.COST_COMPLETION_TOKENS,
                        TRACES.COST_COMPLETION_TOKENS.plus(delta.completionTokens()))
                .set(
                        TRACES.PROMPT_COST,
                        sum(
                                TRACES.PROMPT_COST,
                                delta.promptCost(),
                                TRACES.PRICED_PROMPTS,
                                delta.pricedPrompts()))
                .set(
                        TRACES.COMPLETION_COST,
                        sum(
                                TRACES.COMPLETION_COST,
                                delta.completionCost(),
                                TRACES.PRICED_COMPLETIONS,
                                delta.pricedCompletions()))
                .set(TRACES.PRICED_PROMPTS, TRACES.PRICED_PROMPTS.plus(delta.pricedPrompts()))
                .set(
                        TRACES.PRICED_COMPLETIONS,
                        TRACES.PRICED_COMPLETIONS.plus(delta.pricedCompletions()))
                .where(TRACES.ID.eq(trace));
    }

    private Query correctSession(long session, CostSums delta) {
        return transaction
                .update(PROJECT_SESSIONS)
                .set(PROJECT_SESSIONS.COST, PROJECT_SESSIONS.COST.plus(delta.cost()))
                .where(PROJECT_SESSIONS.ID.eq(session));
    }

    /** Exactly zero where nothing is left, whatever rounding leaves behind. */
    private static Field<Double> sum(
            TableField<?, Double> cost,
            double costDelta,
            TableField<?, Long> priced,
            long pricedDelta) {
        return when(priced.plus(pricedDelta).eq(0L), inline(0.0)).otherwise(cost.plus(costDelta));
    }

    /** The step is to be read again. */
    static final class ChangedMeanwhileException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
