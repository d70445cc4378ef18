package dev.phoenix.server.annotation;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.trace.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What the annotations of a project come to, over GraphQL. */
@Controller
class ProjectAnnotationsGraphQlController {

    private final AnnotationStatistics statistics;
    private final AnnotationReader reader;
    private final Filters filters;
    private final InstantSource clock;

    ProjectAnnotationsGraphQlController(
            AnnotationStatistics statistics,
            AnnotationReader reader,
            Filters filters,
            InstantSource clock) {
        this.statistics = statistics;
        this.reader = reader;
        this.filters = filters;
        this.clock = clock;
    }

    record NameCount(String name, int count) {

        static List<NameCount> of(SequencedMap<String, Integer> counts) {
            return counts.entrySet().stream()
                    .map(entry -> new NameCount(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    record Score(String label, double score) {}

    record ScorePoint(Instant timestamp, List<Score> scoresWithLabels) {}

    record SummaryPoint(Instant timestamp, List<AnnotationSummary> annotationSummaries) {}

    record Series<P>(List<P> data, List<String> names) {}

    @SchemaMapping
    List<String> spanAnnotationNames(Project project) {
        return statistics.names(Target.SPAN, project.key());
    }

    @SchemaMapping
    List<NameCount> spanAnnotationNameCounts(Project project) {
        return NameCount.of(statistics.counts(Target.SPAN, project.key()));
    }

    @SchemaMapping
    List<String> spanAnnotationMetricNames(Project project, @Argument TimeRange timeRange) {
        return statistics.measuredNames(Target.SPAN, project.key(), timeRange);
    }

    @SchemaMapping
    @Nullable AnnotationSummary spanAnnotationSummary(
            Project project,
            @Argument String annotationName,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition) {
        return statistics.summary(
                Target.SPAN,
                project.key(),
                annotationName,
                TimeRange.orAll(timeRange),
                filters.spansBy(filterCondition, sessionFilterCondition));
    }

    @SchemaMapping
    Series<ScorePoint> spanAnnotationScoreTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        return scores(Target.SPAN, project, timeRange, timeBinConfig);
    }

    @SchemaMapping
    Series<SummaryPoint> spanAnnotationMetricsTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig,
            @Argument @Nullable String annotationName,
            @Argument @Nullable List<AnnotatorKind> annotatorKinds) {
        return summaries(
                Target.SPAN, project, timeRange, timeBinConfig, annotationName, annotatorKinds);
    }

    @SchemaMapping
    List<String> traceAnnotationNames(Project project) {
        return statistics.names(Target.TRACE, project.key());
    }

    @SchemaMapping
    List<NameCount> traceAnnotationNameCounts(Project project) {
        return NameCount.of(statistics.counts(Target.TRACE, project.key()));
    }

    @SchemaMapping
    List<String> traceAnnotationMetricNames(Project project, @Argument TimeRange timeRange) {
        return statistics.measuredNames(Target.TRACE, project.key(), timeRange);
    }

    @SchemaMapping
    @Nullable AnnotationSummary traceAnnotationSummary(
            Project project,
            @Argument String annotationName,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition,
            @Argument @Nullable String sessionFilterCondition) {
        return statistics.summary(
                Target.TRACE,
                project.key(),
                annotationName,
                TimeRange.orAll(timeRange),
                filters.tracesBy(filterCondition, sessionFilterCondition));
    }

    @SchemaMapping
    Series<ScorePoint> traceAnnotationScoreTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        return scores(Target.TRACE, project, timeRange, timeBinConfig);
    }

    @SchemaMapping
    Series<SummaryPoint> traceAnnotationMetricsTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig,
            @Argument @Nullable String annotationName,
            @Argument @Nullable List<AnnotatorKind> annotatorKinds) {
        return summaries(
                Target.TRACE, project, timeRange, timeBinConfig, annotationName, annotatorKinds);
    }

    @SchemaMapping
    List<String> sessionAnnotationNames(Project project) {
        return statistics.names(Target.SESSION, project.key());
    }

    @SchemaMapping
    List<NameCount> sessionAnnotationNameCounts(Project project) {
        return NameCount.of(statistics.counts(Target.SESSION, project.key()));
    }

    @SchemaMapping
    List<String> sessionAnnotationMetricNames(Project project, @Argument TimeRange timeRange) {
        return statistics.measuredNames(Target.SESSION, project.key(), timeRange);
    }

    @SchemaMapping
    @Nullable AnnotationSummary sessionAnnotationSummary(
            Project project,
            @Argument String annotationName,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String sessionFilterCondition) {
        return statistics.summary(
                Target.SESSION,
                project.key(),
                annotationName,
                TimeRange.orAll(timeRange),
                filters.sessions(sessionFilterCondition));
    }

