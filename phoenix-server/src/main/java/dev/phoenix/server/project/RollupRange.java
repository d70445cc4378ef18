package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A time range cut into whole hours, whole minutes beside them, and what is left of a minute at
 * either end, where rows have to be looked at.
 */
public final class RollupRange {

    private final long start;
    private final long end;
    private final long firstMinute;
    private final long lastMinute;
    private final long firstHour;
    private final long lastHour;

    private RollupRange(long start, long end, RollupWidth widest) {
        this.start = start;
        this.end = end;
        this.firstMinute = up(RollupWidth.MINUTE, start);
        this.lastMinute = Math.max(firstMinute, down(RollupWidth.MINUTE, end));
        boolean hours = widest == RollupWidth.HOUR;
        this.firstHour =
                hours ? Math.min(up(RollupWidth.HOUR, firstMinute), lastMinute) : lastMinute;
        this.lastHour =
                hours ? Math.max(firstHour, down(RollupWidth.HOUR, lastMinute)) : lastMinute;
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
    private static long up(RollupWidth width, long time) {
        if (time == Long.MIN_VALUE || time > Long.MAX_VALUE - width.nanos()) {
            return time;
        }
        return width.startOf(time + width.nanos() - 1);
    }

    private static long down(RollupWidth width, long time) {
        boolean open = time == Long.MAX_VALUE || time < Long.MIN_VALUE + width.nanos();
        return open ? time : width.startOf(time);
    }

    /** The rows of table {@code project_rollups} that add up to the range without its edges. */
    Condition buckets() {
        return in(RollupWidth.HOUR, firstHour, lastHour)
                .or(in(RollupWidth.MINUTE, firstMinute, firstHour))
                .or(in(RollupWidth.MINUTE, lastHour, lastMinute));
    }

    private static Condition in(RollupWidth width, long from, long until) {
        return PROJECT_ROLLUPS
                .WIDTH_NS
                .eq(width.nanos())
                .and(in(PROJECT_ROLLUPS.START_NS, from, until));
    }

    /** Times of the range that no whole bucket covers. */
    public Condition edges(Field<Long> time) {
        long afterFirst = Math.min(firstMinute, end);
        return in(time, start, afterFirst).or(in(time, Math.max(lastMinute, afterFirst), end));
    }

    private static Condition in(Field<Long> time, long from, long until) {
        return from >= until ? DSL.falseCondition() : time.ge(from).and(time.lt(until));
    }
}
