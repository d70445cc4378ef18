package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Service;

/**
 * How much projects hold in a time range, for several at once: whole time buckets as the writer
 * counted them, rows only at the edges of the range.
 */
@Service
class ProjectCounts {

    private final DSLContext database;

    ProjectCounts(Database database) {
        this.database = database.read();
    }

    /**
     * What projects hold.
     *
     * @param tokens of each call once, by the span that counts it
     */
    record Totals(int spans, int traces, TokenUsage tokens) {

        static final Totals NONE = new Totals(0, 0, TokenUsage.NONE);

        Totals plus(Totals other) {
            return new Totals(
                    spans + other.spans,
                    traces + other.traces,
                    new TokenUsage(
                            tokens.prompt() + other.tokens.prompt(),
                            tokens.completion() + other.tokens.completion()));
        }
    }

    /** Projects without any may be missing. */
    Map<Long, Totals> totals(Collection<Long> projectKeys, TimeRange timeRange) {
        RollupRange range = RollupRange.of(timeRange);
        Map<Long, Totals> totals = new HashMap<>();
        ProjectRollups.totals(database, projectKeys, range)
                .forEach(
                        (project, total) ->
                                totals.put(
                                        project,
                                        new Totals(
                                                (int) total.spans(),
                                                (int) total.traces(),
                                                new TokenUsage(
                                                        total.promptTokens(),
                                                        total.completionTokens()))));
        if (range.hasEdges()) {
            addEdges(totals, projectKeys, range);
        }
        return totals;
    }

    private void addEdges(
            Map<Long, Totals> totals, Collection<Long> projectKeys, RollupRange range) {
        Field<Integer> one = inline(1);
        Field<Integer> none = inline(0);
        var spans =
                select(
                                SPANS.PROJECT_ID,
                                one,
                                none,
                                tokens(SPANS.PROMPT_TOKENS),
                                tokens(SPANS.COMPLETION_TOKENS))
                        .from(SPANS)
                        .where(SPANS.PROJECT_ID.in(projectKeys), range.edges(SPANS.START_NS));
        var traces =
                select(TRACES.PROJECT_ID, none, one, inline(0L), inline(0L))
                        .from(TRACES)
                        .where(TRACES.PROJECT_ID.in(projectKeys), range.edges(TRACES.START_NS));
        var edges =
                spans.unionAll(traces)
                        .asTable("edges", "project", "spans", "traces", "prompt", "completion");
        Field<Long> project = field(name("project"), Long.class);
        database.select(
                        project,
                        sum(field(name("spans"), Integer.class)),
                        sum(field(name("traces"), Integer.class)),
                        sum(field(name("prompt"), Long.class)),
                        sum(field(name("completion"), Long.class)))
                .from(edges)
                .groupBy(project)
                .forEach(
                        row ->
                                totals.merge(
                                        row.value1(),
                                        new Totals(
                                                row.value2().intValue(),
                                                row.value3().intValue(),
                                                new TokenUsage(
                                                        row.value4().doubleValue(),
                                                        row.value5().doubleValue())),
                                        Totals::plus));
    }

    private static Field<Long> tokens(Field<Long> side) {
        return when(countsTokens(), coalesce(side, inline(0L))).otherwise(inline(0L));
    }

    /** Of these spans the tokens count for the project. */
    static Condition countsTokens() {
        return SPANS.REPEATS
                .lt(inline(SpanCosts.REPEATED_IN_PROJECT))
                .and(SPANS.PROMPT_TOKENS.isNotNull().or(SPANS.COMPLETION_TOKENS.isNotNull()));
    }
}
