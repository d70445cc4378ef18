package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A time range cut into whole hours, whole minutes beside them, and what is left of a minute at
 * either end, where rows have to be looked at.
 */
public final class RollupRange {

    static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private final long start;
    private final long end;
    private final long firstMinute;
    private final long lastMinute;
    private final long firstHour;
    private final long lastHour;

    /** Hours between these are left out. */
    private final long firstDay;

    private final long lastDay;

    private RollupRange(long start, long end, RollupWidth widest) {
        this.start = start;
        this.end = end;
        this.firstMinute = up(RollupWidth.MINUTE.nanos(), start);
        this.lastMinute = Math.max(firstMinute, down(RollupWidth.MINUTE.nanos(), end));
        boolean hours = widest == RollupWidth.HOUR;
        this.firstHour =
                hours
                        ? Math.min(up(RollupWidth.HOUR.nanos(), firstMinute), lastMinute)
                        : lastMinute;
        this.lastHour =
                hours
                        ? Math.max(firstHour, down(RollupWidth.HOUR.nanos(), lastMinute))
                        : lastMinute;
        this.firstDay = firstHour;
        this.lastDay = firstHour;
    }

    private RollupRange(RollupRange whole, Stretch days) {
        this.start = whole.start;
        this.end = whole.end;
        this.firstMinute = whole.firstMinute;
        this.lastMinute = whole.lastMinute;
        this.firstHour = whole.firstHour;
        this.lastHour = whole.lastHour;
        this.firstDay = days.fromNs;
        this.lastDay = days.untilNs;
    }

    /** The whole days of its hours. */
    Stretch days() {
        long first = up(DAY_NANOS, firstHour);
        return new Stretch(first, Math.max(first, down(DAY_NANOS, lastHour)));
    }

    RollupRange withoutDays() {
        Stretch days = days();
        return days.isEmpty() ? this : new RollupRange(this, days);
    }

    public static RollupRange of(TimeRange range) {
        return of(range, RollupWidth.HOUR);
    }

    /** Of buckets no wider than this. */
    public static RollupRange of(TimeRange range, RollupWidth widest) {
        return new RollupRange(
                nanos(range.start(), Long.MIN_VALUE), nanos(range.end(), Long.MAX_VALUE), widest);
    }

    private static long nanos(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : Timestamps.nanos(time);
    }

    /** The next start of a bucket; an open end stays open. */
    private static long up(long width, long time) {
        if (time == Long.MIN_VALUE || time > Long.MAX_VALUE - width) {
            return time;
        }
        return startOf(width, time + width - 1);
    }

    private static long down(long width, long time) {
        boolean open = time == Long.MAX_VALUE || time < Long.MIN_VALUE + width;
        return open ? time : startOf(width, time);
    }

    private static long startOf(long width, long time) {
        return time - Math.floorMod(time, width);
    }

    /**
     * The rows of table {@code project_rollups} that add up to the range without its edges. Written
     * as ranges of the key, each by itself: SQLite reads the whole table for anything else.
     */
    Condition buckets(Collection<Long> projectKeys) {
        List<Condition> hours =
                each(
                        projectKeys,
                        RollupWidth.HOUR,
                        List.of(new Stretch(firstHour, firstDay), new Stretch(lastDay, lastHour)));
        List<Condition> minutes =
                each(
                        projectKeys,
                        RollupWidth.MINUTE,
                        List.of(
                                new Stretch(firstMinute, firstHour),
                                new Stretch(lastHour, lastMinute)));
        return DSL.or(Stream.concat(hours.stream(), minutes.stream()).toList());
    }

    /** Those of one width that start in one of some stretches. */
    static Condition buckets(
            Collection<Long> projectKeys, RollupWidth width, List<Stretch> stretches) {
        return DSL.or(each(projectKeys, width, stretches));
    }

    private static List<Condition> each(
            Collection<Long> projectKeys, RollupWidth width, List<Stretch> stretches) {
        return stretches.stream()
                .filter(stretch -> !stretch.isEmpty())
                .map(
                        stretch ->
                                PROJECT_ROLLUPS
                                        .PROJECT_ID
                                        .in(projectKeys)
                                        .and(PROJECT_ROLLUPS.WIDTH_NS.eq(width.nanos()))
                                        .and(stretch.contains(PROJECT_ROLLUPS.START_NS)))
                .toList();
    }

    /** Times of the range that no whole bucket covers. */
    public Condition edges(Field<Long> time) {
        return within(edges(), time);
    }

    /** Whether there are any. */
    public boolean hasEdges() {
        return edges().stream().anyMatch(edge -> !edge.isEmpty());
    }

    private List<Stretch> edges() {
        long afterFirst = Math.min(firstMinute, end);
        return List.of(
                new Stretch(start, afterFirst), new Stretch(Math.max(lastMinute, afterFirst), end));
    }

    /** Without empty stretches, which would keep SQLite from searching an index. */
    static Condition within(List<Stretch> stretches, Field<Long> time) {
        return DSL.or(
                stretches.stream()
                        .filter(stretch -> !stretch.isEmpty())
                        .map(stretch -> stretch.contains(time))
                        .toList());
    }

    /** A part of time without gaps. */
    record Stretch(long fromNs, long untilNs) {

        boolean isEmpty() {
            return fromNs >= untilNs;
        }

        Condition contains(Field<Long> time) {
            return fromNs >= untilNs ? DSL.falseCondition() : time.ge(fromNs).and(time.lt(untilNs));
        }

        /** By start, those that touch each other as one. */
        static List<Stretch> joined(List<Stretch> stretches) {
            List<Stretch> joined = new ArrayList<>();
            for (Stretch next :
                    stretches.stream().sorted(Comparator.comparingLong(Stretch::fromNs)).toList()) {
                Stretch last = joined.isEmpty() ? null : joined.getLast();
                if (last == null || last.untilNs < next.fromNs) {
                    joined.add(next);
                } else {
                    long until = Math.max(last.untilNs, next.untilNs);
                    joined.set(joined.size() - 1, new Stretch(last.fromNs, until));
                }
            }
            return joined;
        }
    }
}
