package dev.phoenix.server.trace;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.LatencyHistogram;
import dev.phoenix.server.project.RollupRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    static final int MAX_SORTED = 10_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final DSLContext database;
    private final ProjectCounts counts;

    LatencyQuantiles(Database database, ProjectCounts counts) {
        this.database = database.read();
        this.counts = counts;
    }

    /** In milliseconds, between two latencies if need be; projects without any are left out. */
    Map<Long, Double> of(
            LatencySource source,
            Collection<Long> projectKeys,
            TimeRange range,
            double probability) {
        Map<Boolean, List<Long>> bySize =
                counts.of(source, projectKeys, range).entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .collect(
                                Collectors.partitioningBy(
                                        entry -> entry.getValue() <= MAX_SORTED,
                                        Collectors.mapping(
                                                Map.Entry::getKey, Collectors.toList())));
        Map<Long, Double> quantiles = new HashMap<>();
        bySize.forEach(
                (few, keys) -> {
                    if (!keys.isEmpty()) {
                        quantiles.putAll(
                                few
                                        ? sorted(source, keys, range, probability)
                                        : estimated(source, keys, range, probability));
                    }
                });
        return quantiles;
    }

    private Map<Long, Double> estimated(
            LatencySource source,
            Collection<Long> projectKeys,
            TimeRange timeRange,
            double probability) {
        RollupRange range = RollupRange.of(timeRange);
        Map<Long, LatencyHistogram> histograms = new HashMap<>();
        try (var buckets = database.fetchLazy(source.histograms(projectKeys, range))) {
            buckets.forEach(
                    row ->
                            histograms
                                    .computeIfAbsent(row.value1(), any -> new LatencyHistogram())
                                    .add(LatencyHistogram.decode(row.value2())));
        }
        var edges =
                select(source.project(), source.latency())
                        .from(source.rows())
                        .where(source.project().in(projectKeys), range.edges(source.start()));
        try (var rows = database.fetchLazy(edges)) {
            rows.forEach(
                    row ->
                            histograms
                                    .computeIfAbsent(row.value1(), any -> new LatencyHistogram())
                                    .add(row.value2(), 1));
        }
        Map<Long, Double> quantiles = new HashMap<>();
        histograms.forEach(
                (project, histogram) ->
                        quantiles.put(project, histogram.quantile(probability) / NANOS_PER_MILLI));
        return quantiles;
    }

    private Map<Long, Double> sorted(
            LatencySource source,
            Collection<Long> projectKeys,
            TimeRange range,
            double probability) {
        Condition wanted = source.project().in(projectKeys).and(range.contains(source.start()));
        return exact(database, source, source.project(), wanted, probability);
    }

    /** By sorting all rows; in milliseconds for each value of the group. */
    static Map<Long, Double> exact(
            DSLContext database,
            LatencySource source,
            Field<Long> group,
            Condition wanted,
            double probability) {
        Field<Long> grouped = field(name("grouped"), Long.class);
        Field<Long> latency = field(name("latency"), Long.class);
        Field<Integer> rank = field(name("rank"), Integer.class);
        Field<Integer> last = field(name("last"), Integer.class);
        var ranked =
                select(
                                group.as(grouped),
                                source.latency().as(latency),
                                rowNumber()
                                        .over()
                                        .partitionBy(group)
                                        .orderBy(source.latency())
                                        .minus(1)
                                        .as(rank),
                                count().over().partitionBy(group).minus(1).as(last))
                        .from(source.rows())
                        .where(wanted)
                        .asTable("ranked");
        Field<Double> place = last.cast(Double.class).times(probability);
        Field<Double> distance = rank.cast(Double.class).minus(place);
        // The rows on both sides of the place, or the one that lies on it.
        Map<Long, List<Neighbour>> neighbours =
                database.select(grouped, latency, distance)
                        .from(ranked)
                        .where(distance.gt(-1.0).and(distance.lt(1.0)))
                        .fetchGroups(
                                row -> row.value1(),
                                row -> new Neighbour(row.value2(), row.value3()));
        return neighbours.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> Neighbour.between(entry.getValue())));
    }

    /** A row next to a place between ranks. */
    private record Neighbour(long latencyNs, double distance) {

        static double between(List<Neighbour> neighbours) {
            double latencyNs =
                    neighbours.stream()
                            .mapToDouble(
                                    neighbour ->
                                            neighbour.latencyNs
                                                    * (1 - Math.abs(neighbour.distance)))
                            .sum();
            return latencyNs / NANOS_PER_MILLI;
        }
    }
}
