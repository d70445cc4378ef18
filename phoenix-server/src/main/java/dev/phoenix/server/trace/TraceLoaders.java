package dev.phoenix.server.trace;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.project.ProjectRange;
import dev.phoenix.server.trace.ProjectCounts.Totals;
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
        Batch.register(registry, "totals", this::totals);
        Batch.register(registry, "quantiles", this::quantiles);
    }

    private Map<ProjectRange, Totals> totals(Collection<ProjectRange> wanted) {
        return ProjectRange.load(wanted, counts::totals, Totals.NONE);
    }

    private Map<ProjectQuantile, Double> quantiles(Collection<ProjectQuantile> wanted) {
        Map<ProjectQuantile, Double> found = new HashMap<>();
        record Group(LatencySource source, TimeRange range) {}
        wanted.stream()
                .collect(
                        Collectors.groupingBy(
                                quantile ->
                                        new Group(quantile.source(), quantile.project().range())))
                .forEach(
                        (group, quantiles) -> {
                            var keys =
                                    quantiles.stream()
                                            .map(quantile -> quantile.project().projectKey())
                                            .distinct()
                                            .toList();
                            var values = latencies.of(group.source(), keys, group.range());
                            for (ProjectQuantile quantile : quantiles) {
                                var ofProject = values.get(quantile.project().projectKey());
                                if (ofProject != null) {
                                    found.put(
                                            quantile,
                                            ofProject.applyAsDouble(quantile.probability()));
                                }
                            }
                        });
        return found;
    }
}
