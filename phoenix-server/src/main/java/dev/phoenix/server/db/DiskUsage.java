package dev.phoenix.server.db;

import dev.phoenix.server.settings.DiskSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much the database takes, and what follows from it: a warning, the storage lock. */
public final class DiskUsage {

    private static final Logger log = LoggerFactory.getLogger(DiskUsage.class);
    private static final double GIB = 1L << 30;
    private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

    /** Pages that deletes left free are used again before the file grows. */
    private static final String SQLITE_BYTES =
            """
            SELECT (p.page_count - f.freelist_count) * s.page_size
            FROM pragma_page_count() p, pragma_freelist_count() f, pragma_page_size() s""";

    private static final String POSTGRES_BYTES =
            """
            SELECT coalesce(sum(pg_total_relation_size(oid)), 0)
            FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)""";

    private final Database database;
    private final DiskSettings settings;
    private final StorageLock lock;
    private final InstantSource clock;
    private volatile double bytes;
    private @Nullable Instant warned;

    DiskUsage(Database database, DiskSettings settings, StorageLock lock, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.lock = lock;
        this.clock = clock;
    }

    /** When measured last. */
    public double bytes() {
        return bytes;
    }

    /** Of the capacity; 0 where none is set. */
    public double ratio() {
        return settings.capacityGib().isPresent()
                ? bytes / (settings.capacityGib().getAsDouble() * GIB)
                : 0;
    }

    /** Whether it is time to warn somebody. */
    public boolean isAboveWarning() {
        return exceeds(settings.warningPercent());
    }

    /** Nothing changes while the database does not answer. */
    public void measure() {
        try {
            String query =
                    switch (database.engine()) {
                        case SQLITE -> SQLITE_BYTES;
                        case POSTGRESQL -> POSTGRES_BYTES;
                    };
            Number size = (Number) database.read().fetchValue(query);
            bytes = size == null ? 0 : size.doubleValue();
        } catch (DataAccessException e) {
            log.warn("The size of the database is not known: {}", Reason.of(e));
            return;
        }
        lockOrUnlock();
        warn();
    }

    private void lockOrUnlock() {
        boolean lockNow = exceeds(settings.blockingPercent());
        if (lockNow != lock.isLocked()) {
            lock.set(lockNow);
            log.warn(
                    "The database uses {} % of its disk: inserts and updates are {}",
                    Math.round(ratio() * 100),
                    lockNow ? "refused until it shrinks" : "possible again");
        }
    }

    private void warn() {
        Instant now = clock.instant();
        if (isAboveWarning() && (warned == null || warned.plus(BETWEEN_WARNINGS).isBefore(now))) {
            warned = now;
            log.warn(
                    "The database uses {} % of its disk, {} bytes: delete traces or extend the disk",
                    Math.round(ratio() * 100), Math.round(bytes));
        }
    }

    private boolean exceeds(OptionalDouble percent) {
        return percent.isPresent() && ratio() * 100 > percent.getAsDouble();
    }
}
