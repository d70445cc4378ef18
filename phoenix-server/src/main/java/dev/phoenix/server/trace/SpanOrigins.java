package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.RESOURCES;
import static dev.phoenix.server.db.jooq.Tables.SCOPES;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;

import dev.phoenix.server.api.AnswerBudget;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.trace.SpanOrigin.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.springframework.stereotype.Service;

/** Reads what sent several spans at once. Many spans share an origin, which is read once. */
@Service
class SpanOrigins {

    private final DSLContext database;

    SpanOrigins(Database database) {
        this.database = database.read();
    }

    Map<Long, SpanOrigin> byKeys(Collection<Long> spanKeys, AnswerBudget budget) {
        Result<? extends Record> spans =
                database.select(
                                SPAN_PAYLOADS.SPAN_KEY,
                                SPAN_PAYLOADS.RESOURCE_KEY,
                                SPAN_PAYLOADS.SCOPE_KEY)
                        .from(SPAN_PAYLOADS)
                        .where(SPAN_PAYLOADS.SPAN_KEY.in(spanKeys))
                        .fetch();
        Map<Long, String> resources =
                resources(distinct(spans, SPAN_PAYLOADS.RESOURCE_KEY), budget);
        Map<Long, Scope> scopes = scopes(distinct(spans, SPAN_PAYLOADS.SCOPE_KEY));
        Map<Long, SpanOrigin> origins = new HashMap<>();
        for (Record span : spans) {
            origins.put(
                    span.get(SPAN_PAYLOADS.SPAN_KEY),
                    new SpanOrigin(
                            resources.get(span.get(SPAN_PAYLOADS.RESOURCE_KEY)),
                            scopes.get(span.get(SPAN_PAYLOADS.SCOPE_KEY))));
        }
        return origins;
    }

    private Map<Long, String> resources(Collection<Long> keys, AnswerBudget budget) {
        Map<Long, String> resources = new HashMap<>();
        for (long key : keys) {
            String attributes =
                    database.select(RESOURCES.ATTRIBUTES)
                            .from(RESOURCES)
                            .where(RESOURCES.ID.eq(key))
                            .fetchOne(RESOURCES.ATTRIBUTES);
            if (attributes != null) {
                budget.take(attributes.length());
                resources.put(key, attributes);
            }
        }
        return resources;
    }

    private Map<Long, Scope> scopes(Collection<Long> keys) {
        return database.select(SCOPES.ID, SCOPES.NAME, SCOPES.VERSION)
                .from(SCOPES)
                .where(SCOPES.ID.in(keys))
                .fetchMap(
                        SCOPES.ID,
                        scope -> new Scope(scope.get(SCOPES.NAME), scope.get(SCOPES.VERSION)));
    }

    private static Collection<Long> distinct(Result<? extends Record> spans, Field<Long> key) {
        return spans.getValues(key).stream().filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
