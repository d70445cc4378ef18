package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectRange;
import dev.phoenix.server.trace.ProjectCounts.Totals;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The traces and spans of a project over GraphQL, and what they sum up to. */
@Controller
class ProjectTracesGraphQlController {

    private final TraceReader traces;
    private final SpanReader spans;
    private final PayloadSearch search;
    private final LastUpdates updates;
    private final AnnotationValues annotations;
    private final KeyRangesByTime times;
    private final Filters filters;
    private final FilteredSums filtered;

    ProjectTracesGraphQlController(
            TraceReader traces,
            SpanReader spans,
            PayloadSearch search,
            LastUpdates updates,
            AnnotationValues annotations,
            KeyRangesByTime times,
            Filters filters,
            FilteredSums filtered) {
        this.traces = traces;
        this.spans = spans;
        this.search = search;
        this.updates = updates;
        this.annotations = annotations;
        this.times = times;
        this.filters = filters;
        this.filtered = filtered;
    }

    record TraceSort(TraceColumn col, SortDirection dir) {}

    /** By a column, or by the annotations of a name. */
    record SpanSort(
            @Nullable SpanColumn col,
            AnnotationValues.@Nullable Key evalResultKey,
            SortDirection dir) {

        private static final SpanSort NEWEST_FIRST =
                new SpanSort(SpanColumn.START_TIME, null, SortDirection.DESC);

        boolean isByStart() {
            return evalResultKey == null && (col == null || col == SpanColumn.START_TIME);
        }

        ListOrder order(AnnotationValues annotations, ListedTime listed) {
            if (evalResultKey == null) {
                return (col == null ? SpanColumn.START_TIME : col).order(dir, listed);
            }
            if (col != null) {
                throw ApiException.badRequest("sort by col or by evalResultKey, not by both");
            }
            return SpanColumn.valuedFirst(
                    AnnotationValues.valued(
                            annotations, AnnotationValues.Grain.SPAN, evalResultKey, SPANS.ID, dir),
                    dir);
        }
    }

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
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectRange, Totals> totals) {
        return isWhole(filterCondition, sessionFilterCondition)
                ? totals.load(range(project, timeRange)).thenApply(Totals::spans)
                : completed(
                        filtered.count(
                                LatencySource.SPAN,
                                project.key(),
                                TimeRange.orAll(timeRange),
                                filters.spansBy(filterCondition, sessionFilterCondition)));
    }

    @SchemaMapping
    CompletableFuture<Integer> traceCount(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectRange, Totals> totals) {
        return isWhole(filterCondition, sessionFilterCondition)
                ? totals.load(range(project, timeRange)).thenApply(Totals::traces)
                : completed(
                        filtered.count(
                                LatencySource.TRACE,
                                project.key(),
                                TimeRange.orAll(timeRange),
                                filters.tracesBy(filterCondition, sessionFilterCondition)));
    }

    @SchemaMapping
    CompletableFuture<Double> tokenCountTotal(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            DataLoader<ProjectRange, Totals> totals) {
        return tokens(project, timeRange, filterCondition, totals).thenApply(TokenUsage::total);
    }

    @SchemaMapping
    CompletableFuture<Double> tokenCountPrompt(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            DataLoader<ProjectRange, Totals> totals) {
        return tokens(project, timeRange, filterCondition, totals).thenApply(TokenUsage::prompt);
    }

    @SchemaMapping
    CompletableFuture<Double> tokenCountCompletion(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            DataLoader<ProjectRange, Totals> totals) {
        return tokens(project, timeRange, filterCondition, totals)
                .thenApply(TokenUsage::completion);
    }

    @SchemaMapping
    CompletableFuture<@Nullable Double> latencyMsQuantile(
            Project project,
            @Argument double probability,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectQuantile, @Nullable Double> quantiles) {
        return isWhole(filterCondition, sessionFilterCondition)
                ? quantiles.load(
                        new ProjectQuantile(
                                LatencySource.TRACE, range(project, timeRange), probability))
                : completed(
                        filtered.latencyQuantile(
                                LatencySource.TRACE,
                                project.key(),
                                TimeRange.orAll(timeRange),
                                filters.tracesBy(filterCondition, sessionFilterCondition),
                                probability));
    }

    @SchemaMapping
    CompletableFuture<@Nullable Double> spanLatencyMsQuantile(
            Project project,
            @Argument double probability,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectQuantile, @Nullable Double> quantiles) {
        return isWhole(filterCondition, sessionFilterCondition)
                ? quantiles.load(
                        new ProjectQuantile(
                                LatencySource.SPAN, range(project, timeRange), probability))
                : completed(
                        filtered.latencyQuantile(
                                LatencySource.SPAN,
                                project.key(),
                                TimeRange.orAll(timeRange),
                                filters.spansBy(filterCondition, sessionFilterCondition),
                                probability));
    }

    @SchemaMapping
    @Nullable Instant streamingLastUpdatedAt(Project project) {
        return updates.of(project.key());
    }

    @SchemaMapping
    @Nullable Trace trace(Project project, @Argument String traceId) {
        return traces.findByTraceId(traceId)
                .filter(trace -> trace.projectKey() == project.key())
                .orElse(null);
    }

    @SchemaMapping
    SearchedSpans spans(
            Project project,
            @Argument int first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable SpanSort sort,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String traceFilterCondition) {
        Condition condition =
                filters.spansOf(project.key(), filterCondition)
                        .and(filters.spansOfTraces(traceFilterCondition));
        TimeRange range = TimeRange.orAll(timeRange);
        SpanSort sorted = sort == null ? SpanSort.NEWEST_FIRST : sort;
        ConnectionRange page = ConnectionRange.of(first, last, after, before);
        if (sorted.isByStart() && filters.readsPayloads(filterCondition)) {
            Keyset<Long> byStart = SpanColumn.byStart(sorted.dir);
            return search.of(project.key(), range, condition, byStart, page);
        }
        ListedTime listed =
                sorted.isByStart()
                        ? new ListedTime(project.key(), range, null)
                        : times.of(project.key(), range);
        ListOrder order = sorted.order(annotations, listed);
        return SearchedSpans.whole(
                page.connection(spans.ofProject(project.key(), range, condition, order, page)));
    }

    @SchemaMapping
    Connection<Trace> traces(
            Project project,
            @Argument int first,
            @Argument @Nullable String after,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable TraceSort sort,
            @Argument @Nullable String filterCondition) {
        var keyset =
                sort == null
                        ? TraceColumn.START_TIME.keyset(SortDirection.DESC)
                        : sort.col().keyset(sort.dir());
        TraceFilter filter =
                TraceFilter.in(TimeRange.orAll(timeRange), filters.traces(filterCondition));
        int limit = Connection.limit(first);
        return Connection.of(traces.ofProject(project.key(), filter, keyset, after, limit), after);
    }

    private CompletableFuture<TokenUsage> tokens(
            Project project,
            @Nullable TimeRange timeRange,
            @Nullable String filterCondition,
            DataLoader<ProjectRange, Totals> totals) {
        return Filters.isGiven(filterCondition)
                ? completed(
                        filtered.tokens(
                                project.key(),
                                TimeRange.orAll(timeRange),
                                filters.spans(filterCondition)))
                : totals.load(range(project, timeRange)).thenApply(Totals::tokens);
    }

    /** Without a condition sums are kept. */
    private static boolean isWhole(
            @Nullable String filterCondition, @Nullable String sessionFilterCondition) {
        return !Filters.isGiven(filterCondition) && !Filters.isGiven(sessionFilterCondition);
    }

    private static <T extends @Nullable Object> CompletableFuture<T> completed(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private static ProjectRange range(Project project, @Nullable TimeRange range) {
        return new ProjectRange(project.key(), TimeRange.orAll(range));
    }

    private static @Nullable Instant instant(@Nullable Long nanos) {
        return nanos == null ? null : Timestamps.instant(nanos);
    }
}
