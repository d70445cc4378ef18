package dev.phoenix.server.session;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.ListOrder;
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
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds and lists sessions. */
@Service
public class SessionReader implements SessionLookup {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int NEXT_KEYS = 5000;

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
            Condition condition,
            ListOrder order,
            ConnectionRange page) {
        return order.page(
                (part, rows) ->
                        part(part)
                                .and(PROJECT_SESSIONS.PROJECT_ID.eq(projectKey))
                                .and(activeIn(range))
                                .and(condition),
                page,
                ProjectSession::from);
    }

    /** In this order on SQLite, too: what is annotated leads. */
    private SelectConditionStep<Record> part(ListOrder.Part part) {
        ListOrder.Source source = part.source();
        return database.select(PROJECT_SESSIONS.fields())
                .select(part.order().selected())
                .select(source == null ? List.of() : List.of(source.key()))
                .from(
                        source == null
                                ? PROJECT_SESSIONS
                                : source.in(part.order()).crossJoin(PROJECT_SESSIONS))
                .where(source == null ? DSL.noCondition() : PROJECT_SESSIONS.ID.eq(source.key()))
                .and(part.where());
    }

    int count(long projectKey, TimeRange range, Condition condition) {
        return database.fetchCount(
                PROJECT_SESSIONS,
                PROJECT_SESSIONS.PROJECT_ID.eq(projectKey),
                activeIn(range),
                condition);
    }

    /**
     * In the order of their keys, from this one on. No index has a project's sessions in this
     * order: they are looked for among the next keys first, and all of the project's are sorted
     * only where it has few among them.
     */
    Page<ProjectSession> byKey(
            long projectKey,
            Condition filter,
            SortDirection order,
            @Nullable Long from,
            int limit) {
        KeyWalk walk = new KeyWalk(order.descending(), from);
        Long end =
                database.select(PROJECT_SESSIONS.ID)
                        .from(PROJECT_SESSIONS)
                        .where(walk.start())
                        .orderBy(walk.order())
                        .limit(1)
                        .offset(NEXT_KEYS)
                        .fetchOne(PROJECT_SESSIONS.ID);
        Field<Long> project = PROJECT_SESSIONS.PROJECT_ID;
        List<ProjectSession> next =
                byKey(
                        walk,
                        walk.before(end).and(unindexed(project).eq(projectKey)).and(filter),
                        limit);
        return Page.of(
                end == null || next.size() > limit
                        ? next
                        : byKey(walk, project.eq(projectKey).and(filter), limit),
                limit);
    }

    private List<ProjectSession> byKey(KeyWalk walk, Condition which, int limit) {
        return database.selectFrom(PROJECT_SESSIONS)
                .where(walk.start(), which)
                .orderBy(walk.order())
                .limit(limit + 1L)
                .fetch(ProjectSession::from);
    }

    /** What SQLite looks for in no index: it would rather sort than walk along the keys. */
    private Field<Long> unindexed(Field<Long> column) {
        return database.family() == SQLDialect.SQLITE
                ? DSL.field("+{0}", Long.class, column)
                : column;
    }

    private record KeyWalk(boolean descending, @Nullable Long from) {

        private SortField<Long> order() {
            return descending ? PROJECT_SESSIONS.ID.desc() : PROJECT_SESSIONS.ID.asc();
        }

        private Condition start() {
            long first = from != null ? from : descending ? Long.MAX_VALUE : 0;
            return descending ? PROJECT_SESSIONS.ID.le(first) : PROJECT_SESSIONS.ID.ge(first);
        }

        private Condition before(@Nullable Long end) {
            return end == null
                    ? DSL.noCondition()
                    : descending ? PROJECT_SESSIONS.ID.gt(end) : PROJECT_SESSIONS.ID.lt(end);
        }
    }

    Map<Long, Integer> counts(Collection<Long> projectKeys, TimeRange range) {
        return database.select(PROJECT_SESSIONS.PROJECT_ID, DSL.count())
                .from(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.PROJECT_ID.in(projectKeys), activeIn(range))
                .groupBy(PROJECT_SESSIONS.PROJECT_ID)
                .fetchMap(PROJECT_SESSIONS.PROJECT_ID, DSL.count());
    }

    /** How many sessions there are, how long they took together and how many traces they have. */
    record Totals(int sessions, double durationNs, double traces) {

        static final Totals NONE = new Totals(0, 0, 0);
    }

    Map<Long, Totals> totals(Collection<Long> projectKeys, TimeRange range, Condition condition) {
        var duration = DSL.sum(duration());
        var traces = DSL.sum(PROJECT_SESSIONS.TRACE_COUNT);
        return database.select(PROJECT_SESSIONS.PROJECT_ID, DSL.count(), duration, traces)
                .from(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.PROJECT_ID.in(projectKeys), activeIn(range), condition)
                .groupBy(PROJECT_SESSIONS.PROJECT_ID)
                .fetchMap(
                        PROJECT_SESSIONS.PROJECT_ID,
                        row ->
                                new Totals(
                                        row.value2(),
                                        row.value3().doubleValue(),
                                        row.value4().doubleValue()));
    }

    /** In milliseconds, between two durations if need be; null without sessions. */
    @Nullable Double durationQuantile(
            long projectKey, TimeRange range, Condition condition, double probability) {
        Totals totals =
                totals(List.of(projectKey), range, condition).getOrDefault(projectKey, Totals.NONE);
        if (totals.sessions == 0) {
            return null;
        }
        double place = (totals.sessions - 1) * probability;
        List<Long> neighbours =
                database.select(duration())
                        .from(PROJECT_SESSIONS)
                        .where(
                                PROJECT_SESSIONS.PROJECT_ID.eq(projectKey),
                                activeIn(range),
                                condition)
                        .orderBy(duration())
                        .limit(2)
                        .offset((long) place)
                        .fetch(row -> row.value1());
        double share = place - Math.floor(place);
        return (neighbours.getFirst() * (1 - share) + neighbours.getLast() * share)
                / NANOS_PER_MILLI;
    }

    private static Field<Long> duration() {
        return PROJECT_SESSIONS.END_NS.minus(PROJECT_SESSIONS.START_NS);
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
