package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;

import dev.phoenix.server.project.RollupCache.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/** Latencies of projects as the writer counted them, each time bucket decoded once. */
public final class StoredLatencies {

    private static final int BYTES_OF_PART = 300;

    private final DSLContext database;
    private final Field<byte[]> histogram;
    private final RollupCache<LatencyHistogram> cache =
            new RollupCache<>(
                    this::decoded,
                    StoredLatencies::joined,
                    histogram -> histogram.bytes() / BYTES_OF_PART);

    private StoredLatencies(DSLContext database, Field<byte[]> histogram) {
        this.database = database;
        this.histogram = histogram;
    }

    public static StoredLatencies ofTraces(DSLContext database) {
        return new StoredLatencies(database, PROJECT_ROLLUPS.TRACE_LATENCIES);
    }

    public static StoredLatencies ofSpans(DSLContext database) {
        return new StoredLatencies(database, PROJECT_ROLLUPS.SPAN_LATENCIES);
    }

    /** Those of whole buckets; projects without any are left out. */
    public Map<Long, LatencyHistogram> of(Collection<Long> projectKeys, RollupRange range) {
        Map<Long, LatencyHistogram> histograms = new HashMap<>();
        cache.bucketsInDays(database, projectKeys, range)
                .forEach(
                        (place, part) ->
                                histograms
                                        .computeIfAbsent(
                                                place.projectKey(), _ -> new LatencyHistogram())
                                        .add(part));
        return histograms;
    }

    private Map<Place, LatencyHistogram> decoded(
            Collection<Long> projectKeys,
            RollupWidth width,
            Function<Field<Long>, Condition> when) {
        return database.select(PROJECT_ROLLUPS.PROJECT_ID, PROJECT_ROLLUPS.START_NS, histogram)
                .from(PROJECT_ROLLUPS)
                .where(PROJECT_ROLLUPS.PROJECT_ID.in(projectKeys))
                .and(PROJECT_ROLLUPS.WIDTH_NS.eq(width.nanos()))
                .and(when.apply(PROJECT_ROLLUPS.START_NS))
                .fetchMap(
                        row -> new Place(row.value1(), row.value2()),
                        row -> LatencyHistogram.decode(row.value3()));
    }

    private static LatencyHistogram joined(LatencyHistogram some, LatencyHistogram others) {
        LatencyHistogram all = new LatencyHistogram();
        all.add(some);
        all.add(others);
        return all;
    }
}
