package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.api.KeyRanges;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupCache;
import dev.phoenix.server.project.RollupCache.Place;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.project.RollupWidth;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * In which ranges of keys the spans of a part of time are, so that a sorted list of it merges those
 * only. Needed where indexes are by ranges of keys, on SQLite.
 */
@Service
class KeyRangesByTime {

    /** So many spans are sorted as fast as ranges are merged. */
    private static final int FEW_SPANS = 60_000;

    private final DSLContext database;
    private final Engine engine;
    private final int fewSpans;
    private final RollupCache<Set<Long>> cache =
            new RollupCache<>(this::ranges, KeyRangesByTime::joined, Set::size);

    @Autowired
    KeyRangesByTime(Database database) {
        this(database, FEW_SPANS);
    }

    /**
     * With another limit.
     *
     * @param fewSpans are rather sorted
     */
    KeyRangesByTime(Database database, int fewSpans) {
        this.database = database.read();
        this.engine = database.engine();
        this.fewSpans = fewSpans;
    }

    /** What is listed, and how it is best read. */
    ListedTime of(long projectKey, TimeRange range) {
        boolean part = engine == Engine.SQLITE && !range.isAll();
        return new ListedTime(projectKey, range, part ? keyRanges(projectKey, range) : null);
    }

    /** Of whole hours, because the rows themselves say when they start. */
    private @Nullable List<Long> keyRanges(long projectKey, TimeRange range) {
        RollupRange hours =
                RollupRange.of(new TimeRange(hour(range.start(), 0), hour(range.end(), 1)));
        List<Long> project = List.of(projectKey);
        var total = ProjectRollups.totals(database, project, hours).get(projectKey);
        if (total == null || total.spans() <= fewSpans) {
            return null;
        }
        Set<Long> all = new TreeSet<>();
        cache.of(database, project, hours).values().forEach(all::addAll);
        return List.copyOf(all);
    }

    private static @Nullable Instant hour(@Nullable Instant time, int later) {
        if (time == null) {
            return null;
        }
        long start = RollupWidth.HOUR.startOf(Timestamps.nanos(time));
        return Timestamps.instant(start + later * RollupWidth.HOUR.nanos());
    }

    private static Set<Long> joined(Set<Long> some, Set<Long> others) {
        Set<Long> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private Map<Place, Set<Long>> ranges(
            Collection<Long> projectKeys,
            RollupWidth width,
            Function<Field<Long>, Condition> when) {
        Field<Long> start = width.startOf(SPANS.START_NS);
        Field<Long> range = KeyRanges.of(SPANS.ID);
        Map<Place, Set<Long>> ranges = new HashMap<>();
        database.select(SPANS.PROJECT_ID, start, range)
                .from(SPANS)
                .where(SPANS.PROJECT_ID.in(projectKeys), when.apply(SPANS.START_NS))
                .groupBy(SPANS.PROJECT_ID, start, range)
                .forEach(
                        row ->
                                ranges.computeIfAbsent(
                                                new Place(row.value1(), row.value2()),
                                                _ -> new TreeSet<>())
                                        .add(row.value3()));
        return ranges;
    }
}
