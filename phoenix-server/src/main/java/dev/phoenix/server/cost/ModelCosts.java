package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.values;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the calls of models cost, for several models at once. */
@Service
class ModelCosts {

    private final DSLContext database;
    private final SpanCosts spans;
    private final ModelSums sums;

    ModelCosts(Database database, SpanCosts spans, ModelSums sums) {
        this.database = database.read();
        this.spans = spans;
        this.sums = sums;
    }

    /**
     * @param projectKey null for all projects
     */
    record Scope(@Nullable Long projectKey, TimeRange range) {

        Condition condition() {
            Condition project =
                    projectKey == null ? noCondition() : SPAN_COSTS.PROJECT_ID.eq(projectKey);
            return project.and(range.contains(SPAN_COSTS.START_NS));
        }
    }

    record Wanted(long modelKey, Scope scope) {}

    Map<Long, Instant> lastUses(Collection<Long> modelKeys) {
        var listed =
                values(modelKeys.stream().map(DSL::row).toArray(Row1[]::new)).as("listed", "id");
        Field<Long> id = listed.field("id", Long.class);
        Field<Long> last =
                field(
                        select(max(SPAN_COSTS.START_NS))
                                .from(SPAN_COSTS)
                                .where(SPAN_COSTS.MODEL_ID.eq(id)));
        Map<Long, Instant> lastUses = new HashMap<>();
        database.select(id, last)
                .from(listed)
                .forEach(
                        row -> {
                            Long time = row.value2();
                            if (time != null) {
                                lastUses.put(row.value1(), Timestamps.instant(time));
                            }
                        });
        return lastUses;
    }

    Map<Wanted, CostSummary> summaries(Set<Wanted> wanted) {
        Map<Wanted, CostSummary> found = new HashMap<>();
        byScope(wanted)
                .forEach(
                        (scope, models) -> {
                            var summaries = sums.of(scope.projectKey, scope.range);
                            models.forEach(
                                    model ->
                                            found.put(
                                                    new Wanted(model, scope),
                                                    summaries.getOrDefault(
                                                            model, CostSummary.NONE)));
                        });
        return found;
    }

    Map<Wanted, List<CostEntry>> entries(Set<Wanted> wanted) {
        Map<Wanted, List<CostEntry>> found = new HashMap<>();
        byScope(wanted)
                .forEach(
                        (scope, models) -> {
                            var entries = spans.ofModels(models, scope.condition());
                            models.forEach(
                                    model ->
                                            found.put(
                                                    new Wanted(model, scope),
                                                    entries.getOrDefault(model, List.of())));
                        });
        return found;
    }

    private static Map<Scope, List<Long>> byScope(Set<Wanted> wanted) {
        return wanted.stream()
                .collect(
                        Collectors.groupingBy(
                                Wanted::scope,
                                Collectors.mapping(Wanted::modelKey, Collectors.toList())));
    }
}
