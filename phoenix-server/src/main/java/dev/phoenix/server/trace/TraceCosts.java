package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sql;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.CostEntry;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.RollupRange;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.springframework.stereotype.Service;

/** What traces cost, summed up for projects and sessions. */
@Service
public class TraceCosts {

    private final DSLContext database;
    private final SpanCosts costs;
    private final TraceSums sums;

    TraceCosts(Database database, SpanCosts costs, TraceSums sums) {
        this.database = database.read();
        this.costs = costs;
        this.sums = sums;
    }

    /** Of the traces that start in the range; projects without any are left out. */
    Map<Long, CostSummary> ofProjects(Collection<Long> projectKeys, TimeRange range) {
        Map<Long, CostSummary> costs = new HashMap<>();
        sums.inDays(projectKeys, RollupRange.of(range))
                .forEach(
                        (place, sum) ->
                                costs.merge(place.projectKey(), sum.cost(), CostSummary::plus));
        return costs;
    }

    public Map<Long, CostSummary> ofSessions(Collection<Long> sessionKeys) {
        Condition where = TRACES.SESSION_KEY.in(sessionKeys);
        // Without what another trace of the session counts.
        var countedElsewhere =
                SpanCosts.countedElsewhere(
                        SpanCosts.REPEATED_IN_SESSION,
                        List.of(TRACES.SESSION_KEY),
                        SPANS.ID,
                        TRACES.join(SPANS).on(SPANS.TRACE_KEY.eq(TRACES.ID)),
                        where.and(TRACES.SHARES_CALLS.eq(inline(1))));
        var parts =
                select(
                                TRACES.SESSION_KEY,
                                TRACES.COST_PROMPT_TOKENS,
                                TRACES.COST_COMPLETION_TOKENS,
                                TRACES.PROMPT_COST,
                                TRACES.COMPLETION_COST,
                                TRACES.PRICED_PROMPTS,
                                TRACES.PRICED_COMPLETIONS)
                        .from(TRACES)
                        .where(where);
        var all =
                table(sql("({0} UNION ALL {1})", parts, countedElsewhere))
                        .as("parts", "owner", "p", "c", "pc", "cc", "pp", "pcs");
        Field<Long> owner = field(name("owner"), Long.class);
        List<Field<BigDecimal>> sums =
                Stream.of("p", "c", "pc", "cc", "pp", "pcs")
                        .<Field<BigDecimal>>map(part -> sum(field(name(part), BigDecimal.class)))
                        .toList();
        return database.select(owner)
                .select(sums)
                .from(all)
                .groupBy(owner)
                .fetchMap(
                        row -> row.get(owner),
                        row ->
                                CostSummary.of(
                                        number(row, sums.get(0)),
                                        number(row, sums.get(1)),
                                        number(row, sums.get(2)),
                                        number(row, sums.get(3)),
                                        number(row, sums.get(4)),
                                        number(row, sums.get(5))));
    }

    private static double number(Record row, Field<BigDecimal> sum) {
        return row.get(sum).doubleValue();
    }

    Map<Long, List<CostEntry>> entriesOfTraces(Collection<Long> traceKeys) {
        return costs.entries(
                SpanCosts.REPEATED_IN_TRACE,
                SPANS.TRACE_KEY,
                SPANS.ID,
                SPANS,
                SPANS.TRACE_KEY.in(traceKeys));
    }

    public Map<Long, List<CostEntry>> entriesOfSessions(Collection<Long> sessionKeys) {
        var spans = TRACES.join(SPANS).on(SPANS.TRACE_KEY.eq(TRACES.ID));
        return costs.entries(
                SpanCosts.REPEATED_IN_SESSION,
                TRACES.SESSION_KEY,
                SPANS.ID,
                spans,
                TRACES.SESSION_KEY.in(sessionKeys));
    }
}
