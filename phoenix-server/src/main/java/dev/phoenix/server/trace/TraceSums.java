package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.SqlSum;
import dev.phoenix.server.project.RollupCache;
import dev.phoenix.server.project.RollupCache.Place;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.project.RollupWidth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.springframework.stereotype.Service;

/** What the traces of projects come to where they start: how many failed, and what they cost. */
@Service
class TraceSums {

    private final DSLContext database;
    private final RollupCache<TraceSum> cache =
            new RollupCache<>(this::sums, TraceSum::plus, any -> 1);

    TraceSums(Database database) {
        this.database = database.read();
    }

    /**
     * @param failed how many have a span that failed
     */
    record TraceSum(int traces, int failed, CostSummary cost) {

        static final TraceSum NONE = new TraceSum(0, 0, CostSummary.NONE);

        TraceSum plus(TraceSum other) {
            return new TraceSum(
                    traces + other.traces, failed + other.failed, cost.plus(other.cost));
        }
    }

    /** Bucket by bucket; those without traces may be missing. */
    Map<Place, TraceSum> of(Collection<Long> projectKeys, RollupRange range) {
        return cache.of(database, projectKeys, range);
    }

    /** Likewise in fewer parts, for those who add up all. */
    Map<Place, TraceSum> inDays(Collection<Long> projectKeys, RollupRange range) {
        return cache.inDays(database, projectKeys, range);
    }

    private Map<Place, TraceSum> sums(
            Collection<Long> projectKeys,
            RollupWidth width,
            Function<Field<Long>, Condition> when) {
        Field<Long> start = width.startOf(TRACES.START_NS);
        Condition wanted = TRACES.PROJECT_ID.in(projectKeys).and(when.apply(TRACES.START_NS));
        Map<Place, TraceSum> sums = new HashMap<>();
        var failed = sum(when(TRACES.ERROR_COUNT.gt(inline(0L)), inline(1)).otherwise(inline(0)));
        database.select(
                        TRACES.PROJECT_ID,
                        start,
                        sum(TRACES.COST_PROMPT_TOKENS),
                        sum(TRACES.COST_COMPLETION_TOKENS),
                        sum(TRACES.PROMPT_COST),
                        sum(TRACES.COMPLETION_COST),
                        sum(TRACES.PRICED_PROMPTS),
                        sum(TRACES.PRICED_COMPLETIONS),
                        count(),
                        failed)
                .from(TRACES)
                .where(wanted)
                .groupBy(TRACES.PROJECT_ID, start)
                .forEach(
                        row ->
                                sums.merge(
                                        place(row),
                                        new TraceSum(
                                                row.value9(),
                                                (int) SqlSum.orZero(row.value10()),
                                                cost(row)),
                                        TraceSum::plus));
        // Several traces may report one call, which counts once for their project.
        var elsewhere =
                SpanCosts.countedElsewhere(
                        SpanCosts.REPEATED_IN_PROJECT,
                        List.of(TRACES.PROJECT_ID, start),
                        SPANS.ID,
                        SPANS.join(TRACES).on(TRACES.ID.eq(SPANS.TRACE_KEY)),
                        wanted.and(SpanCosts.isOf(projectKeys)));
        for (Record row : database.fetch(elsewhere)) {
            sums.merge(place(row), new TraceSum(0, 0, cost(row)), TraceSum::plus);
        }
        return sums;
    }

    private static Place place(Record row) {
        return new Place(row.get(0, Long.class), row.get(1, Long.class));
    }

    private static CostSummary cost(Record row) {
        return CostSummary.of(
                row.get(2, Double.class),
                row.get(3, Double.class),
                row.get(4, Double.class),
                row.get(5, Double.class),
                row.get(6, Double.class),
                row.get(7, Double.class));
    }
}
