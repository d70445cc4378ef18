package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.SqlSum;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the spans or traces of a project that fulfil a condition sum up to, row by row. */
@Service
class FilteredSums {

    private static final double NANOS_PER_MILLI = 1e6;

    private final DSLContext database;
    private final SpanCosts costs;

    FilteredSums(Database database, SpanCosts costs) {
        this.database = database.read();
        this.costs = costs;
    }

    int count(LatencySource source, long projectKey, TimeRange range, Condition condition) {
        return database.fetchCount(
                source.rows(), inRange(source, projectKey, range).and(condition));
    }

    /** Tokens of the spans that count their calls, as without a condition. */
    TokenUsage tokens(long projectKey, TimeRange range, Condition condition) {
        var sums =
                database.select(sum(SPANS.PROMPT_TOKENS), sum(SPANS.COMPLETION_TOKENS))
                        .from(SPANS)
                        .where(inRange(LatencySource.SPAN, projectKey, range))
                        .and(ProjectCounts.countsTokens())
                        .and(condition)
                        .fetchSingle();
        return new TokenUsage(SqlSum.orZero(sums.value1()), SqlSum.orZero(sums.value2()));
    }

    CostSummary costs(long projectKey, TimeRange range, Condition condition) {
        Condition all = inRange(LatencySource.SPAN, projectKey, range).and(condition);
        return costs.sum(SPANS.ID, SPANS, all);
    }

    /** In milliseconds, between two latencies if need be; null without rows. */
    @Nullable Double latencyQuantile(
            LatencySource source,
            long projectKey,
            TimeRange range,
            Condition condition,
            double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw ApiException.badRequest("probability must be 0..1, was " + probability);
        }
        Condition all = inRange(source, projectKey, range).and(condition);
        int count = database.fetchCount(source.rows(), all);
        if (count == 0) {
            return null;
        }
        double place = probability * (count - 1);
        int below = (int) Math.floor(place);
        List<Long> around =
                database.select(source.latency())
                        .from(source.rows())
                        .where(all)
                        .orderBy(source.latency())
                        .offset(below)
                        .limit(2)
                        .fetch(row -> row.value1());
        if (around.isEmpty()) {
            return null;
        }
        double low = around.getFirst();
        double high = around.getLast();
        return (low + (high - low) * (place - below)) / NANOS_PER_MILLI;
    }

    private static Condition inRange(LatencySource source, long projectKey, TimeRange range) {
        return source.project().eq(projectKey).and(range.contains(source.start()));
    }
}
