package dev.phoenix.server.trace;

import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.project.ProjectRange;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The traces and spans of a project over GraphQL, and what they sum up to. */
@Controller
class ProjectTracesGraphQlController {

    private final ProjectTraces projects;
    private final TraceReader traces;
    private final SpanReader spans;
    private final ProjectChanges changes;

    ProjectTracesGraphQlController(
            ProjectTraces projects, TraceReader traces, SpanReader spans, ProjectChanges changes) {
        this.projects = projects;
        this.traces = traces;
        this.spans = spans;
        this.changes = changes;
    }

    record TraceSort(TraceColumn col, SortDirection dir) {}

    record SpanSort(@Nullable SpanColumn col, SortDirection dir) {}

    @SchemaMapping
    CompletableFuture<@Nullable Instant> startTime(
            Project project, DataLoader<Long, ProjectTraces.Extent> extents) {
        return extents.load(project.key()).thenApply(extent -> instant(extent.startNs()));
    }

    @SchemaMapping
    CompletableFuture<@Nullable Instant> endTime(
            Project project, DataLoader<Long, ProjectTraces.Extent> extents) {
        return extents.load(project.key()).thenApply(extent -> instant(extent.endNs()));
    }

    @SchemaMapping
    CompletableFuture<Boolean> hasTraces(
            Project project, DataLoader<Long, ProjectTraces.Extent> extents) {
        return extents.load(project.key()).thenApply(extent -> extent.startNs() != null);
    }

    @SchemaMapping
    CompletableFuture<Integer> recordCount(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectRange, Integer> spanCounts) {
        return spanCounts.load(range(project, timeRange));
    }

    @SchemaMapping
    CompletableFuture<Integer> traceCount(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectRange, Integer> traceCounts) {
        return traceCounts.load(range(project, timeRange));
    }

    @SchemaMapping
    CompletableFuture<Double> tokenCountTotal(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectRange, TokenUsage> tokens) {
        return tokens.load(range(project, timeRange)).thenApply(TokenUsage::total);
    }

    @SchemaMapping
    CompletableFuture<Double> tokenCountPrompt(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectRange, TokenUsage> tokens) {
        return tokens.load(range(project, timeRange)).thenApply(TokenUsage::prompt);
    }

    @SchemaMapping
    CompletableFuture<Double> tokenCountCompletion(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectRange, TokenUsage> tokens) {
        return tokens.load(range(project, timeRange)).thenApply(TokenUsage::completion);
    }

    @SchemaMapping
    CompletableFuture<Double> latencyMsQuantile(
            Project project,
            @Argument double probability,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectQuantile, Double> quantiles) {
        return quantiles.load(
                new ProjectQuantile(LatencySource.TRACE, range(project, timeRange), probability));
    }

    @SchemaMapping
    CompletableFuture<Double> spanLatencyMsQuantile(
            Project project,
            @Argument double probability,
            @Argument @Nullable TimeRange timeRange,
            DataLoader<ProjectQuantile, Double> quantiles) {
        return quantiles.load(
                new ProjectQuantile(LatencySource.SPAN, range(project, timeRange), probability));
    }

    @SchemaMapping
    @Nullable Instant streamingLastUpdatedAt(Project project) {
        Instant change = changes.lastChange(project.key());
        return change == null ? instant(projects.newestSpanNs(project.key())) : change;
    }

    @SchemaMapping
    @Nullable Trace trace(Project project, @Argument String traceId) {
        return traces.findByTraceId(traceId)
                .filter(trace -> trace.projectKey() == project.key())
                .orElse(null);
    }

    @SchemaMapping
    Connection<Span> spans(
            Project project,
            @Argument int first,
            @Argument @Nullable String after,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable SpanSort sort) {
        SpanColumn column = sort == null || sort.col() == null ? SpanColumn.START_TIME : sort.col();
        var keyset = column.keyset(sort == null ? SortDirection.DESC : sort.dir());
        TimeRange range = TimeRange.orAll(timeRange);
        int limit = Connection.limit(first);
        return Connection.of(spans.ofProject(project.key(), range, keyset, after, limit), after);
    }

    @SchemaMapping
    Connection<Trace> traces(
            Project project,
            @Argument int first,
            @Argument @Nullable String after,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable TraceSort sort) {
        var keyset =
                sort == null
                        ? TraceColumn.START_TIME.keyset(SortDirection.DESC)
                        : sort.col().keyset(sort.dir());
        TraceFilter filter = TraceFilter.in(TimeRange.orAll(timeRange));
        int limit = Connection.limit(first);
        return Connection.of(traces.ofProject(project.key(), filter, keyset, after, limit), after);
    }

    private static ProjectRange range(Project project, @Nullable TimeRange range) {
        return new ProjectRange(project.key(), TimeRange.orAll(range));
    }

    private static @Nullable Instant instant(@Nullable Long nanos) {
        return nanos == null ? null : Timestamps.instant(nanos);
    }
}
