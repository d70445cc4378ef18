package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.filter.Projection;
import dev.phoenix.server.trace.FrameJson.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Data frames of spans, read a page and a few payloads at a time while they are written. */
@Service
class SpanFrames {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 500;

    private static final List<String> COLUMNS =
            List.of(
                    "name",
                    "span_kind",
                    "parent_id",
                    "start_time",
                    "end_time",
                    "status_code",
                    "status_message",
                    "events",
                    "context.span_id",
                    "context.trace_id");
    private static final List<String> TIMES = List.of("start_time", "end_time");

    private final DSLContext database;
    private final Filters filters;
    private final SpanPayloads payloads;

    SpanFrames(Database database, Filters filters, SpanPayloads payloads) {
        this.database = database.read();
        this.filters = filters;
        this.payloads = payloads;
    }

    /** Which spans the frames of one request show. */
    record Window(@Nullable Long projectKey, TimeRange range, Condition roots, int limit) {}

    /** A query whose condition is understood, so that writing it cannot fail for its words. */
    record Prepared(SpanQuery query, Condition condition) {}

    Prepared prepare(SpanQuery query) {
        try {
            return new Prepared(query, filters.spans(query.condition()));
        } catch (ApiException e) {
            throw e.status() == HttpStatus.BAD_REQUEST
                    ? ApiException.unprocessable(e.getMessage())
                    : e;
        }
    }

    Condition roots(boolean orphansToo) {
        return filters.spans(orphansToo ? "parent_span is None" : "parent_id is None");
    }

    void write(Prepared prepared, Window window, JsonGenerator json) {
        SpanQuery query = prepared.query;
        FrameJson frame = frame(query, json);
        if (window.projectKey != null) {
            Condition spans =
                    SPANS.PROJECT_ID
                            .eq(window.projectKey)
                            .and(window.range.contains(SPANS.START_NS))
                            .and(prepared.condition)
                            .and(window.roots);
            Reading reading = new Reading(query, frame);
            int left = window.limit;
            Condition after = DSL.noCondition();
            while (left > 0) {
                List<Record> page = page(query, spans.and(after), Math.min(left, PAGE));
                reading.write(page);
                left -= page.size();
                if (page.size() < PAGE) {
                    break;
                }
                Record last = page.getLast();
                long start = last.get(SPANS.START_NS);
                after =
                        SPANS.START_NS
                                .le(start)
                                .and(SPANS.START_NS.lt(start).or(SPANS.ID.lt(last.get(SPANS.ID))));
            }
        }
        frame.end();
    }

    private static FrameJson frame(SpanQuery query, JsonGenerator json) {
        List<String> indexes = new ArrayList<>(List.of(query.indexName()));
        Set<String> columns = new LinkedHashSet<>();
        boolean whole = isWhole(query);
        columns.addAll(whole ? COLUMNS : query.columns());
        query.explode()
                .ifPresent(
                        explode -> {
                            indexes.add(explode.position());
                            columns.addAll(explode.parts().keySet());
                        });
        query.concat()
                .ifPresent(
                        concat ->
                                columns.addAll(
                                        concat.parts().isEmpty()
                                                ? List.of(concat.column())
                                                : concat.parts().keySet()));
        List<String> times =
                whole
                        ? TIMES
                        : query.select().entrySet().stream()
                                .filter(entry -> isTime(entry.getValue()))
                                .map(Map.Entry::getKey)
                                .toList();
        return new FrameJson(
                json,
                indexes,
                columns.stream().map(name -> renamed(query, name)).distinct().toList(),
                times.stream().map(name -> renamed(query, name)).toList());
    }

    private static boolean isTime(Projection projection) {
        return projection instanceof Projection.Column(_, _, boolean time) && time;
    }

    private static boolean isWhole(SpanQuery query) {
        return query.select().isEmpty() && query.explode().isEmpty() && query.concat().isEmpty();
    }

    private static String renamed(SpanQuery query, String name) {
        return query.rename().getOrDefault(name, name);
    }

    private List<Record> page(SpanQuery query, Condition spans, int limit) {
        var selected = new LinkedHashSet<>(Span.COLUMNS);
        query.select().values().forEach(value -> addColumn(value, selected));
        addColumn(query.index(), selected);
        return List.copyOf(
                database.select(selected)
                        .from(SPANS)
                        .join(TRACES)
                        .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                        .where(spans)
                        .orderBy(SPANS.START_NS.desc(), SPANS.ID.desc())
                        .limit(limit)
                        .fetch());
    }

    private static void addColumn(Projection value, Set<org.jooq.SelectField<?>> selected) {
        if (value instanceof Projection.Column(Field<?> field, _, _)) {
            selected.add(field);
        }
    }

    /** Makes rows of spans. */
    private final class Reading {

        private final SpanQuery query;
        private final FrameJson frame;

