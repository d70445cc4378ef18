package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * How much projects hold in a time range, for several at once: whole time buckets as the writer
 * counted them, rows only at the edges of the range.
 */
@Service
class ProjectCounts {

    private static final Field<Long> PROJECT = field(name("project"), Long.class);
    private static final Field<Long> COUNT = field(name("counted"), Long.class);
    private static final Field<Long> PROMPT = field(name("prompt"), Long.class);
    private static final Field<Long> COMPLETION = field(name("completion"), Long.class);

    private final DSLContext database;

    ProjectCounts(Database database) {
        this.database = database.read();
    }

    Map<Long, Integer> traces(Collection<Long> projectKeys, TimeRange range) {
        return of(LatencySource.TRACE, projectKeys, range);
    }

    Map<Long, Integer> spans(Collection<Long> projectKeys, TimeRange range) {
        return of(LatencySource.SPAN, projectKeys, range);
    }

    Map<Long, Integer> of(LatencySource source, Collection<Long> projectKeys, TimeRange timeRange) {
        RollupRange range = RollupRange.of(timeRange);
        var edges =
                select(source.project(), count().cast(Long.class))
                        .from(source.rows())
                        .where(source.project().in(projectKeys), range.edges(source.start()))
                        .groupBy(source.project());
        var parts =
                source.counts(projectKeys, range)
                        .unionAll(edges)
                        .asTable("parts", "project", "counted");
        return database.select(PROJECT, sum(COUNT))
                .from(parts)
                .groupBy(PROJECT)
                .fetchMap(row -> row.value1(), row -> (int) number(row.value2()));
    }

    /**
     * Tokens of the spans that have no LLM child, nor repeat another one: wrappers repeat what
     * their children used.
     */
    Map<Long, TokenUsage> tokens(Collection<Long> projectKeys, TimeRange timeRange) {
        RollupRange range = RollupRange.of(timeRange);
        var edges =
                select(SPANS.PROJECT_ID, SPANS.PROMPT_TOKENS, SPANS.COMPLETION_TOKENS)
                        .from(SPANS)
                        .where(SPANS.PROJECT_ID.in(projectKeys), range.edges(SPANS.START_NS))
                        .and(countsTokens());
        var parts =
                ProjectRollups.tokens(projectKeys, range)
                        .unionAll(edges)
                        .asTable("parts", "project", "prompt", "completion");
        return database.select(PROJECT, sum(PROMPT), sum(COMPLETION))
                .from(parts)
                .groupBy(PROJECT)
                .fetchMap(
                        row -> row.value1(),
                        row -> new TokenUsage(number(row.value2()), number(row.value3())));
    }

    /** Of these spans the tokens count for the project. */
    static Condition countsTokens() {
        return SPANS.WRAPS_LLM
                .eq(inline(0))
                .and(SPANS.REPEATS.lt(inline(SpanCosts.REPEATED_IN_PROJECT)))
                .and(SPANS.PROMPT_TOKENS.isNotNull().or(SPANS.COMPLETION_TOKENS.isNotNull()));
    }

    private static double number(@Nullable BigDecimal sum) {
        return sum == null ? 0 : sum.doubleValue();
    }
}
