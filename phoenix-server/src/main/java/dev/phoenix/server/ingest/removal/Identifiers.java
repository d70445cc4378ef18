package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Finds rows by what clients call them: a global id, or the id that senders know. */
@Component
class Identifiers {

    private static final String SPAN = "Span";
    private static final String TRACE = "Trace";
    private static final String SESSION = "ProjectSession";
    private static final int NAMED_IN_ERRORS = 10;

    /** Those that are listed at once. */
    static final int MOST_TRACES = 10_000;

    private final DSLContext database;

    Identifiers(Database database) {
        this.database = database.read();
    }

    /**
     * A trace that was found.
     *
     * @param spanCount how many spans it had then
     */
    record Found(long key, long projectKey, long spanCount) {}

    long span(String identifier) {
        return one(
                SPAN, identifier, keys(SPAN, List.of(identifier), SPANS, SPANS.ID, SPANS.SPAN_ID));
    }

    long session(String identifier) {
        return one(SESSION, identifier, sessions(List.of(identifier)));
    }

    /** By identifier; unknown ones are left out. */
    Map<String, Long> sessions(Collection<String> identifiers) {
        return keys(
                SESSION,
                identifiers,
                PROJECT_SESSIONS,
                PROJECT_SESSIONS.ID,
                PROJECT_SESSIONS.SESSION_ID);
    }

    /** Those that show them, and those of their traces. */
    Set<Long> projectsOfSessions(Collection<Long> keys) {
        return database.select(PROJECT_SESSIONS.PROJECT_ID)
                .from(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.ID.in(keys))
                .union(
                        DSL.select(TRACES.PROJECT_ID)
                                .from(TRACES)
                                .where(TRACES.SESSION_KEY.in(keys)))
                .fetchSet(0, Long.class);
    }

    static boolean isSessionId(String identifier) {
        return GlobalId.keyOf(SESSION, identifier).isEmpty();
    }

    Found trace(String identifier) {
        return traces(List.of(identifier)).getFirst();
    }

    /** Each once; all of them, or 404 with those that there are not. */
    List<Found> traces(Collection<String> identifiers) {
        if (identifiers.size() > MOST_TRACES) {
            throw ApiException.unprocessable(
                    "at most %d traces may be named at once, were %d"
                            .formatted(MOST_TRACES, identifiers.size()));
        }
        Map<String, Long> keys = keys(TRACE, identifiers, TRACES, TRACES.ID, TRACES.TRACE_ID);
        List<String> unknown =
                identifiers.stream().filter(one -> !keys.containsKey(one)).distinct().toList();
        if (!unknown.isEmpty()) {
            throw ApiException.notFound(
                    "there are no traces with these ids: "
                            + unknown.stream()
                                    .limit(NAMED_IN_ERRORS)
                                    .collect(Collectors.joining(", ")));
        }
        return found(TRACES.ID.in(keys.values()));
    }

    /** One more than may be listed, where there are so many. */
    List<Found> tracesOfSessions(Collection<Long> keys) {
        return found(TRACES.SESSION_KEY.in(keys));
    }

    private List<Found> found(Condition which) {
        return database.select(TRACES.ID, TRACES.PROJECT_ID, TRACES.SPAN_COUNT)
                .from(TRACES)
                .where(which)
                .orderBy(TRACES.ID)
                .limit(MOST_TRACES + 1)
                .fetch(row -> new Found(row.value1(), row.value2(), row.value3()));
    }

    private static long one(String type, String identifier, Map<String, Long> found) {
        Long key = found.get(identifier);
        if (key == null) {
            throw ApiException.notFound(
                    "there is no %s with the id %s".formatted(type, identifier));
        }
        return key;
    }

    private Map<String, Long> keys(
            String type,
            Collection<String> identifiers,
            Table<? extends Record> table,
            Field<Long> key,
            Field<String> name) {
        Map<Long, List<String>> byKey = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String identifier : identifiers) {
            OptionalLong id = GlobalId.keyOf(type, identifier);
            if (id.isPresent()) {
                byKey.computeIfAbsent(id.getAsLong(), any -> new ArrayList<>()).add(identifier);
            } else if (identifier.indexOf('\0') < 0) {
                // Nothing stored has a NUL, and PostgreSQL refuses to look for it.
                names.add(identifier);
            }
        }
        Map<String, Long> found = new HashMap<>();
        if (!names.isEmpty()) {
            found.putAll(
                    database.select(name, key)
                            .from(table)
                            .where(name.in(names))
                            .fetchMap(name, key));
        }
        if (!byKey.isEmpty()) {
            database.select(key)
                    .from(table)
                    .where(key.in(byKey.keySet()))
                    .fetch(key)
                    .forEach(
                            one ->
                                    byKey.getOrDefault(one, List.of())
                                            .forEach(text -> found.put(text, one)));
        }
        return found;
    }
}
