package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.RESOURCES;
import static dev.phoenix.server.db.jooq.Tables.SCOPES;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.trace.SpanPayload.Scope;
import java.util.Collection;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Service;

/** Reads the payloads of several spans at once. */
@Service
class SpanPayloads {

    private final DSLContext database;

    SpanPayloads(Database database) {
        this.database = database.read();
    }

    Map<Long, SpanPayload> byKeys(Collection<Long> spanKeys) {
        return database.select(
                        SPAN_PAYLOADS.SPAN_KEY,
                        SPAN_PAYLOADS.ATTRIBUTES,
                        SPAN_PAYLOADS.EVENTS,
                        SPAN_PAYLOADS.LINKS,
                        RESOURCES.ATTRIBUTES,
                        SCOPES.NAME,
                        SCOPES.VERSION)
                .from(SPAN_PAYLOADS)
                .leftJoin(RESOURCES)
                .on(RESOURCES.ID.eq(SPAN_PAYLOADS.RESOURCE_KEY))
                .leftJoin(SCOPES)
                .on(SCOPES.ID.eq(SPAN_PAYLOADS.SCOPE_KEY))
                .where(SPAN_PAYLOADS.SPAN_KEY.in(spanKeys))
                .fetchMap(SPAN_PAYLOADS.SPAN_KEY, SpanPayloads::payload);
    }

    private static SpanPayload payload(Record row) {
        String scope = row.get(SCOPES.NAME);
        return new SpanPayload(
                row.get(SPAN_PAYLOADS.ATTRIBUTES),
                row.get(SPAN_PAYLOADS.EVENTS),
                row.get(SPAN_PAYLOADS.LINKS),
                row.get(RESOURCES.ATTRIBUTES),
                scope == null ? null : new Scope(scope, row.get(SCOPES.VERSION)));
    }
}