        Reading(SpanQuery query, FrameJson frame) {
            this.query = query;
            this.frame = frame;
        }

        void write(List<Record> page) {
            Map<Long, Record> byKey = new LinkedHashMap<>();
            page.forEach(row -> byKey.put(row.get(SPANS.ID), row));
            for (List<Long> group :
                    byKey.isEmpty() ? List.<List<Long>>of() : payloads.groups(byKey.keySet())) {
                Map<Long, SpanPayload> read = payloads.ofGroup(group);
                for (long key : group) {
                    SpanPayload payload = read.getOrDefault(key, SpanPayload.EMPTY);
                    span(byKey.get(key), payload);
                }
            }
        }

        private void span(@Nullable Record row, SpanPayload payload) {
            if (row == null) {
                return;
            }
            JsonNode attributes = JSON.readTree(payload.attributes());
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            if (isWhole(query)) {
                addWhole(row, payload, values);
                FrameAttributes.addAll(attributes, values);
            }
            for (String name : query.columns()) {
                values.put(
                        name,
                        value(Objects.requireNonNull(query.select().get(name)), row, attributes));
            }
            Map<String, @Nullable Object> index = new LinkedHashMap<>();
            index.put(query.indexName(), value(query.index(), row, attributes));
            JsonNode concatenated =
                    query.concat().map(concat -> list(concat.list(), attributes)).orElse(null);
            query.concat().ifPresent(concat -> addConcatenated(concat, concatenated, values));
            if (query.explode().isPresent()) {
                explode(query.explode().get(), attributes, index, values, concatenated != null);
            } else if (query.concat().isEmpty() || concatenated != null) {
                frame.row(index, renamed(values));
            }
        }

        private void explode(
                SpanQuery.Explode explode,
                JsonNode attributes,
                Map<String, @Nullable Object> index,
                Map<String, @Nullable Object> values,
                boolean concatenated) {
            JsonNode list = list(explode.list(), attributes);
            boolean any = false;
            for (int place = 0; list != null && place < list.size(); place++) {
                JsonNode element = list.get(place);
                if (!element.isObject()) {
                    continue;
                }
                any = true;
                Map<String, @Nullable Object> row = new LinkedHashMap<>(values);
                if (explode.parts().isEmpty()) {
                    FrameAttributes.addFlat(element, row);
                }
                explode.parts()
                        .forEach(
                                (name, path) -> row.put(name, FrameAttributes.part(element, path)));
                index.put(explode.position(), (long) place);
                frame.row(index, renamed(row));
            }
            if (!any && concatenated) {
                index.remove(explode.position());
                frame.row(index, renamed(values));
            }
        }

        private static void addConcatenated(
                SpanQuery.Concat concat,
                @Nullable JsonNode list,
                Map<String, @Nullable Object> values) {
            if (list == null) {
                return;
            }
            if (concat.parts().isEmpty()) {
                values.put(concat.column(), FrameAttributes.joined(list, null, concat.separator()));
            }
            concat.parts()
                    .forEach(
                            (name, path) ->
                                    values.put(
                                            name,
                                            FrameAttributes.joined(
                                                    list, path, concat.separator())));
        }

        private static @Nullable JsonNode list(Projection key, JsonNode attributes) {
            JsonNode value =
                    key instanceof Projection.Attribute(List<Object> path)
                            ? FrameAttributes.at(attributes, path)
                            : null;
            return value != null && value.isArray() ? value : null;
        }

        private static @Nullable Object value(Projection value, Record row, JsonNode attributes) {
            return switch (value) {
                case Projection.Attribute(List<Object> path) ->
                        FrameAttributes.at(attributes, path);
                case Projection.Column(Field<?> field, int unit, boolean time) -> {
                    Object stored = row.get(field);
                    if (stored instanceof Long number) {
                        yield time
                                ? Timestamps.instant(number)
                                : unit == 1 ? number : (Object) ((double) number / unit);
                    }
                    yield stored;
                }
            };
        }

        private static void addWhole(
                Record row, SpanPayload payload, Map<String, @Nullable Object> values) {
            Span span = Span.from(row);
            values.put("name", span.name());
            values.put("span_kind", span.kind());
            values.put("parent_id", span.parentId());
            values.put("start_time", span.startTime());
            values.put("end_time", span.endTime());
            values.put("status_code", span.statusCode());
            values.put("status_message", span.statusMessage());
            values.put("events", new RawJson(payload.events()));
            values.put("context.span_id", span.spanId());
            values.put("context.trace_id", span.traceId());
        }

        private Map<String, @Nullable Object> renamed(Map<String, @Nullable Object> values) {
            if (query.rename().isEmpty()) {
                return values;
            }
            Map<String, @Nullable Object> renamed = new LinkedHashMap<>();
            values.forEach((name, value) -> renamed.put(SpanFrames.renamed(query, name), value));
            return renamed;
        }
    }
}
