package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.select;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.filter.RootSpans;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds and lists spans without their payloads. */
@Service
public class SpanReader {

    private final DSLContext database;

    SpanReader(Database database) {
        this.database = database.read();
    }

    /**
     * The root span of each trace: its parent is missing or was never received, and of several the
     * one that starts first. Traces without spans are left out.
     */
    public Map<Long, Span> rootSpans(Collection<Long> traceKeys) {
        var listed = TRACES.as("listed");
        Field<Long> root = RootSpans.ofTrace(listed.ID);
        return spans()
                .where(SPANS.ID.in(select(root).from(listed).where(listed.ID.in(traceKeys))))
                .stream()
                .map(Span::from)
                .collect(Collectors.toMap(Span::traceKey, Function.identity()));
    }

    Page<Listed<Span>> ofProject(
            long projectKey,
            TimeRange range,
            Condition condition,
            Keyset<Long> keyset,
            @Nullable String after,
            int limit) {
        Condition spans = SPANS.PROJECT_ID.eq(projectKey).and(range.contains(SPANS.START_NS));
        return page(spans.and(condition), keyset, after, limit);
    }

    /** By start time. */
    Page<Listed<Span>> ofTrace(
            long traceKey, Condition condition, @Nullable String after, int limit) {
        Keyset<Long> keyset = SpanColumn.START_TIME.keyset(SortDirection.ASC);
        return page(SPANS.TRACE_KEY.eq(traceKey).and(condition), keyset, after, limit);
    }

    /** All spans of some traces, each trace's by start time. */
    List<Span> ofTraces(Collection<Long> traceKeys) {
        return spans().where(SPANS.TRACE_KEY.in(traceKeys))
                .orderBy(SPANS.TRACE_KEY, SPANS.START_NS, SPANS.ID)
                .fetch(Span::from);
    }

    public Map<Long, Span> byKeys(Collection<Long> keys) {
        return spans().where(SPANS.ID.in(keys)).stream()
                .map(Span::from)
                .collect(Collectors.toMap(Span::key, Function.identity()));
    }

    Optional<Span> find(long key) {
        return spans().where(SPANS.ID.eq(key)).fetchOptional(Span::from);
    }

    Optional<Span> findBySpanId(String spanId) {
        return spans().where(SPANS.SPAN_ID.eq(spanId)).fetchOptional(Span::from);
    }

    /**
     * How many spans name each of these as their parent, by span id; those without children are
     * left out.
     */
    Map<String, Integer> childCounts(Collection<Span> parents) {
        var traceKeys = parents.stream().map(Span::traceKey).collect(Collectors.toSet());
        var spanIds = parents.stream().map(Span::spanId).toList();
        return database.select(SPANS.PARENT_SPAN_ID, count())
                .from(SPANS)
                .where(SPANS.TRACE_KEY.in(traceKeys))
                .and(SPANS.PARENT_SPAN_ID.in(spanIds))
                .groupBy(SPANS.PARENT_SPAN_ID)
                .fetchMap(SPANS.PARENT_SPAN_ID, count());
    }

    private Page<Listed<Span>> page(
            Condition spans, Keyset<Long> keyset, @Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : keyset.after(after);
        var query =
                database.select(Span.COLUMNS)
                        .select(keyset.selected())
                        .from(SPANS)
                        .join(TRACES)
                        .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                        .where(spans, start);
        return keyset.page(query, limit, Span::from);
    }

    private SelectJoinStep<Record> spans() {
        return database.select(Span.COLUMNS)
                .from(SPANS)
                .join(TRACES)
                .on(TRACES.ID.eq(SPANS.TRACE_KEY));
    }
}
