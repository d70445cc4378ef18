package dev.phoenix.server.api;

import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** From a time on, until before another; either may be missing. */
public record TimeRange(@Nullable Instant start, @Nullable Instant end) {

    public static final TimeRange ALL = new TimeRange(null, null);

    public static TimeRange orAll(@Nullable TimeRange range) {
        return range == null ? ALL : range;
    }

    public boolean isAll() {
        return start == null && end == null;
    }

    /** Whether a time in nanoseconds lies in the range. */
    public Condition contains(Field<Long> time) {
        return starts(time).and(endsAfter(time));
    }

    /** Whether something that lasts from one time to another was going on in the range. */
    public Condition overlaps(Field<Long> from, Field<Long> to) {
        return starts(to).and(endsAfter(from));
    }

    private Condition starts(Field<Long> time) {
        return start == null ? DSL.noCondition() : time.ge(Timestamps.nanos(start));
    }

    private Condition endsAfter(Field<Long> time) {
        return end == null ? DSL.noCondition() : time.lt(Timestamps.nanos(end));
    }
}
