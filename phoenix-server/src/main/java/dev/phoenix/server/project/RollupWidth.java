package dev.phoenix.server.project;

import java.time.Duration;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** How long a time bucket is. Every span and trace is in one bucket of each width. */
public enum RollupWidth {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1));

    private final long nanos;

    RollupWidth(Duration width) {
        this.nanos = width.toNanos();
    }

    public long nanos() {
        return nanos;
    }

    /** Start of the bucket a stored time lies in. */
    public Field<Long> startOf(Field<Long> timeNs) {
        return timeNs.minus(timeNs.mod(DSL.inline(nanos)));
    }

    /** Start of the bucket a time lies in. */
    public long startOf(long timeNs) {
        return timeNs - Math.floorMod(timeNs, nanos);
    }
}
