package dev.phoenix.server.cost;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.cost.ModelCosts.Scope;
import dev.phoenix.server.cost.ModelCosts.Wanted;
import dev.phoenix.server.cost.ModelInput.TokenKind;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import graphql.schema.DataFetchingEnvironment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;

/** Models and their prices over GraphQL. */
@Controller
class ModelGraphQlController implements NodeSource {

    private final ModelReader models;
    private final ModelEditor editor;
    private final ModelCosts costs;
    private final ProjectReader projects;

    ModelGraphQlController(
            ModelReader models,
            ModelEditor editor,
            ModelCosts costs,
            ProjectReader projects,
            BatchLoaderRegistry registry) {
        this.models = models;
        this.editor = editor;
        this.costs = costs;
        this.projects = projects;
        Batch.register(registry, "modelSummaries", costs::summaries);
        Batch.register(registry, "modelEntries", costs::entries);
    }

    /**
     * @param id null for a model to be created
     */
    record Input(
            @Nullable String id,
            String name,
            @Nullable String provider,
            String namePattern,
            List<ModelInput.Price> costs,
            @Nullable Instant startTime) {

        ListedModel checked() {
            return new ModelInput(name, provider, namePattern, costs, startTime).checked();
        }

        String requiredId() {
            return id == null ? "" : id;
        }
    }

    record Reference(String id) {}

    /** What a mutation answers; everything else can be asked for beside it. */
    record Payload(GenerativeModel model) {

        public Object query() {
            return this;
        }
    }

    @QueryMapping
    Connection<GenerativeModel> generativeModels(
            @Argument int first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        return models.list(ConnectionRange.of(first, last, after, before));
    }

    @MutationMapping
    Payload createModel(@Argument Input input, DataFetchingEnvironment environment) {
        return new Payload(editor.create(input.checked(), Caller.of(environment)));
    }

    @MutationMapping
    Payload updateModel(@Argument Input input, DataFetchingEnvironment environment) {
        return new Payload(
                editor.update(input.requiredId(), input.checked(), Caller.of(environment)));
    }

    @MutationMapping
    Payload deleteModel(@Argument Reference input, DataFetchingEnvironment environment) {
        return new Payload(editor.delete(input.id(), Caller.of(environment)));
    }

    @BatchMapping
    List<List<TokenPrice>> tokenPrices(List<GenerativeModel> listed) {
        Map<Long, List<TokenPrice>> prices =
                models.prices(listed.stream().map(GenerativeModel::key).toList());
        return listed.stream().map(model -> prices.getOrDefault(model.key(), List.of())).toList();
    }

    @BatchMapping
    Map<GenerativeModel, Instant> lastUsedAt(List<GenerativeModel> listed) {
        return Batch.join(listed, GenerativeModel::key, costs::lastUses);
    }

    @SchemaMapping
    CompletableFuture<CostSummary> costSummary(
            GenerativeModel model,
            @Argument @Nullable String projectId,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<Wanted, CostSummary> modelSummaries) {
        return modelSummaries.load(wanted(model, projectId, timeRange));
    }

    @SchemaMapping
    CompletableFuture<List<CostEntry>> costDetailSummaryEntries(
            GenerativeModel model,
            @Argument @Nullable String projectId,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<Wanted, List<CostEntry>> modelEntries) {
        return modelEntries.load(wanted(model, projectId, timeRange));
    }

    @SchemaMapping(typeName = "TokenPrice")
    TokenKind kind(TokenPrice price) {
        return price.prompt() ? TokenKind.PROMPT : TokenKind.COMPLETION;
    }

    @SchemaMapping(typeName = "TokenPrice")
    double costPerToken(TokenPrice price) {
        return price.rate();
    }

    @SchemaMapping(typeName = "TokenPrice")
    double costPerMillionTokens(TokenPrice price) {
        return BigDecimal.valueOf(price.rate()).movePointRight(6).doubleValue();
    }

    @Override
    public String type() {
        return GenerativeModel.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return models.find(key).orElse(null);
    }

    private Wanted wanted(
            GenerativeModel model, @Nullable String projectId, @Nullable TimeRange range) {
        Project project = projectId == null ? null : projects.require(projectId);
        return new Wanted(
                model.key(),
                new Scope(project == null ? null : project.key(), TimeRange.orAll(range)));
    }
}
