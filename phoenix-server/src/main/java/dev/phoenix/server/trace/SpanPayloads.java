package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static org.jooq.impl.DSL.field;

import dev.phoenix.server.api.AnswerBudget;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Documents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.springframework.stereotype.Service;

/**
 * Reads the payloads of spans: many small ones with one query, large ones alone, so that no query
 * brings more into memory than a group or one payload.
 */
@Service
class SpanPayloads {

    private static final Field<String> ATTRIBUTES = Documents.text(SPAN_PAYLOADS.ATTRIBUTES);

    /** PostgreSQL tells the compressed size, so a group may be many times larger in memory. */
    private static final long GROUP_BYTES = 128 * 1024;

    private final DSLContext database;
    private final Field<Long> size;

    SpanPayloads(Database database) {
        this.database = database.read();
        this.size =
                switch (database.engine()) {
                    case SQLITE ->
                            Documents.size(SPAN_PAYLOADS.ATTRIBUTES)
                                    .plus(Documents.size(SPAN_PAYLOADS.EVENTS));
                    case POSTGRESQL ->
                            field(
                                    "pg_column_size({0}) + pg_column_size({1})",
                                    Long.class, SPAN_PAYLOADS.ATTRIBUTES, SPAN_PAYLOADS.EVENTS);
                };
    }

    /** All at once, for an answer that is built in memory. */
    Map<Long, SpanPayload> byKeys(Collection<Long> spanKeys, AnswerBudget budget) {
        Map<Long, SpanPayload> found = new HashMap<>();
        for (List<Long> group : groups(spanKeys)) {
            Map<Long, SpanPayload> payloads = ofGroup(group);
            payloads.values().forEach(payload -> budget.take(payload.size()));
            found.putAll(payloads);
        }
        return found;
    }

    /** The spans in the same order, parted so that each part is a group to read at once. */
    List<List<Long>> groups(Collection<Long> spanKeys) {
        Map<Long, Long> sizes =
                database.select(SPAN_PAYLOADS.SPAN_KEY, size)
                        .from(SPAN_PAYLOADS)
                        .where(SPAN_PAYLOADS.SPAN_KEY.in(spanKeys))
                        .fetchMap(SPAN_PAYLOADS.SPAN_KEY, size);
        List<List<Long>> groups = new ArrayList<>();
        long bytes = 0;
        for (long key : spanKeys) {
            long payload = sizes.getOrDefault(key, 0L);
            bytes += payload;
            if (groups.isEmpty() || bytes > GROUP_BYTES) {
                groups.add(new ArrayList<>());
                bytes = payload;
            }
            groups.getLast().add(key);
        }
        return groups;
    }

    Map<Long, SpanPayload> ofGroup(List<Long> spanKeys) {
        return database.select(
                        SPAN_PAYLOADS.SPAN_KEY,
                        ATTRIBUTES,
                        SPAN_PAYLOADS.EVENTS,
                        SPAN_PAYLOADS.LINKS,
                        SPAN_PAYLOADS.DERIVATION)
                .from(SPAN_PAYLOADS)
                .where(SPAN_PAYLOADS.SPAN_KEY.in(spanKeys))
                .fetchMap(SPAN_PAYLOADS.SPAN_KEY, SpanPayloads::payload);
    }

    private static SpanPayload payload(Record row) {
        return new SpanPayload(
                row.get(ATTRIBUTES).stripTrailing(),
                row.get(SPAN_PAYLOADS.EVENTS),
                row.get(SPAN_PAYLOADS.LINKS),
                row.get(SPAN_PAYLOADS.DERIVATION));
    }
}
