package dev.phoenix.server.cost;

import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.project.ProjectReader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Starts recomputations of costs and tells how far they are. */
@Controller
class RecomputationGraphQlController implements NodeSource {

    private final Recomputations recomputations;
    private final ModelReader models;
    private final ProjectReader projects;

    RecomputationGraphQlController(
            Recomputations recomputations, ModelReader models, ProjectReader projects) {
        this.recomputations = recomputations;
        this.models = models;
        this.projects = projects;
    }

    record RecomputeCostsInput(
            @Nullable String modelId, @Nullable String projectId, @Nullable TimeRange timeRange) {}

    record Payload(CostRecomputation recomputation) {

        public Object query() {
            return this;
        }
    }

    @MutationMapping
    Payload recomputeCosts(@Argument RecomputeCostsInput input) {
        Long model = input.modelId() == null ? null : (Long) models.requireKey(input.modelId());
        Long project =
                input.projectId() == null ? null : (Long) projects.require(input.projectId()).key();
        return new Payload(
                recomputations.create(model, project, TimeRange.orAll(input.timeRange())));
    }

    @QueryMapping
    Connection<CostRecomputation> costRecomputations(
            @Argument int first, @Argument @Nullable String after) {
        return Connection.of(recomputations.list(after, Connection.limit(first)), after);
    }

    @Override
    public String type() {
        return CostRecomputation.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return recomputations.find(key).orElse(null);
    }
}
