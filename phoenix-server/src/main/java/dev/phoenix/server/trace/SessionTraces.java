package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.values;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.db.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Row1;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;

/** What the traces of sessions sum up to, for several sessions at once. */
@Service
public class SessionTraces {

    private final DSLContext database;
    private final SpanReader spans;

    SessionTraces(Database database, SpanReader spans) {
        this.database = database.read();
        this.spans = spans;
    }

    /** Sums over the traces of a session. */
    public record Sums(int numTraces, int numTracesWithError, TokenUsage tokenUsage) {

        public static final Sums NONE = new Sums(0, 0, TokenUsage.NONE);
    }

    /** The number of traces of a session, to sort by. */
    public static Field<Long> countOf(Field<Long> sessionKey) {
        return field(
                select(count().cast(Long.class))
                        .from(TRACES)
                        .where(TRACES.SESSION_KEY.eq(sessionKey)));
    }

    /** The tokens of a session, to sort by. */
    public static Field<Long> tokensOf(Field<Long> sessionKey) {
        var total = sum(TRACES.PROMPT_TOKENS.plus(TRACES.COMPLETION_TOKENS));
        return field(
                select(coalesce(total.cast(Long.class), inline(0L)))
                        .from(TRACES)
                        .where(TRACES.SESSION_KEY.eq(sessionKey)));
    }

    public Map<Long, Sums> sums(Collection<Long> sessionKeys) {
        var failed = count(when(TRACES.ERROR_COUNT.gt(0L), 1));
        var prompt = sum(TRACES.PROMPT_TOKENS);
        var completion = sum(TRACES.COMPLETION_TOKENS);
        return database.select(TRACES.SESSION_KEY, count(), failed, prompt, completion)
                .from(TRACES)
                .where(TRACES.SESSION_KEY.in(sessionKeys))
                .groupBy(TRACES.SESSION_KEY)
                .fetchMap(
                        row -> row.get(TRACES.SESSION_KEY),
                        row ->
                                new Sums(
                                        row.get(count()),
                                        row.get(failed),
                                        new TokenUsage(
                                                row.get(prompt).doubleValue(),
                                                row.get(completion).doubleValue())));
    }

    /** The root span of the trace that starts first in each session. */
    public Map<Long, Span> firstRootSpans(Collection<Long> sessionKeys) {
        return rootSpans(sessionKeys, List.of(TRACES.START_NS.asc(), TRACES.ID.asc()));
    }

    /** The root span of the trace that starts last in each session. */
    public Map<Long, Span> lastRootSpans(Collection<Long> sessionKeys) {
        return rootSpans(sessionKeys, List.of(TRACES.START_NS.desc(), TRACES.ID.desc()));
    }

    private Map<Long, Span> rootSpans(Collection<Long> sessionKeys, List<OrderField<?>> order) {
        var listed =
                values(sessionKeys.stream().map(DSL::row).toArray(Row1[]::new)).as("listed", "id");
        Field<Long> session = listed.field("id", Long.class);
        Field<Long> trace =
                field(
                        select(TRACES.ID)
                                .from(TRACES)
                                .where(TRACES.SESSION_KEY.eq(session))
                                .orderBy(order)
                                .limit(1));
        Map<Long, Long> traces =
                database.select(session, trace)
                        .from(listed)
                        .fetchMap(row -> row.value1(), row -> row.value2());
        Map<Long, Span> roots = spans.rootSpans(traces.values());
        Map<Long, Span> bySession = new HashMap<>();
        traces.forEach(
                (key, traceKey) -> {
                    Span root = roots.get(traceKey);
                    if (root != null) {
                        bySession.put(key, root);
                    }
                });
        return bySession;
    }
}
