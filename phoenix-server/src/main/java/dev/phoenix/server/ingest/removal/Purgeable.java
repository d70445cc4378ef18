package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which traces of a project are too old, or too many. */
@Service
public class Purgeable {

    private final DSLContext database;

    Purgeable(Database database) {
        this.database = database.read();
    }

    /**
     * @param before traces that start earlier are too old; null where age does not matter
     * @param newest so many are kept; null where the number does not matter
     * @return empty if nothing is to go
     */
    public Optional<TraceRange> range(
            long projectKey, @Nullable Instant before, @Nullable Integer newest) {
        TraceRange old =
                before == null ? null : TraceRange.of(Long.MIN_VALUE, Timestamps.nanos(before));
        TraceRange many = newest == null ? null : beyond(projectKey, newest);
        // Both are the oldest traces up to some place: what one of them wants gone is the longer.
        return Optional.ofNullable(TraceRange.longer(old, many))
                .filter(
                        range ->
                                database.fetchExists(
                                        TRACES,
                                        TRACES.PROJECT_ID.eq(projectKey).and(range.contains())));
    }

    public int count(long projectKey, TraceRange range) {
        return database.fetchCount(TRACES, TRACES.PROJECT_ID.eq(projectKey).and(range.contains()));
    }

    private @Nullable TraceRange beyond(long projectKey, int newest) {
        return database.select(TRACES.START_NS, TRACES.ID)
                .from(TRACES)
                .where(TRACES.PROJECT_ID.eq(projectKey))
                .orderBy(TRACES.START_NS.desc(), TRACES.ID.desc())
                .limit(1)
                .offset(newest - 1)
                .fetchOne(row -> TraceRange.olderThan(row.value1(), row.value2()));
    }
}
