package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.SqlSum;
import dev.phoenix.server.project.ProjectReader;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the calls of projects come to by model. Calls that count elsewhere are left out. */
@Service
class ModelSums {

    private final DSLContext database;
    private final ProjectReader projects;
    private final RollupCache<Map<Long, CostSummary>> cache =
            new RollupCache<>(this::sums, ModelSums::joined, Map::size);

    ModelSums(Database database, ProjectReader projects) {
        this.database = database.read();
        this.projects = projects;
    }

    /**
     * By key of the model; those without calls are left out.
     *
     * @param projectKey null for all projects
     */
    Map<Long, CostSummary> of(@Nullable Long projectKey, TimeRange range) {
        List<Long> projectKeys = projectKey == null ? projects.allKeys() : List.of(projectKey);
        Map<Long, CostSummary> sums = new HashMap<>();
        cache.inDays(database, projectKeys, RollupRange.of(range))
                .values()
                .forEach(
                        part ->
                                part.forEach(
                                        (model, sum) -> sums.merge(model, sum, CostSummary::plus)));
        return sums;
    }

    private static Map<Long, CostSummary> joined(
            Map<Long, CostSummary> some, Map<Long, CostSummary> others) {
        Map<Long, CostSummary> all = new HashMap<>(some);
        others.forEach((model, sum) -> all.merge(model, sum, CostSummary::plus));
        return all;
    }

    private Map<Place, Map<Long, CostSummary>> sums(
            Collection<Long> projectKeys,
            RollupWidth width,
            Function<Field<Long>, Condition> when) {
        Field<Long> start = width.startOf(SPAN_COSTS.START_NS);
        Map<Place, Map<Long, CostSummary>> sums = new HashMap<>();
        database.select(
                        SPAN_COSTS.PROJECT_ID,
                        start,
                        SPAN_COSTS.MODEL_ID,
                        sum(SPAN_COSTS.PROMPT_TOKENS),
                        sum(SPAN_COSTS.COMPLETION_TOKENS),
                        sum(SPAN_COSTS.PROMPT_COST),
                        sum(SPAN_COSTS.COMPLETION_COST),
                        count(SPAN_COSTS.PROMPT_COST),
                        count(SPAN_COSTS.COMPLETION_COST))
                .from(SPAN_COSTS)
                .where(SPAN_COSTS.PROJECT_ID.in(projectKeys))
                .and(when.apply(SPAN_COSTS.START_NS))
                .and(SPAN_COSTS.MODEL_ID.isNotNull())
                .and(SPAN_COSTS.REPEATS.lt(inline(SpanCosts.REPEATED_IN_PROJECT)))
                .groupBy(SPAN_COSTS.PROJECT_ID, start, SPAN_COSTS.MODEL_ID)
                .forEach(
                        row ->
                                sums.computeIfAbsent(
                                                new Place(row.value1(), row.value2()),
                                                _ -> new HashMap<>())
                                        .put(
                                                row.value3(),
                                                CostSummary.of(
                                                        SqlSum.orZero(row.value4()),
                                                        SqlSum.orZero(row.value5()),
                                                        SqlSum.orZero(row.value6()),
                                                        SqlSum.orZero(row.value7()),
                                                        row.value8(),
                                                        row.value9())));
        return sums;
    }
}
