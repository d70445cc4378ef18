package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.db.Database;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds and lists traces. */
@Service
public class TraceReader {

    private final DSLContext database;

    TraceReader(Database database) {
        this.database = database.read();
    }

    public Map<Long, Trace> byKeys(Collection<Long> keys) {
        return database.selectFrom(TRACES).where(TRACES.ID.in(keys)).stream()
                .map(Trace::from)
                .collect(Collectors.toMap(Trace::key, Function.identity()));
    }

    /** Traces of a session by start time. */
    public Connection<Trace> ofSession(long sessionKey, ConnectionRange range) {
        Keyset<Long> keyset = TraceColumn.START_TIME.keyset(SortDirection.ASC);
        return keyset.connection(
                database.select(TRACES.fields())
                        .select(keyset.selected())
                        .from(TRACES)
                        .where(TRACES.SESSION_KEY.eq(sessionKey)),
                range,
                Trace::from);
    }

    Page<Listed<Trace>> ofProject(
            long projectKey,
            TraceFilter filter,
            Keyset<Long> keyset,
            @Nullable String after,
            int limit) {
        Condition traces = TRACES.PROJECT_ID.eq(projectKey).and(filter.condition());
        return page(traces, keyset, after, limit);
    }

    /** By global id or by OpenTelemetry trace id. */
    Trace require(String identifier) {
        OptionalLong key = GlobalId.keyOf(Trace.TYPE, identifier);
        return (key.isPresent() ? find(key.getAsLong()) : findByTraceId(identifier))
                .orElseThrow(
                        () ->
                                ApiException.notFound(
                                        "no trace has the id or trace id " + identifier));
    }

    Optional<Trace> find(long key) {
        return database.selectFrom(TRACES).where(TRACES.ID.eq(key)).fetchOptional(Trace::from);
    }

    Optional<Trace> findByTraceId(String traceId) {
        return database.selectFrom(TRACES)
                .where(TRACES.TRACE_ID.eq(traceId))
                .fetchOptional(Trace::from);
    }

    private Page<Listed<Trace>> page(
            Condition traces, Keyset<Long> keyset, @Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : keyset.after(after);
        var query =
                database.select(TRACES.fields())
                        .select(keyset.selected())
                        .from(TRACES)
                        .where(traces, start);
        return keyset.page(query, limit, Trace::from);
    }
}
