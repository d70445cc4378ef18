package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.values;

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

/** The first and the last trace of sessions, for several sessions at once. */
@Service
public class SessionTraces {

    private final DSLContext database;
    private final SpanReader spans;

    SessionTraces(Database database, SpanReader spans) {
        this.database = database.read();
        this.spans = spans;
    }

    /** The root span of the trace that starts first in each session. */
    public Map<Long, Span> firstRootSpans(Collection<Long> sessionKeys) {
        return rootSpans(sessionKeys, List.of(TRACES.START_NS.asc(), TRACES.ID.asc()));
    }

    /** The root span of the trace that starts last in each session. */
    public Map<Long, Span> lastRootSpans(Collection<Long> sessionKeys) {
        return rootSpans(sessionKeys, List.of(TRACES.START_NS.desc(), TRACES.ID.desc()));
    }

    /** A latency quantile of the traces of a session. */
    public record Quantile(long sessionKey, double probability) {}

    /** In milliseconds; sessions without traces are left out. */
    public Map<Quantile, Double> latencyQuantiles(Collection<Quantile> wanted) {
        var sessions = wanted.stream().map(Quantile::sessionKey).distinct().toList();
        var latencies =
                LatencyQuantiles.exact(
                        database,
                        LatencySource.TRACE,
                        TRACES.SESSION_KEY,
                        TRACES.SESSION_KEY.in(sessions));
        Map<Quantile, Double> found = new HashMap<>();
        for (Quantile quantile : wanted) {
            var ofSession = latencies.get(quantile.sessionKey);
            if (ofSession != null) {
                found.put(quantile, ofSession.applyAsDouble(quantile.probability));
            }
        }
        return found;
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