    @SchemaMapping
    Series<ScorePoint> sessionAnnotationScoreTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig) {
        return scores(Target.SESSION, project, timeRange, timeBinConfig);
    }

    @SchemaMapping
    Series<SummaryPoint> sessionAnnotationMetricsTimeSeries(
            Project project,
            @Argument TimeRange timeRange,
            @Argument TimeBins.@Nullable Config timeBinConfig,
            @Argument @Nullable String annotationName,
            @Argument @Nullable List<AnnotatorKind> annotatorKinds) {
        return summaries(
                Target.SESSION, project, timeRange, timeBinConfig, annotationName, annotatorKinds);
    }

    /** Of a span, or of all spans of the project. */
    @SchemaMapping
    List<String> documentEvaluationNames(Project project, @Argument @Nullable String spanId) {
        if (spanId == null) {
            return statistics.names(Target.DOCUMENT, project.key());
        }
        long span = AnnotationInputs.key(Span.TYPE, spanId);
        return reader.of(Target.DOCUMENT, List.of(span)).stream()
                .map(Annotation::name)
                .distinct()
                .sorted()
                .toList();
    }

    @SchemaMapping
    @Nullable RetrievalSummary documentEvaluationSummary(
            Project project,
            @Argument String evaluationName,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String filterCondition) {
        return statistics.retrievals(
                project.key(),
                evaluationName,
                TimeRange.orAll(timeRange),
                filters.spans(filterCondition));
    }

    /** One for each name; spans without documents have none. */
    @SchemaMapping
    CompletableFuture<List<RetrievalMetrics.OfSpan>> documentRetrievalMetrics(
            Span span,
            @Argument @Nullable String evaluationName,
            DataLoader<Long, List<Annotation>> ofDocuments) {
        if (span.numDocuments() == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        return ofDocuments
                .load(span.key())
                .thenApply(all -> metrics(span, evaluationName, all == null ? List.of() : all));
    }

    private static List<RetrievalMetrics.OfSpan> metrics(
            Span span, @Nullable String evaluationName, List<Annotation> annotations) {
        Map<String, List<Annotation>> byName =
                annotations.stream()
                        .filter(annotation -> annotation.score() != null)
                        .filter(
                                annotation ->
                                        evaluationName == null
                                                || annotation.name().equals(evaluationName))
                        .collect(
                                Collectors.groupingBy(
                                        Annotation::name, TreeMap::new, Collectors.toList()));
        List<RetrievalMetrics.OfSpan> metrics = new ArrayList<>();
        byName.forEach(
                (name, scored) ->
                        metrics.add(
                                new RetrievalMetrics.OfSpan(
                                        name,
                                        RetrievalScores.of(
                                                span.numDocuments(), scored.reversed()))));
        return metrics;
    }

    private Series<ScorePoint> scores(
            Target target, Project project, TimeRange range, TimeBins.@Nullable Config config) {
        TimeBins bins = TimeBins.of(range, config, clock.instant());
        var series = statistics.series(target, project.key(), null, null, bins);
        return new Series<>(
                bins.points(bin -> new ScorePoint(bins.start(bin), scores(series.get(bin)))),
                names(series));
    }

    private static List<Score> scores(SortedMap<String, AnnotationSummary.Sums> bin) {
        List<Score> scores = new ArrayList<>();
        bin.forEach(
                (name, sums) -> {
                    Double mean = sums.meanScore();
                    if (mean != null) {
                        scores.add(new Score(name, mean));
                    }
                });
        return scores;
    }

    private Series<SummaryPoint> summaries(
            Target target,
            Project project,
            TimeRange range,
            TimeBins.@Nullable Config config,
            @Nullable String annotationName,
            @Nullable List<AnnotatorKind> kinds) {
        TimeBins bins = TimeBins.of(range, config, clock.instant());
        var series = statistics.series(target, project.key(), annotationName, kinds, bins);
        return new Series<>(
                bins.points(bin -> new SummaryPoint(bins.start(bin), summaries(series.get(bin)))),
                names(series));
    }

    private static List<AnnotationSummary> summaries(
            SortedMap<String, AnnotationSummary.Sums> bin) {
        return bin.entrySet().stream()
                .map(named -> named.getValue().summary(named.getKey()))
                .toList();
    }

    private static List<String> names(List<SortedMap<String, AnnotationSummary.Sums>> series) {
        TreeSet<String> names = new TreeSet<>();
        series.forEach(bin -> names.addAll(bin.keySet()));
        return List.copyOf(names);
    }
}
