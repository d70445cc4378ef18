package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;

import dev.phoenix.server.ingest.recount.CountedSpan.Total;
import org.jooq.Record;

/** What the traces of a session add up to. */
record CountedSession(
        long traces, long errorTraces, long prompt, long completion, long startNs, long endNs) {

    static CountedSession of(CountedTrace trace) {
        Total total = trace.totalInSession();
        return new CountedSession(
                1,
                total.errors() > 0 ? 1 : 0,
                total.prompt(),
                total.completion(),
                trace.startNs(),
                trace.endNs());
    }

    static CountedSession from(Record row) {
        return new CountedSession(
                row.get(PROJECT_SESSIONS.TRACE_COUNT),
                row.get(PROJECT_SESSIONS.ERROR_TRACE_COUNT),
                row.get(PROJECT_SESSIONS.PROMPT_TOKENS),
                row.get(PROJECT_SESSIONS.COMPLETION_TOKENS),
                row.get(PROJECT_SESSIONS.START_NS),
                row.get(PROJECT_SESSIONS.END_NS));
    }

    CountedSession plus(CountedSession other) {
        return new CountedSession(
                traces + other.traces,
                errorTraces + other.errorTraces,
                prompt + other.prompt,
                completion + other.completion,
                Math.min(startNs, other.startNs),
                Math.max(endNs, other.endNs));
    }
}
