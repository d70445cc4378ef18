package dev.phoenix.server.trace;

import static org.jooq.impl.DSL.select;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.LatencyHistogram;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.project.StoredLatencies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Service;

/**
 * Latency quantiles of projects. Exact where there are few rows; of many, which would have to be
 * sorted, from histograms, at most {@link LatencyHistogram#MAX_ERROR} off.
 */
@Service
class LatencyQuantiles {

    static final int MAX_SORTED = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final DSLContext database;
    private final Map<LatencySource, StoredLatencies> stored = new EnumMap<>(LatencySource.class);

    LatencyQuantiles(Database database) {
        this.database = database.read();
        for (LatencySource source : LatencySource.values()) {
            stored.put(source, source.stored(this.database));
        }
    }

    /**
     * Milliseconds by probability, between two latencies if need be; projects without any are left
     * out.
     */
    Map<Long, DoubleUnaryOperator> of(
            LatencySource source, Collection<Long> projectKeys, TimeRange range) {
        Map<Long, DoubleUnaryOperator> quantiles = new HashMap<>();
        List<Long> few = new ArrayList<>();
        histograms(source, projectKeys, range)
                .forEach(
                        (project, histogram) -> {
                            if (histogram.total() > MAX_SORTED) {
                                quantiles.put(
                                        project,
                                        probability ->
                                                histogram.quantile(probability) / NANOS_PER_MILLI);
                            } else if (histogram.total() > 0) {
                                few.add(project);
                            }
                        });
        if (!few.isEmpty()) {
            quantiles.putAll(sorted(source, few, range));
        }
        return quantiles;
    }

    private Map<Long, LatencyHistogram> histograms(
            LatencySource source, Collection<Long> projectKeys, TimeRange timeRange) {
        RollupRange range = RollupRange.of(timeRange);
        Map<Long, LatencyHistogram> histograms =
                Objects.requireNonNull(stored.get(source)).of(projectKeys, range);
        if (range.hasEdges()) {
            var edges =
                    select(source.project(), source.latency())
                            .from(source.rows())
                            .where(source.project().in(projectKeys), range.edges(source.start()));
            try (var rows = database.fetchLazy(edges)) {
                rows.forEach(
                        row ->
                                histograms
                                        .computeIfAbsent(row.value1(), _ -> new LatencyHistogram())
                                        .add(row.value2(), 1));
            }
        }
        return histograms;
    }

    private Map<Long, DoubleUnaryOperator> sorted(
            LatencySource source, Collection<Long> projectKeys, TimeRange range) {
        Condition wanted = source.project().in(projectKeys).and(range.contains(source.start()));
        return exact(database, source, source.project(), wanted);
    }

    /** Milliseconds by probability, for each value of the group, from all rows. */
    static Map<Long, DoubleUnaryOperator> exact(
            DSLContext database, LatencySource source, Field<Long> group, Condition wanted) {
        Map<Long, List<Long>> latencies =
                database.select(group, source.latency())
                        .from(source.rows())
                        .where(wanted)
                        .fetchGroups(row -> row.value1(), row -> row.value2());
        Map<Long, DoubleUnaryOperator> quantiles = new HashMap<>();
        latencies.forEach((key, unsorted) -> quantiles.put(key, exact(unsorted)));
        return quantiles;
    }

    /** Milliseconds by probability; must not be empty. */
    static DoubleUnaryOperator exact(List<Long> latencies) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return probability -> {
            double place = (sorted.length - 1) * probability;
            int below = (int) place;
            double lower = sorted[below];
            double latencyNs =
                    place == below ? lower : lower + (sorted[below + 1] - lower) * (place - below);
            return latencyNs / NANOS_PER_MILLI;
        };
    }
}
