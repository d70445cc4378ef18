package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.trace.TraceSkeleton.Columns;
import dev.phoenix.server.trace.TraceSkeleton.Summary;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Reads the spans of a trace by start time. The database makes the column of each field, so that
 * the values of a hundred thousand spans need not be fetched one by one.
 */
@Service
class SkeletonReader {

    private static final long NANOS_PER_MICRO = 1000;

    private static final List<SelectField<?>> SELECTED =
            List.of(
                    SPANS.ID,
                    SPANS.SPAN_ID,
                    SPANS.PARENT_SPAN_ID,
                    SPANS.NAME,
                    SPANS.SPAN_KIND,
                    SPANS.STATUS_CODE,
                    SPANS.STATUS_MESSAGE,
                    SPANS.START_NS,
                    SPANS.END_NS,
                    SPANS.PROMPT_TOKENS,
                    SPANS.COMPLETION_TOKENS);

    private final DSLContext database;
    private final Engine engine;
    private final Keyset<Long> order = SpanColumn.byStart(SortDirection.ASC);

    SkeletonReader(Database database) {
        this.database = database.read();
        this.engine = database.engine();
    }

    TraceSkeleton read(Trace trace, @Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : order.after(after);
        Condition listed = SPANS.TRACE_KEY.eq(trace.key()).and(start);
        // Named as the table, so that the fields below are those of the page.
        var page =
                select(SELECTED)
                        .from(SPANS)
                        .where(listed)
                        .orderBy(order.order())
                        .limit(limit)
                        .asTable(SPANS);
        List<Field<?>> columns = columns(trace.startNs());
        Record row =
                database.select(columns.stream().map(this::array).toList())
                        .select(max(SPANS.START_NS))
                        .from(page)
                        .fetchSingle();
        List<Long> keys = keys(row.get(0, String.class));
        Long lastStart = row.get(columns.size(), Long.class);
        String next = null;
        if (keys.size() == limit) {
            String reached =
                    new Cursor(keys.getLast(), SortKey.DATETIME, Objects.requireNonNull(lastStart))
                            .encode();
            boolean more = database.fetchExists(SPANS, listed, order.after(reached));
            next = more ? reached : null;
        }
        return new TraceSkeleton(Summary.of(trace), columns(keys, row), next);
    }

    private static List<Field<?>> columns(long origin) {
        Field<Long> none = inline(0L);
        return List.of(
                SPANS.ID,
                SPANS.SPAN_ID,
                SPANS.PARENT_SPAN_ID,
                SPANS.NAME,
                lower(SPANS.SPAN_KIND),
                SPANS.STATUS_CODE,
                SPANS.START_NS.minus(inline(origin)).div(inline(NANOS_PER_MICRO)),
                SPANS.END_NS.minus(SPANS.START_NS).div(inline(NANOS_PER_MICRO)),
                when(
                        SPANS.PROMPT_TOKENS.isNotNull().or(SPANS.COMPLETION_TOKENS.isNotNull()),
                        coalesce(SPANS.PROMPT_TOKENS, none)
                                .plus(coalesce(SPANS.COMPLETION_TOKENS, none))),
                SpanCosts.totalOf(SPANS.ID),
                when(SPANS.STATUS_CODE.eq(inline("ERROR")), SPANS.STATUS_MESSAGE));
    }

    private Field<String> array(Field<?> values) {
        return switch (engine) {
            case SQLITE -> field("json_group_array({0})", String.class, values);
            case POSTGRESQL ->
                    field("coalesce(CAST(json_agg({0}) AS text), '[]')", String.class, values);
        };
    }

    private static List<Long> keys(String json) {
        return Stream.of(json.substring(1, json.length() - 1).split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private static Columns columns(List<Long> keys, Record row) {
        String ids =
                keys.stream()
                        .map(key -> '"' + GlobalId.encode(Span.TYPE, key) + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        return new Columns(
                ids,
                row.get(1, String.class),
                row.get(2, String.class),
                row.get(3, String.class),
                row.get(4, String.class),
                row.get(5, String.class),
                row.get(6, String.class),
                row.get(7, String.class),
                row.get(8, String.class),
                row.get(9, String.class),
                row.get(10, String.class));
    }
}
