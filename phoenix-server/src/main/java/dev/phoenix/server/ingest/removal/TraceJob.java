package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.TRACE_JOBS;

import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Traces that are being deleted or moved, as stored.
 *
 * @param range which traces of the project; meaningless for jobs about others
 */
record TraceJob(
        long key,
        Kind kind,
        @Nullable Long projectKey,
        @Nullable Long sessionKey,
        @Nullable Long targetProjectKey,
        TraceRange range,
        boolean deletesProject,
        State state) {

    enum Kind {
        /** Deletes the traces that are listed with the job. */
        LISTED,
        /** Deletes the traces of a session, and the session with them. */
        SESSION,
        /** Deletes traces of a project. */
        PROJECT,
        /** Moves the traces that are listed with the job. */
        MOVE
    }

    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    static TraceJob from(Record row) {
        return new TraceJob(
                row.get(TRACE_JOBS.ID),
                Kind.valueOf(row.get(TRACE_JOBS.KIND)),
                row.get(TRACE_JOBS.PROJECT_ID),
                row.get(TRACE_JOBS.SESSION_KEY),
                row.get(TRACE_JOBS.TARGET_PROJECT_ID),
                new TraceRange(
                        row.get(TRACE_JOBS.FROM_NS),
                        row.get(TRACE_JOBS.BEFORE_NS),
                        row.get(TRACE_JOBS.BEFORE_KEY),
                        row.get(TRACE_JOBS.LAST_KEY)),
                row.get(TRACE_JOBS.DELETES_PROJECT),
                State.valueOf(row.get(TRACE_JOBS.STATE)));
    }
}
