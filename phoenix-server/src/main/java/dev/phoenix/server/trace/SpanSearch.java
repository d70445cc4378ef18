package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.dialect.Dialects;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds the spans of a project that fulfil all conditions of a REST request. */
@Service
class SpanSearch {

    private static final Set<String> KINDS =
            Stream.concat(Dialects.KINDS.stream(), Stream.of("UNKNOWN"))
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> STATUS_CODES = Set.of("OK", "ERROR", "UNSET");

    private final SpanReader spans;
    private final AttributeConditions conditions;

    SpanSearch(Database database, SpanReader spans) {
        this.spans = spans;
        this.conditions = new AttributeConditions(database.engine());
    }

    /** A missing list is no condition. */
    record SpanFilter(
            TimeRange range,
            @Nullable List<String> traceIds,
            @Nullable List<String> spanIds,
            @Nullable String parentId,
            @Nullable List<String> names,
            @Nullable List<String> kinds,
            @Nullable List<String> statusCodes,
            List<AttributeFilter> attributes) {}

    /** An order, and where to start in it. */
    record Start(boolean byKey, Keyset<Long> keyset, Condition from) {

        /** The cursor of a page that starts with this span. */
        String cursor(Span span) {
            return byKey
                    ? span.id()
                    : new Cursor(span.key(), SortKey.DATETIME, span.startNs()).encode();
        }
    }

    Start start(boolean byKey, SortDirection direction, @Nullable String cursor) {
        boolean descending = direction.descending();
        Field<Long> value = byKey ? SPANS.ID : SPANS.START_NS;
        var keyset = new Keyset<>(value, SPANS.ID, SortKey.DATETIME, descending);
        if (cursor == null) {
            return new Start(byKey, keyset, DSL.noCondition());
        }
        if (!byKey) {
            return new Start(false, keyset, keyset.from(cursor));
        }
        long key = Cursor.key(cursor);
        return new Start(true, keyset, descending ? SPANS.ID.le(key) : SPANS.ID.ge(key));
    }

    Page<Span> find(long projectKey, SpanFilter filter, Start start, int limit) {
        var part = new ListOrder.Part(start.keyset, null, start.from, null);
        Condition wanted = SPANS.PROJECT_ID.eq(projectKey).and(condition(filter));
        return Page.of(
                spans.part(part, wanted, limit + 1)
                        .orderBy(start.keyset.order())
                        .limit(limit + 1)
                        .fetch(Span::from),
                limit);
    }

    static List<String> kinds(List<String> given) {
        return known("span_kind", given, KINDS);
    }

    static List<String> statusCodes(List<String> given) {
        return known("status_code", given, STATUS_CODES);
    }

    private Condition condition(SpanFilter filter) {
        return DSL.and(
                        filter.range.contains(SPANS.START_NS),
                        ofTraces(filter.traceIds),
                        in(SPANS.SPAN_ID, filter.spanIds),
                        in(SPANS.NAME, filter.names),
                        in(SPANS.SPAN_KIND, filter.kinds),
                        in(SPANS.STATUS_CODE, filter.statusCodes),
                        parent(filter.parentId))
                .and(attributes(filter.attributes));
    }

    private static Condition ofTraces(@Nullable Collection<String> traceIds) {
        return traceIds == null
                ? DSL.noCondition()
                : SPANS.TRACE_KEY.in(
                        select(TRACES.ID).from(TRACES).where(TRACES.TRACE_ID.in(traceIds)));
    }

    /** As a value, which no engine turns into a join: only payloads of the range are read. */
    private Condition attributes(List<AttributeFilter> filters) {
        if (filters.isEmpty()) {
            return DSL.noCondition();
        }
        var holds = DSL.and(filters.stream().map(conditions::of).toList());
        return DSL.condition(
                "({0})",
                field(
                        select(field(holds))
                                .from(SPAN_PAYLOADS)
                                .where(SPAN_PAYLOADS.SPAN_KEY.eq(SPANS.ID))));
    }

    private static Condition in(Field<String> field, @Nullable Collection<String> values) {
        return values == null ? DSL.noCondition() : field.in(values);
    }

    /** The word null asks for spans that name no parent. */
    private static Condition parent(@Nullable String parentId) {
        if (parentId == null) {
            return DSL.noCondition();
        }
        return parentId.equals("null")
                ? SPANS.PARENT_SPAN_ID.isNull()
                : SPANS.PARENT_SPAN_ID.eq(parentId);
    }

    private static List<String> known(String parameter, List<String> given, Set<String> known) {
        List<String> upper = given.stream().map(value -> value.toUpperCase(Locale.ROOT)).toList();
        for (String value : upper) {
            if (!known.contains(value)) {
                throw ApiException.unprocessable(
                        "%s must be one of %s, was %s"
                                .formatted(parameter, known.stream().sorted().toList(), value));
            }
        }
        return upper;
    }
}
