package dev.phoenix.server.trace;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.CostEntry;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;

/** What spans, traces and projects cost, over GraphQL. */
@Controller
class CostGraphQlController {

    private final TraceCosts traces;
    private final CumulativeCosts cumulative;
    private final Filters filters;
    private final FilteredSums filtered;

    CostGraphQlController(
            SpanCosts spans,
            TraceCosts traces,
            CumulativeCosts cumulative,
            Filters filters,
            FilteredSums filtered,
            BatchLoaderRegistry registry) {
        this.traces = traces;
        this.cumulative = cumulative;
        this.filters = filters;
        this.filtered = filtered;
        Batch.register(registry, "spanCosts", spans::bySpans);
        Batch.<ProjectRange, CostSummary>register(
                registry,
                "projectCosts",
                wanted -> ProjectRange.load(wanted, traces::ofProjects, CostSummary.NONE));
    }

    @SchemaMapping(typeName = "Span", field = "costSummary")
    CompletableFuture<@Nullable CostSummary> ofSpan(
            Span span, DataLoader<Long, SpanCost> spanCosts) {
        return spanCosts.load(span.key()).thenApply(cost -> cost == null ? null : cost.summary());
    }

    @SchemaMapping(typeName = "Span", field = "costDetailSummaryEntries")
    CompletableFuture<List<CostEntry>> entriesOfSpan(
            Span span, DataLoader<Long, SpanCost> spanCosts) {
        return spanCosts
                .load(span.key())
                .thenApply(cost -> cost == null ? List.of() : cost.entries());
    }

    @BatchMapping(typeName = "Span", field = "cumulativeCostDetailSummaryEntries")
    List<List<CostEntry>> cumulativeEntriesOfSpans(List<Span> spans) {
        return cumulative.entries(spans);
    }

    @BatchMapping(typeName = "Trace", field = "costDetailSummaryEntries")
    List<List<CostEntry>> entriesOfTraces(List<Trace> listed) {
        Map<Long, List<CostEntry>> entries =
                traces.entriesOfTraces(listed.stream().map(Trace::key).toList());
        return listed.stream().map(trace -> entries.getOrDefault(trace.key(), List.of())).toList();
    }

    @SchemaMapping(typeName = "Project", field = "costSummary")
    CompletableFuture<CostSummary> ofProject(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectRange, CostSummary> projectCosts) {
        TimeRange range = TimeRange.orAll(timeRange);
        if (!Filters.isGiven(filterCondition) && !Filters.isGiven(sessionFilterCondition)) {
            return projectCosts.load(new ProjectRange(project.key(), range));
        }
        var condition = filters.spansBy(filterCondition, sessionFilterCondition);
        return CompletableFuture.completedFuture(filtered.costs(project.key(), range, condition));
    }
}
