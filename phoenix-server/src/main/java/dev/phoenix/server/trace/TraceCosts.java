package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.CostEntry;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.AggregateFunction;
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

    TraceCosts(Database database, SpanCosts costs) {
        this.database = database.read();
        this.costs = costs;
    }

    /** Of the traces that start in the range; projects without any are left out. */
    Map<Long, CostSummary> ofProjects(Collection<Long> projectKeys, TimeRange range) {
        return summaries(
                TRACES.PROJECT_ID,
                TRACES.PROJECT_ID.in(projectKeys).and(range.contains(TRACES.START_NS)));
    }

    public Map<Long, CostSummary> ofSessions(Collection<Long> sessionKeys) {
        return summaries(TRACES.SESSION_KEY, TRACES.SESSION_KEY.in(sessionKeys));
    }

    private Map<Long, CostSummary> summaries(Field<Long> group, Condition where) {
        var promptTokens = sum(TRACES.COST_PROMPT_TOKENS);
        var completionTokens = sum(TRACES.COST_COMPLETION_TOKENS);
        var promptCost = sum(TRACES.PROMPT_COST);
        var completionCost = sum(TRACES.COMPLETION_COST);
        var pricedPrompts = sum(TRACES.PRICED_PROMPTS);
        var pricedCompletions = sum(TRACES.PRICED_COMPLETIONS);
        return database.select(
                        group,
                        promptTokens,
                        completionTokens,
                        promptCost,
                        completionCost,
                        pricedPrompts,
                        pricedCompletions)
                .from(TRACES)
                .where(where)
                .groupBy(group)
                .fetchMap(
                        row -> row.get(group),
                        row ->
                                CostSummary.of(
                                        number(row, promptTokens),
                                        number(row, completionTokens),
                                        number(row, promptCost),
                                        number(row, completionCost),
                                        number(row, pricedPrompts),
                                        number(row, pricedCompletions)));
    }

    private static double number(Record row, AggregateFunction<BigDecimal> sum) {
        return row.get(sum).doubleValue();
    }

    /** The cost of a session, to sort by. */
    public static Field<Long> ofSession(Field<Long> sessionKey) {
        Field<Double> dollars =
                sum(TRACES.PROMPT_COST.plus(TRACES.COMPLETION_COST)).cast(Double.class);
        return field(
                select(coalesce(SpanCosts.sortable(dollars), inline(0L)))
                        .from(TRACES)
                        .where(TRACES.SESSION_KEY.eq(sessionKey)));
    }

    Map<Long, List<CostEntry>> entriesOfTraces(Collection<Long> traceKeys) {
        return costs.entries(SPANS.TRACE_KEY, SPANS.ID, SPANS, SPANS.TRACE_KEY.in(traceKeys));
    }

    public Map<Long, List<CostEntry>> entriesOfSessions(Collection<Long> sessionKeys) {
        var spans = TRACES.join(SPANS).on(SPANS.TRACE_KEY.eq(TRACES.ID));
        return costs.entries(
                TRACES.SESSION_KEY, SPANS.ID, spans, TRACES.SESSION_KEY.in(sessionKeys));
    }
}
