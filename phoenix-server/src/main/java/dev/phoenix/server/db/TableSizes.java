package dev.phoenix.server.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What each table takes, with its indexes. SQLite has to walk through the whole file for it, so
 * whoever asks again within a minute gets what was found before, and only one asks at a time.
 */
public final class TableSizes {

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private static final String SQLITE =
            """
            SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) AS bytes
            FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name
            WHERE d.aggregate = TRUE
            GROUP BY 1 ORDER BY bytes DESC, 1""";

    private static final String POSTGRES =
            """
            SELECT relname, pg_total_relation_size(oid) AS bytes
            FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)
            ORDER BY bytes DESC, relname""";

    private final Database database;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private List<TableSize> known = List.of();
    private Instant measuredAt = Instant.EPOCH;

    TableSizes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One table of the schema. */
    public record TableSize(String table, double bytes) {}

    /** The largest first. */
    public List<TableSize> measured() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (Duration.between(measuredAt, now).compareTo(KEPT_FOR) >= 0) {
                known = measure();
                measuredAt = now;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private List<TableSize> measure() {
        String query =
                switch (database.engine()) {
                    case SQLITE -> SQLITE;
                    case POSTGRESQL -> POSTGRES;
                };
        return database.read()
                .resultQuery(query)
                .fetch(row -> new TableSize(row.get(0, String.class), row.get(1, Double.class)));
    }
}
