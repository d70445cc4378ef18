package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.project.RollupRange.Stretch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of time buckets come to, remembered until a bucket's revision says that they have
 * changed: so that sums which the writer does not keep cost as much as the time they are about, and
 * not as the rows in it.
 *
 * @param <T> a sum over rows
 */
public final class RollupCache<T> {

    /** Some ten projects over half a year; a part of a sum takes about 300 bytes. */
    private static final int MOST_PARTS = 40_000;

    /** An hour of more spans that changes all the time is put together from its minutes. */
    private static final long MOST_SPANS = 5_000;

    /** Rows of more stretches of time than that are read with what lies between. */
    private static final int MOST_STRETCHES = 40;

    private final Rows<T> rows;
    private final BinaryOperator<T> sum;
    private final ToIntFunction<T> parts;

    /** The least recently used first. */
    private final Map<Bucket, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

    private int keptParts;

    /** The hours of whole days, by project and start of the day. */
    private final Map<Place, Day<T>> keptDays = new LinkedHashMap<>(16, 0.75f, true);

    private int partsOfDays;

    /**
     * @param parts how many times as much memory as one sum it takes
     */
    public RollupCache(Rows<T> rows, BinaryOperator<T> sum, ToIntFunction<T> parts) {
        this.rows = rows;
        this.sum = sum;
        this.parts = parts;
    }

    /** Where a sum belongs: the start of its bucket, or of the minute it is a part of. */
    public record Place(long projectKey, long startNs) {}

    /** Adds up rows. */
    @FunctionalInterface
    public interface Rows<T> {

        /**
         * What the rows come to.
         *
         * @param width of the buckets to add up for
         * @param when which rows, by when they start
         */
        Map<Place, T> sums(
                Collection<Long> projectKeys,
                RollupWidth width,
                Function<Field<Long>, Condition> when);
    }

    private record Bucket(Place place, RollupWidth width) {}

    private record Kept<T>(long revision, @Nullable T value) {}

    /** A bucket as it is stored now. */
    private record Stored(Bucket bucket, long revision, long spans) {

        static Stored from(Record row) {
            Place place =
                    new Place(
                            row.get(PROJECT_ROLLUPS.PROJECT_ID), row.get(PROJECT_ROLLUPS.START_NS));
            boolean hour = row.get(PROJECT_ROLLUPS.WIDTH_NS) == RollupWidth.HOUR.nanos();
            return new Stored(
                    new Bucket(place, hour ? RollupWidth.HOUR : RollupWidth.MINUTE),
                    row.get(PROJECT_ROLLUPS.REVISION),
                    row.get(PROJECT_ROLLUPS.SPAN_COUNT));
        }

        boolean isLarge() {
            return bucket.width == RollupWidth.HOUR && spans > MOST_SPANS;
        }

        Stretch stretch() {
            return new Stretch(bucket.place.startNs, bucket.place.startNs + bucket.width.nanos());
        }
    }

    /** A day as it is stored now. Buckets stay, and revisions only grow. */
    private record Signature(long buckets, long revisions) {}

    private record Day<T>(Signature signature, Map<Place, T> hours, @Nullable T whole, int parts) {}

    /** The parts of a range; those without rows may be missing. */
    public Map<Place, T> of(DSLContext database, Collection<Long> projectKeys, RollupRange range) {
        return withEdges(ofBuckets(database, projectKeys, range, false), projectKeys, range);
    }

    /** The same in fewer parts, for those who add up all: of days that are remembered, one each. */
    public Map<Place, T> inDays(
            DSLContext database, Collection<Long> projectKeys, RollupRange range) {
        return withEdges(bucketsInDays(database, projectKeys, range), projectKeys, range);
    }

    /** The same without what no whole minute covers. */
    public Map<Place, T> bucketsInDays(
            DSLContext database, Collection<Long> projectKeys, RollupRange range) {
        return ofBuckets(database, projectKeys, range, true);
    }

    private Map<Place, T> withEdges(
            Map<Place, T> sums, Collection<Long> projectKeys, RollupRange range) {
        if (range.hasEdges()) {
            sums.putAll(rows.sums(projectKeys, RollupWidth.MINUTE, range::edges));
        }
        return sums;
    }

