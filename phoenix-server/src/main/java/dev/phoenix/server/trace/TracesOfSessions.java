package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;

/** The traces of several sessions at once, by their start: which and when, nothing else. */
@Service
public class TracesOfSessions {

    private final DSLContext database;

    TracesOfSessions(Database database) {
        this.database = database.read();
    }

    /** A trace as its session lists it. */
    public record Member(String id, String traceId, Instant startTime, Instant endTime) {}

    public Map<Long, List<Member>> of(Collection<Long> sessionKeys) {
        return database.select(
                        TRACES.SESSION_KEY,
                        TRACES.ID,
                        TRACES.TRACE_ID,
                        TRACES.START_NS,
                        TRACES.END_NS)
                .from(TRACES)
                .where(TRACES.SESSION_KEY.in(sessionKeys))
                .orderBy(TRACES.SESSION_KEY, TRACES.START_NS, TRACES.ID)
                .fetchGroups(
                        TRACES.SESSION_KEY,
                        row ->
                                new Member(
                                        GlobalId.encode(Trace.TYPE, row.get(TRACES.ID)),
                                        row.get(TRACES.TRACE_ID),
                                        Timestamps.instant(row.get(TRACES.START_NS)),
                                        Timestamps.instant(row.get(TRACES.END_NS))));
    }
}
