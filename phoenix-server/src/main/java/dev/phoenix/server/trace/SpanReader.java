package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.KeyRanges;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
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
import org.jooq.SelectOrderByStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;

/** Finds and lists spans without their payloads. */
@Service
public class SpanReader {

    private static final Field<Long> PAGE_KEY = field(name("page", "row_key"), Long.class);

    private final DSLContext database;
    private final Engine engine;

    SpanReader(Database database) {
        this.database = database.read();
        this.engine = database.engine();
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
            ListOrder order,
            ConnectionRange page) {
        Condition spans = SPANS.PROJECT_ID.eq(projectKey).and(condition);
        return order.page(
                (part, rows) -> part(part, spans.and(range.contains(start(part))), rows),
                page,
                Span::from);
    }

    /** The plus keeps SQLite from searching by start what it is to walk by value. */
    private Field<Long> start(ListOrder.Part part) {
        return part.ranges() != null && engine == Engine.SQLITE
                ? field("+{0}", Long.class, SPANS.START_NS)
                : SPANS.START_NS;
    }

    /** By start time. */
    Page<Listed<Span>> ofTrace(long traceKey, Condition condition, ConnectionRange page) {
        ListOrder order = ListOrder.by(SpanColumn.byStart(SortDirection.ASC));
        return page(SPANS.TRACE_KEY.eq(traceKey).and(condition), order, page);
    }

    /** The children of these spans, in each trace at most so many, the first to start. */
    List<Span> children(Collection<Span> parents, int mostOfTrace) {
        Field<Long> key = field(name("numbered", "id"), Long.class);
        Field<Integer> place = field(name("numbered", "place"), Integer.class);
        var numbered =
                select(
                                SPANS.ID.as("id"),
                                rowNumber()
                                        .over()
                                        .partitionBy(SPANS.TRACE_KEY)
                                        .orderBy(SPANS.START_NS, SPANS.ID)
                                        .as("place"))
                        .from(SPANS)
                        .where(areChildrenOf(parents))
                        .asTable("numbered");
        return spans().where(SPANS.ID.in(select(key).from(numbered).where(place.le(mostOfTrace))))
                .fetch(Span::from);
    }

    private static Condition areChildrenOf(Collection<Span> parents) {
        var traceKeys = parents.stream().map(Span::traceKey).collect(Collectors.toSet());
        var spanIds = parents.stream().map(Span::spanId).toList();
        return SPANS.TRACE_KEY.in(traceKeys).and(SPANS.PARENT_SPAN_ID.in(spanIds));
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
        return database.select(SPANS.PARENT_SPAN_ID, count())
                .from(SPANS)
                .where(areChildrenOf(parents))
                .groupBy(SPANS.PARENT_SPAN_ID)
                .fetchMap(SPANS.PARENT_SPAN_ID, count());
    }

    private Page<Listed<Span>> page(Condition spans, ListOrder order, ConnectionRange page) {
        return order.page((part, rows) -> part(part, spans, rows), page, Span::from);
    }

    /**
     * A part of a list, to be sorted. A cross join is in the order it is written on SQLite, which
     * would otherwise look for the value of each span of the project.
     */
    SelectOrderByStep<Record> part(ListOrder.Part part, Condition spans, int rows) {
        ListOrder.Source source = part.source();
        Table<?> from = source == null ? SPANS : source.in(part.order()).crossJoin(SPANS);
        Condition where =
                spans.and(part.where())
                        .and(source == null ? DSL.noCondition() : SPANS.ID.eq(source.key()));
        if (part.ranges() != null && engine == Engine.SQLITE) {
            from = part.ranges().merged(part.order(), from, where, rows).crossJoin(SPANS);
            where = SPANS.ID.eq(KeyRanges.MERGED_KEY);
        } else if (source == null && engine == Engine.POSTGRESQL) {
            from = page(part.order(), where, rows).crossJoin(SPANS);
            where = SPANS.ID.eq(PAGE_KEY);
        }
        return database.select(Span.COLUMNS)
                .select(part.order().selected())
                .select(source == null ? List.of() : List.of(source.key()))
                .from(from)
                .join(TRACES)
                .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                .where(where);
    }

    /** PostgreSQL reads an index without its rows only where nothing else is selected. */
    private static Table<?> page(Keyset<?> order, Condition where, int rows) {
        return select(SPANS.ID.as("row_key"))
                .from(SPANS)
                .where(where)
                .orderBy(order.order())
                .limit(rows)
                .asTable("page");
    }

    private SelectJoinStep<Record> spans() {
        return database.select(Span.COLUMNS)
                .from(SPANS)
                .join(TRACES)
                .on(TRACES.ID.eq(SPANS.TRACE_KEY));
    }
}
