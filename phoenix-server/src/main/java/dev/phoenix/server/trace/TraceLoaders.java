package dev.phoenix.server.trace;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.project.ProjectRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Component;

/** Loads what several fields of one request want, in one query for all of them. */
@Component
class TraceLoaders {

    private final ProjectCounts counts;
    private final LatencyQuantiles latencies;

    TraceLoaders(
            BatchLoaderRegistry registry,
            ProjectTraces projects,
            ProjectCounts counts,
            LatencyQuantiles latencies,
            SpanPayloads payloads,
            SpanOrigins origins,
            Descendants descendants) {
        this.counts = counts;
        this.latencies = latencies;
        Batch.register(registry, "payloads", payloads::byKeys);
        Batch.register(registry, "origins", origins::byKeys);
        Batch.register(registry, "descendants", descendants::of);
        Batch.register(registry, "extents", projects::extents);
        Batch.register(registry, "spanCounts", this::spanCounts);
        Batch.register(registry, "traceCounts", this::traceCounts);
        Batch.register(registry, "tokens", this::tokens);
        Batch.register(registry, "quantiles", this::quantiles);
    }

    private Map<ProjectRange, Integer> spanCounts(Collection<ProjectRange> wanted) {
        return ProjectRange.load(wanted, counts::spans, 0);
    }

    private Map<ProjectRange, Integer> traceCounts(Collection<ProjectRange> wanted) {
        return ProjectRange.load(wanted, counts::traces, 0);
    }

    private Map<ProjectRange, TokenUsage> tokens(Collection<ProjectRange> wanted) {
        return ProjectRange.load(wanted, counts::tokens, TokenUsage.NONE);
    }

    private Map<ProjectQuantile, Double> quantiles(Collection<ProjectQuantile> wanted) {
        Map<ProjectQuantile, Double> found = new HashMap<>();
        record Group(LatencySource source, TimeRange range, double probability) {}
        wanted.stream()
                .collect(
                        Collectors.groupingBy(
                                quantile ->
                                        new Group(
                                                quantile.source(),
                                                quantile.project().range(),
                                                quantile.probability())))
                .forEach(
                        (group, quantiles) -> {
                            var keys =
                                    quantiles.stream()
                                            .map(quantile -> quantile.project().projectKey())
                                            .toList();
                            var values =
                                    latencies.of(
                                            group.source(),
                                            keys,
                                            group.range(),
                                            group.probability());
                            for (ProjectQuantile quantile : quantiles) {
                                Double value = values.get(quantile.project().projectKey());
                                if (value != null) {
                                    found.put(quantile, value);
                                }
                            }
                        });
        return found;
    }
}