    private Map<Place, T> ofBuckets(
            DSLContext database,
            Collection<Long> projectKeys,
            RollupRange range,
            boolean wholeDays) {
        Map<Place, T> sums = new HashMap<>();
        if (!range.days().isEmpty()) {
            ofDays(database, projectKeys, range.days(), wholeDays, sums);
        }
        Condition rest = range.withoutDays().buckets(projectKeys);
        // Revisions come before rows: a sum that is newer than its revision is only read again.
        ofStored(database, stored(database, rest), sums);
        return sums;
    }

    private void ofDays(
            DSLContext database,
            Collection<Long> projectKeys,
            Stretch days,
            boolean whole,
            Map<Place, T> sums) {
        Map<Place, Signature> changed = new HashMap<>();
        signatures(database, projectKeys, days)
                .forEach(
                        (day, signature) -> {
                            Day<T> known = keptDay(day);
                            if (known == null || !known.signature.equals(signature)) {
                                changed.put(day, signature);
                            } else if (!whole) {
                                sums.putAll(known.hours);
                            } else if (known.whole != null) {
                                sums.put(day, known.whole);
                            }
                        });
        if (changed.isEmpty()) {
            return;
        }
        List<Stretch> stretches = stretchesOfDays(changed.keySet());
        Condition hours = RollupRange.buckets(projectKeys, RollupWidth.HOUR, stretches);
        List<Stored> wanted =
                stored(database, hours).stream()
                        .filter(hour -> changed.containsKey(dayOf(hour.bucket.place)))
                        .toList();
        Map<Place, T> read = new HashMap<>();
        ofStored(database, wanted, read);
        Map<Place, Map<Place, T>> byDay = new HashMap<>();
        read.forEach(
                (hour, sum) ->
                        byDay.computeIfAbsent(dayOf(hour), _ -> new HashMap<>()).put(hour, sum));
        changed.forEach(
                (day, signature) -> keep(day, signature, byDay.getOrDefault(day, Map.of())));
        sums.putAll(read);
    }

    private static Map<Place, Signature> signatures(
            DSLContext database, Collection<Long> projectKeys, Stretch days) {
        Field<Long> hour = PROJECT_ROLLUPS.START_NS;
        Field<Long> length = inline(RollupRange.DAY_NANOS);
        Field<Long> day = hour.minus(hour.mod(length).plus(length).mod(length));
        Map<Place, Signature> signatures = new HashMap<>();
        database.select(PROJECT_ROLLUPS.PROJECT_ID, day, count(), sum(PROJECT_ROLLUPS.REVISION))
                .from(PROJECT_ROLLUPS)
                .where(RollupRange.buckets(projectKeys, RollupWidth.HOUR, List.of(days)))
                .groupBy(PROJECT_ROLLUPS.PROJECT_ID, day)
                .forEach(
                        row ->
                                signatures.put(
                                        new Place(row.value1(), row.value2()),
                                        new Signature(row.value3(), row.value4().longValue())));
        return signatures;
    }

    private static Place dayOf(Place hour) {
        long start = hour.startNs - Math.floorMod(hour.startNs, RollupRange.DAY_NANOS);
        return new Place(hour.projectKey, start);
    }

    private static List<Stretch> stretchesOfDays(Collection<Place> days) {
        return few(
                days.stream()
                        .map(day -> new Stretch(day.startNs, day.startNs + RollupRange.DAY_NANOS))
                        .toList());
    }

    private @Nullable Day<T> keptDay(Place day) {
        synchronized (keptDays) {
            return keptDays.get(day);
        }
    }

    private void keep(Place day, Signature signature, Map<Place, T> hours) {
        @Nullable T whole = hours.values().stream().reduce(sum).orElse(null);
        int size = 1 + partsOf(whole) + hours.values().stream().mapToInt(this::partsOf).sum();
        synchronized (keptDays) {
            Day<T> before = keptDays.put(day, new Day<>(signature, hours, whole, size));
            partsOfDays += size - (before == null ? 0 : before.parts);
            Iterator<Day<T>> eldest = keptDays.values().iterator();
            while (partsOfDays > MOST_PARTS) {
                partsOfDays -= eldest.next().parts;
                eldest.remove();
            }
        }
    }

