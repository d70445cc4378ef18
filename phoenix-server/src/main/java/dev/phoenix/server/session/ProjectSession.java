package dev.phoenix.server.session;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.trace.TokenUsage;
import java.time.Instant;
import org.jooq.Record;

/** A session as it is stored, with the sums over its traces. */
public record ProjectSession(
        long key,
        String sessionId,
        long projectKey,
        long startNs,
        long endNs,
        long numTraces,
        long numTracesWithError,
        TokenUsage tokenUsage) {

    public static final String TYPE = "ProjectSession";

    static ProjectSession from(Record row) {
        return new ProjectSession(
                row.get(PROJECT_SESSIONS.ID),
                row.get(PROJECT_SESSIONS.SESSION_ID),
                row.get(PROJECT_SESSIONS.PROJECT_ID),
                row.get(PROJECT_SESSIONS.START_NS),
                row.get(PROJECT_SESSIONS.END_NS),
                row.get(PROJECT_SESSIONS.TRACE_COUNT),
                row.get(PROJECT_SESSIONS.ERROR_TRACE_COUNT),
                new TokenUsage(
                        row.get(PROJECT_SESSIONS.PROMPT_TOKENS),
                        row.get(PROJECT_SESSIONS.COMPLETION_TOKENS)));
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public Instant startTime() {
        return Timestamps.instant(startNs);
    }

    public Instant endTime() {
        return Timestamps.instant(endNs);
    }
}
