package dev.phoenix.server.trace;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.cost.CostEntry;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.cost.GenerativeModel;
import dev.phoenix.server.cost.ModelRanking;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import graphql.schema.DataFetchingFieldSelectionSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The charts of a project over GraphQL. */
@Controller
class SeriesGraphQlController {

    private static final int TOP = 10;

    private final ProjectSeries series;
    private final LatencySeries latencies;
    private final SpanCosts costs;
    private final ModelRanking models;
    private final Filters filters;
    private final InstantSource clock;

    SeriesGraphQlController(
            ProjectSeries series,
            LatencySeries latencies,
            SpanCosts costs,
            ModelRanking models,
            Filters filters,
            InstantSource clock) {
        this.series = series;
        this.latencies = latencies;
        this.costs = costs;
        this.models = models;
        this.filters = filters;
        this.clock = clock;
    }

    /** A point for each bin, also where nothing happened. */
    record Series<P>(List<P> data) {}

    record SpanCount(
            Instant timestamp, long okCount, long errorCount, long unsetCount, long totalCount) {}

    record Point(Instant timestamp, double value) {}

    record TraceCount(Instant timestamp, int okCount, int errorCount, int totalCount) {}

    record Percentiles(
            Instant timestamp,
            @Nullable Double p50,
            @Nullable Double p75,
            @Nullable Double p90,
            @Nullable Double p95,
            @Nullable Double p99,
            @Nullable Double p999,
            @Nullable Double max) {

        static Percentiles of(Instant timestamp, @Nullable DoubleUnaryOperator quantile) {
            return quantile == null
                    ? new Percentiles(timestamp, null, null, null, null, null, null, null)
                    : new Percentiles(
                            timestamp,
                            quantile.applyAsDouble(0.5),
                            quantile.applyAsDouble(0.75),
                            quantile.applyAsDouble(0.9),
                            quantile.applyAsDouble(0.95),
                            quantile.applyAsDouble(0.99),
                            quantile.applyAsDouble(0.999),
                            quantile.applyAsDouble(1));
        }
    }

    record TokenTypeCount(String tokenType, @Nullable Double tokenCount) {}

    record TokenCount(
            Instant timestamp,
            double promptTokenCount,
            double completionTokenCount,
            double totalTokenCount,
            List<TokenTypeCount> promptTokenCountDetails,
            List<TokenTypeCount> completionTokenCountDetails) {}

    record Cost(
            Instant timestamp,
            @Nullable Double promptCost,
            @Nullable Double completionCost,
            @Nullable Double totalCost) {

        static Cost of(Instant timestamp, CostSummary cost) {
            return new Cost(
                    timestamp, cost.prompt().cost(), cost.completion().cost(), cost.total().cost());
        }
    }

    @SchemaMapping
    Series<SpanCount> spanCountTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig,
            @Argument @Nullable String filterCondition) {
        TimeBins bins = bins(timeRange, timeBinConfig);
        List<ProjectSeries.Spans> spans =
                Filters.isGiven(filterCondition)
                        ? series.spans(project.key(), bins, filters.spans(filterCondition))
                        : series.spans(project.key(), bins);
        return new Series<>(
                bins.points(
                        bin -> {
                            ProjectSeries.Spans counted = spans.get(bin);
                            return new SpanCount(
                                    bins.start(bin),
                                    counted.ok(),
                                    counted.failed(),
                                    counted.total() - counted.ok() - counted.failed(),
                                    counted.total());
                        }));
    }

    @SchemaMapping
    Series<Point> traceCountTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        TimeBins bins = bins(timeRange, timeBinConfig);
        List<TraceSums.TraceSum> traces = series.traces(project.key(), bins);
        return new Series<>(
                bins.points(bin -> new Point(bins.start(bin), traces.get(bin).traces())));
    }

    @SchemaMapping
    Series<TraceCount> traceCountByStatusTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        TimeBins bins = bins(timeRange, timeBinConfig);
        List<TraceSums.TraceSum> traces = series.traces(project.key(), bins);
        return new Series<>(
                bins.points(
                        bin -> {
                            TraceSums.TraceSum counted = traces.get(bin);
                            return new TraceCount(
                                    bins.start(bin),
                                    counted.traces() - counted.failed(),
                                    counted.failed(),
                                    counted.traces());
                        }));
    }

    @SchemaMapping
    Series<Percentiles> traceLatencyMsPercentileTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        TimeBins bins = bins(timeRange, timeBinConfig);
        List<Optional<DoubleUnaryOperator>> quantiles = latencies.of(project.key(), bins);
        return new Series<>(
                bins.points(
                        bin -> Percentiles.of(bins.start(bin), quantiles.get(bin).orElse(null))));
    }

    /** Types of tokens are read only if they are asked for. */
    @SchemaMapping
    Series<TokenCount> traceTokenCountTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig,
            DataFetchingFieldSelectionSet selected) {
        TimeBins bins = bins(timeRange, timeBinConfig);
        List<ProjectSeries.Spans> spans = series.spans(project.key(), bins);
        Map<Integer, List<CostEntry>> details =
                selected.containsAnyOf(
                                "data/promptTokenCountDetails", "data/completionTokenCountDetails")
                        ? costs.byTime(project.key(), bins, ProjectSeries.unit(bins).nanos())
                        : Map.of();
        return new Series<>(
                bins.points(
                        bin -> {
                            TokenUsage tokens = spans.get(bin).tokens();
                            List<CostEntry> entries = details.getOrDefault(bin, List.of());
                            return new TokenCount(
                                    bins.start(bin),
                                    tokens.prompt(),
                                    tokens.completion(),
                                    tokens.total(),
                                    ofSide(entries, true),
                                    ofSide(entries, false));
                        }));
    }

    @SchemaMapping
    Series<Cost> traceTokenCostTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        TimeBins bins = bins(timeRange, timeBinConfig);
        List<TraceSums.TraceSum> traces = series.traces(project.key(), bins);
        return new Series<>(bins.points(bin -> Cost.of(bins.start(bin), traces.get(bin).cost())));
    }

    @SchemaMapping
    List<GenerativeModel> topModelsByCost(Project project, @Argument TimeRange timeRange) {
        return models.byCost(project.key(), timeRange, TOP);
    }

    @SchemaMapping
    List<GenerativeModel> topModelsByTokenCount(Project project, @Argument TimeRange timeRange) {
        return models.byTokens(project.key(), timeRange, TOP);
    }

    private TimeBins bins(TimeRange range, TimeBins.@Nullable Config config) {
        return TimeBins.of(range, config, clock.instant());
    }

    private static List<TokenTypeCount> ofSide(List<CostEntry> entries, boolean prompt) {
        return entries.stream()
                .filter(entry -> entry.isPrompt() == prompt)
                .map(entry -> new TokenTypeCount(entry.tokenType(), entry.value().tokens()))
                .toList();
    }
}
