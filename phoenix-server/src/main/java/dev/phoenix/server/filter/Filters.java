package dev.phoenix.server.filter;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.jooq.Tables;
import dev.phoenix.server.db.jooq.tables.ProjectSessions;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.Traces;
import dev.phoenix.server.filter.syntax.FilterException;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Conditions as callers write them, for queries. A missing or empty one is no condition; a wrong
 * one is a bad request that says where and why.
 */
@Service
public class Filters {

    private static final Spans OUTER_SPAN = Tables.SPANS.as("chosen_span");
    private static final Traces OUTER_TRACE = Tables.TRACES.as("chosen_trace");
    private static final ProjectSessions OUTER_SESSION =
            Tables.PROJECT_SESSIONS.as("chosen_session");

    private final Engine engine;
    private final DSLContext database;

    Filters(Database database) {
        this.engine = database.engine();
        this.database = database.read();
    }

    /** For queries that select from {@link Tables#SPANS}. */
    public Condition spans(@Nullable String condition) {
        return spans(condition, Tables.SPANS);
    }

    /** For queries that select from an alias of the table. */
    public Condition spans(@Nullable String condition, Spans spans) {
        return of(Source.SPAN, condition, spans);
    }

    /** For lists of a project's spans; may look first at how many there are. */
    public Condition spansOf(long projectKey, @Nullable String condition) {
        Condition spans = spans(condition);
        return condition == null || !isGiven(condition)
                ? spans
                : new RareCosts(database, engine, projectKey)
                        .of(typed(Source.SPAN, condition).check())
                        .and(spans);
    }

    /** Whether a condition on spans reads what only their payloads hold. */
    public boolean readsPayloads(@Nullable String condition) {
        return condition != null
                && isGiven(condition)
                && Assembly.readsPayloads(typed(Source.SPAN, condition).check());
    }

    /** For queries that select from {@link Tables#TRACES}. */
    public Condition traces(@Nullable String condition) {
        return of(Source.TRACE, condition, Tables.TRACES);
    }

    /** For queries that select from an alias of the table. */
    public Condition traces(@Nullable String condition, Traces traces) {
        return of(Source.TRACE, condition, traces);
    }

    /** For queries that select from {@link Tables#PROJECT_SESSIONS}. */
    public Condition sessions(@Nullable String condition) {
        return of(Source.SESSION, condition, Tables.PROJECT_SESSIONS);
    }

    /** For queries that select from an alias of the table. */
    public Condition sessions(@Nullable String condition, ProjectSessions sessions) {
        return of(Source.SESSION, condition, sessions);
    }

    /** Spans that fulfil one of two conditions: on themselves or on the session of their trace. */
    public Condition spansBy(@Nullable String span, @Nullable String session) {
        return isGiven(session) && onlyOne(span, session)
                ? Tables.SPANS.TRACE_KEY.in(
                        select(OUTER_TRACE.ID).from(OUTER_TRACE).where(ofSessions(session)))
                : spans(span);
    }

    /** Traces with a span that fulfils a condition, or in a session that fulfils another. */
    public Condition tracesBy(@Nullable String span, @Nullable String session) {
        if (isGiven(session) && onlyOne(span, session)) {
            return Tables.TRACES.SESSION_KEY.in(sessionKeys(session));
        }
        return isGiven(span)
                ? exists(
                        selectOne()
                                .from(OUTER_SPAN)
                                .where(OUTER_SPAN.TRACE_KEY.eq(Tables.TRACES.ID))
                                .and(spans(span, OUTER_SPAN)))
                : noCondition();
    }

    /** Spans whose trace fulfils a condition. */
    public Condition spansOfTraces(@Nullable String trace) {
        return isGiven(trace)
                ? exists(
                        selectOne()
                                .from(OUTER_TRACE)
                                .where(OUTER_TRACE.ID.eq(Tables.SPANS.TRACE_KEY))
                                .and(traces(trace, OUTER_TRACE)))
                : noCondition();
    }

    /** Whether a text is a condition at all. */
    public static boolean isGiven(@Nullable String condition) {
        return condition != null && !condition.isBlank();
    }

    private Condition ofSessions(@Nullable String session) {
        return OUTER_TRACE.SESSION_KEY.in(sessionKeys(session));
    }

    private Select<Record1<Long>> sessionKeys(@Nullable String session) {
        return select(OUTER_SESSION.ID).from(OUTER_SESSION).where(sessions(session, OUTER_SESSION));
    }

    private static boolean onlyOne(@Nullable String span, @Nullable String session) {
        if (isGiven(span) && isGiven(session)) {
            throw ApiException.badRequest(
                    "filterCondition and sessionFilterCondition cannot be used together: leave out"
                            + " one");
        }
        return true;
    }

    private Condition of(Source source, @Nullable String condition, Table<?> table) {
        if (condition == null || condition.isBlank()) {
            return noCondition();
        }
        try {
            return Assembly.of(engine, source, typed(source, condition).check(), table);
        } catch (FilterException e) {
            throw ApiException.badRequest(e.getMessage());
        }
    }

    private static Typing.Typed typed(Source source, String condition) {
        try {
            return Typing.type(source, condition.strip());
        } catch (FilterException e) {
            throw ApiException.badRequest(e.getMessage());
        }
    }
}
