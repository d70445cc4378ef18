package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.LatencyHistogram;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.trace.ProjectCounts.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;

/**
 * Latency quantiles of the traces of a project in each bin of a chart: exact where there are few
 * traces, from histograms where there are many.
 */
@Service
class LatencySeries {

    private static final double NANOS_PER_MILLI = 1e6;

    private final DSLContext database;
    private final ProjectCounts counts;

    LatencySeries(Database database, ProjectCounts counts) {
        this.database = database.read();
        this.counts = counts;
    }

    /** Milliseconds by probability, for each bin; empty for a bin without traces. */
    List<Optional<DoubleUnaryOperator>> of(long projectKey, TimeBins bins) {
        List<Long> project = List.of(projectKey);
        int traces =
                counts.totals(project, bins.range()).getOrDefault(projectKey, Totals.NONE).traces();
        return traces <= LatencyQuantiles.MAX_SORTED
                ? sorted(projectKey, bins)
                : estimated(projectKey, bins);
    }

    private List<Optional<DoubleUnaryOperator>> sorted(long projectKey, TimeBins bins) {
        List<List<Long>> latencies = bins.sums(ArrayList::new);
        rows(bins.range().contains(TRACES.START_NS), projectKey)
                .forEach(row -> latencies.get(bins.indexOf(row.startNs)).add(row.latencyNs));
        return bins.points(
                bin -> {
                    List<Long> some = latencies.get(bin);
                    return some.isEmpty()
                            ? Optional.empty()
                            : Optional.of(LatencyQuantiles.exact(some));
                });
    }

    private List<Optional<DoubleUnaryOperator>> estimated(long projectKey, TimeBins bins) {
        List<LatencyHistogram> histograms = bins.sums(LatencyHistogram::new);
        RollupRange range = RollupRange.of(bins.range(), ProjectSeries.unit(bins));
        try (var buckets =
                database.fetchLazy(ProjectRollups.traceLatenciesByTime(projectKey, range))) {
            buckets.forEach(row -> histograms.get(bins.indexOf(row.value1())).add(row.value2()));
        }
        rows(range.edges(TRACES.START_NS), projectKey)
                .forEach(row -> histograms.get(bins.indexOf(row.startNs)).add(row.latencyNs, 1));
        return bins.points(
                bin -> {
                    LatencyHistogram histogram = histograms.get(bin);
                    return histogram.total() == 0
                            ? Optional.empty()
                            : Optional.of(
                                    probability ->
                                            histogram.quantile(probability) / NANOS_PER_MILLI);
                });
    }

    private record Row(long startNs, long latencyNs) {}

    private List<Row> rows(Condition when, long projectKey) {
        return database.select(TRACES.START_NS, TRACES.END_NS)
                .from(TRACES)
                .where(TRACES.PROJECT_ID.eq(projectKey), when)
                .fetch(row -> new Row(row.value1(), row.value2() - row.value1()));
    }
}
