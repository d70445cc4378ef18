package dev.phoenix.server.session;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.trace.SessionLookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds and lists sessions. */
@Service
public class SessionReader implements SessionLookup {

    private final DSLContext database;

    SessionReader(Database database) {
        this.database = database.read();
    }

    Optional<ProjectSession> find(long key) {
        return database.selectFrom(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.ID.eq(key))
                .fetchOptional(ProjectSession::from);
    }

    Optional<ProjectSession> findBySessionId(String sessionId) {
        return database.selectFrom(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.SESSION_ID.eq(sessionId))
                .fetchOptional(ProjectSession::from);
    }

    public Map<Long, ProjectSession> byKeys(Collection<Long> keys) {
        return database.selectFrom(PROJECT_SESSIONS).where(PROJECT_SESSIONS.ID.in(keys)).stream()
                .map(ProjectSession::from)
                .collect(Collectors.toMap(ProjectSession::key, Function.identity()));
    }

    Page<Listed<ProjectSession>> ofProject(
            long projectKey,
            TimeRange range,
            Keyset<Long> keyset,
            @Nullable String after,
            int limit) {
        Condition start = after == null ? DSL.noCondition() : keyset.after(after);
        var query =
                database.select(PROJECT_SESSIONS.fields())
                        .select(keyset.selected())
                        .from(PROJECT_SESSIONS)
                        .where(PROJECT_SESSIONS.PROJECT_ID.eq(projectKey), activeIn(range), start);
        return keyset.page(query, limit, ProjectSession::from);
    }

    /** In the order of their keys, from this one on. */
    Page<ProjectSession> byKey(
            long projectKey, SortDirection order, @Nullable Long from, int limit) {
        boolean descending = order.descending();
        Condition start =
                from == null
                        ? DSL.noCondition()
                        : descending ? PROJECT_SESSIONS.ID.le(from) : PROJECT_SESSIONS.ID.ge(from);
        return Page.of(
                database.selectFrom(PROJECT_SESSIONS)
                        .where(PROJECT_SESSIONS.PROJECT_ID.eq(projectKey), start)
                        .orderBy(
                                descending ? PROJECT_SESSIONS.ID.desc() : PROJECT_SESSIONS.ID.asc())
                        .limit(limit + 1L)
                        .fetch(ProjectSession::from),
                limit);
    }

    Map<Long, Integer> counts(Collection<Long> projectKeys, TimeRange range) {
        return database.select(PROJECT_SESSIONS.PROJECT_ID, DSL.count())
                .from(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.PROJECT_ID.in(projectKeys), activeIn(range))
                .groupBy(PROJECT_SESSIONS.PROJECT_ID)
                .fetchMap(PROJECT_SESSIONS.PROJECT_ID, DSL.count());
    }

    @Override
    public Collection<Long> keys(Collection<String> identifiers) {
        List<Long> keys = new ArrayList<>();
        List<String> sessionIds = new ArrayList<>();
        for (String identifier : identifiers) {
            GlobalId.keyOf(ProjectSession.TYPE, identifier)
                    .ifPresentOrElse(keys::add, () -> sessionIds.add(identifier));
        }
        Set<Long> named =
                database.select(PROJECT_SESSIONS.ID)
                        .from(PROJECT_SESSIONS)
                        .where(PROJECT_SESSIONS.SESSION_ID.in(sessionIds))
                        .fetchSet(PROJECT_SESSIONS.ID);
        return Stream.concat(keys.stream(), named.stream()).toList();
    }

    private static Condition activeIn(TimeRange range) {
        return range.overlaps(PROJECT_SESSIONS.START_NS, PROJECT_SESSIONS.END_NS);
    }
}