    private void ofStored(DSLContext database, List<Stored> buckets, Map<Place, T> sums) {
        List<Stored> changed = unchanged(buckets, sums);
        List<Stored> large = changed.stream().filter(Stored::isLarge).toList();
        if (!large.isEmpty()) {
            ofMinutes(database, large, sums);
        }
        for (RollupWidth width : RollupWidth.values()) {
            read(
                    changed.stream()
                            .filter(bucket -> !bucket.isLarge() && bucket.bucket.width == width)
                            .toList(),
                    width,
                    sums);
        }
    }

    private void ofMinutes(DSLContext database, List<Stored> hours, Map<Place, T> sums) {
        Condition within =
                RollupRange.buckets(projectKeys(hours), RollupWidth.MINUTE, stretches(hours));
        Map<Place, Stored> wanted =
                hours.stream().collect(Collectors.toMap(hour -> hour.bucket.place, hour -> hour));
        List<Stored> minutes =
                stored(database, within).stream()
                        .filter(minute -> wanted.containsKey(hourOf(minute.bucket.place)))
                        .toList();
        Map<Place, T> parts = new HashMap<>();
        read(unchanged(minutes, parts), RollupWidth.MINUTE, parts);
        Map<Place, T> whole = new HashMap<>();
        parts.forEach((place, part) -> whole.merge(hourOf(place), part, sum));
        hours.forEach(hour -> keep(hour, whole.get(hour.bucket.place)));
        sums.putAll(whole);
    }

    private static Place hourOf(Place place) {
        return new Place(place.projectKey, RollupWidth.HOUR.startOf(place.startNs));
    }

    private static List<Stored> stored(DSLContext database, Condition buckets) {
        return database.select(
                        PROJECT_ROLLUPS.PROJECT_ID,
                        PROJECT_ROLLUPS.WIDTH_NS,
                        PROJECT_ROLLUPS.START_NS,
                        PROJECT_ROLLUPS.REVISION,
                        PROJECT_ROLLUPS.SPAN_COUNT)
                .from(PROJECT_ROLLUPS)
                .where(buckets)
                .fetch(Stored::from);
    }

    /** Takes over what is remembered; returns the others. */
    private List<Stored> unchanged(List<Stored> buckets, Map<Place, T> sums) {
        List<Stored> changed = new ArrayList<>();
        synchronized (kept) {
            for (Stored bucket : buckets) {
                Kept<T> known = kept.get(bucket.bucket);
                if (known == null || known.revision != bucket.revision) {
                    changed.add(bucket);
                } else if (known.value != null) {
                    sums.put(bucket.bucket.place, known.value);
                }
            }
        }
        return changed;
    }

    private void read(List<Stored> buckets, RollupWidth width, Map<Place, T> sums) {
        if (buckets.isEmpty()) {
            return;
        }
        List<Stretch> stretches = stretches(buckets);
        Map<Place, T> read =
                rows.sums(projectKeys(buckets), width, time -> RollupRange.within(stretches, time));
        for (Stored bucket : buckets) {
            T value = read.get(bucket.bucket.place);
            keep(bucket, value);
            if (value != null) {
                sums.put(bucket.bucket.place, value);
            }
        }
    }

    private void keep(Stored bucket, @Nullable T value) {
        synchronized (kept) {
            Kept<T> before = kept.put(bucket.bucket, new Kept<>(bucket.revision, value));
            keptParts += partsOf(value) - (before == null ? 0 : partsOf(before.value));
            Iterator<Kept<T>> eldest = kept.values().iterator();
            while (keptParts > MOST_PARTS) {
                keptParts -= partsOf(eldest.next().value);
                eldest.remove();
            }
        }
    }

    private int partsOf(@Nullable T value) {
        return value == null ? 1 : Math.max(1, parts.applyAsInt(value));
    }

    private static List<Long> projectKeys(List<Stored> buckets) {
        return buckets.stream().map(bucket -> bucket.bucket.place.projectKey).distinct().toList();
    }

    private static List<Stretch> stretches(List<Stored> buckets) {
        return few(buckets.stream().map(Stored::stretch).toList());
    }

    private static List<Stretch> few(List<Stretch> stretches) {
        List<Stretch> joined = Stretch.joined(stretches);
        return joined.size() > MOST_STRETCHES
                ? List.of(new Stretch(joined.getFirst().fromNs(), joined.getLast().untilNs()))
                : joined;
    }
}
