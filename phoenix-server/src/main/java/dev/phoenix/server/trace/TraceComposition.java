package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static org.jooq.impl.DSL.count;

import dev.phoenix.server.api.AnswerBudget;
import dev.phoenix.server.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the spans of traces are, for several traces at once. */
@Service
class TraceComposition {

    private final DSLContext database;
    private final SpanEvents events;

    TraceComposition(Database database, SpanEvents events) {
        this.database = database.read();
        this.events = events;
    }

    record KindCount(String spanKind, int count) {}

    /**
     * @param exceptionType null where a failed span tells of no exception
     */
    record ErrorCount(@Nullable String exceptionType, int count) {}

    /** Most frequent first. */
    Map<Long, List<KindCount>> kinds(Collection<Long> traceKeys) {
        return database.select(SPANS.TRACE_KEY, SPANS.SPAN_KIND, count())
                .from(SPANS)
                .where(SPANS.TRACE_KEY.in(traceKeys))
                .groupBy(SPANS.TRACE_KEY, SPANS.SPAN_KIND)
                .orderBy(count().desc(), SPANS.SPAN_KIND)
                .fetchGroups(
                        row -> row.value1(),
                        row -> new KindCount(row.value2().toLowerCase(Locale.ROOT), row.value3()));
    }

    /** Failed spans by the type of their last exception, most frequent first. */
    Map<Long, List<ErrorCount>> errors(Collection<Long> traceKeys, AnswerBudget budget) {
        Map<Long, Map<String, Integer>> counts = new HashMap<>();
        database.transaction(
                transaction -> {
                    var failed =
                            transaction
                                    .dsl()
                                    .select(SPANS.TRACE_KEY, SPAN_PAYLOADS.EVENTS)
                                    .from(SPANS)
                                    .join(SPAN_PAYLOADS)
                                    .on(SPAN_PAYLOADS.SPAN_KEY.eq(SPANS.ID))
                                    .where(SPANS.TRACE_KEY.in(traceKeys))
                                    .and(SPANS.STATUS_CODE.eq("ERROR"))
                                    .fetchSize(100);
                    try (var rows = failed.fetchLazy()) {
                        for (var row : rows) {
                            budget.take(row.value2().length());
                            counts.computeIfAbsent(row.value1(), _ -> new HashMap<>())
                                    .merge(exceptionType(row.value2()), 1, Integer::sum);
                        }
                    }
                });
        Map<Long, List<ErrorCount>> errors = new HashMap<>();
        counts.forEach((trace, types) -> errors.put(trace, sorted(types)));
        return errors;
    }

    private static List<ErrorCount> sorted(Map<String, Integer> types) {
        List<ErrorCount> errors = new ArrayList<>();
        types.forEach(
                (type, times) -> errors.add(new ErrorCount(type.isEmpty() ? null : type, times)));
        errors.sort(
                Comparator.comparingInt(ErrorCount::count)
                        .reversed()
                        .thenComparing(
                                ErrorCount::exceptionType,
                                Comparator.nullsLast(Comparator.naturalOrder())));
        return errors;
    }

    /** Empty where there is none. */
    private String exceptionType(String stored) {
        for (SpanEvents.Event event : events.events(stored).reversed()) {
            if (event.name().equals("exception")
                    && event.attributes().get("exception.type") instanceof String type) {
                return type;
            }
        }
        return "";
    }
}
