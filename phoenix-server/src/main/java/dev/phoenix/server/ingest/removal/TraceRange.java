package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Traces of a project by their start.
 *
 * @param fromNs the earliest start
 * @param beforeNs traces that start here belong to it if their keys are below {@code beforeKey}
 * @param lastKey the last trace there was when somebody decided about it
 */
public record TraceRange(long fromNs, long beforeNs, long beforeKey, long lastKey) {

    static final TraceRange ALL =
            new TraceRange(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** From a time on, until before another. */
    public static TraceRange of(long fromNs, long beforeNs) {
        return new TraceRange(fromNs, beforeNs, 0, Long.MAX_VALUE);
    }

    /** Everything older than this trace. */
    public static TraceRange olderThan(long startNs, long key) {
        return new TraceRange(Long.MIN_VALUE, startNs, key, Long.MAX_VALUE);
    }

    /** Of two that begin at the beginning. */
    static @Nullable TraceRange longer(@Nullable TraceRange one, @Nullable TraceRange other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        boolean second =
                other.beforeNs == one.beforeNs
                        ? other.beforeKey > one.beforeKey
                        : other.beforeNs > one.beforeNs;
        return second ? other : one;
    }

    TraceRange until(long key) {
        return new TraceRange(fromNs, beforeNs, beforeKey, key);
    }

    Condition contains() {
        return TRACES.START_NS
                .ge(fromNs)
                .and(TRACES.START_NS.le(beforeNs))
                .and(TRACES.START_NS.lt(beforeNs).or(TRACES.ID.lt(beforeKey)))
                .and(TRACES.ID.le(lastKey));
    }
}
