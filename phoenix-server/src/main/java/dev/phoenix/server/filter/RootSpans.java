package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.Traces;
import org.jooq.Condition;
import org.jooq.Field;

/** The one span that stands for a trace or a session, as SQL. */
public final class RootSpans {

    private RootSpans() {}

    /**
     * Of the spans whose parent is missing or was never received the one that starts first. Roots
     * start early, so the walk along the index of a trace's spans ends after a few rows.
     */
    public static Field<Long> ofTrace(Field<Long> traceKey) {
        Spans candidate = SPANS.as("candidate");
        Spans parent = SPANS.as("received");
        Condition received =
                parent.SPAN_ID
                        .eq(candidate.PARENT_SPAN_ID)
                        .and(parent.TRACE_KEY.eq(candidate.TRACE_KEY));
        return field(
                select(candidate.ID)
                        .from(candidate)
                        .where(candidate.TRACE_KEY.eq(traceKey))
                        .and(
                                candidate
                                        .PARENT_SPAN_ID
                                        .isNull()
                                        .or(notExists(selectOne().from(parent).where(received))))
                        .orderBy(candidate.START_NS, candidate.ID)
                        .limit(1));
    }

    /** The span without a parent in the session's first trace that has one. */
    static Field<Long> firstOfSession(Field<Long> sessionKey) {
        Spans root = SPANS.as("first_root");
        Traces trace = TRACES.as("first_trace");
        return field(
                select(root.ID)
                        .from(trace)
                        .join(root)
                        .on(root.TRACE_KEY.eq(trace.ID))
                        .where(trace.SESSION_KEY.eq(sessionKey))
                        .and(root.PARENT_SPAN_ID.isNull())
                        .orderBy(trace.START_NS, trace.ID, root.ID)
                        .limit(1));
    }

    /** The same at the session's end. */
    static Field<Long> lastOfSession(Field<Long> sessionKey) {
        Spans root = SPANS.as("last_root");
        Traces trace = TRACES.as("last_trace");
        return field(
                select(root.ID)
                        .from(trace)
                        .join(root)
                        .on(root.TRACE_KEY.eq(trace.ID))
                        .where(trace.SESSION_KEY.eq(sessionKey))
                        .and(root.PARENT_SPAN_ID.isNull())
                        .orderBy(trace.START_NS.desc(), trace.ID.desc(), root.ID.desc())
                        .limit(1));
    }
}
