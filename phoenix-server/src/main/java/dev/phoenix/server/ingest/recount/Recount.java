package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.recount.CountedSpan.Total;
import dev.phoenix.server.project.RollupWidth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Compares every sum the writer keeps with the rows it sums: spans with their descendants, traces
 * with their spans and what those cost, sessions with their traces, time buckets with both. Shares
 * no arithmetic with the writer but the bounds of the latency histogram's buckets.
 *
 * <p>The spans of a trace that waits for being added up anew are not compared. Spans are read trace
 * by trace; sessions and time buckets are held in memory. One snapshot is read, so that a server
 * may write meanwhile.
 */
public final class Recount {

    private static final int FETCH_SIZE = 10_000;
    private static final double ROUNDING = 1e-9;

    private final DSLContext database;
    private final Differences differences = new Differences();
    private final Map<Long, CountedSession> sessions = new HashMap<>();
    private final Map<CountedBucket.Key, CountedBucket> buckets = new HashMap<>();

    private Recount(DSLContext database) {
        this.database = database;
    }

    public static Differences of(Database database) {
        return database.read()
                .transactionResult(
                        transaction -> {
                            DSLContext reader = transaction.dsl();
                            if (reader.dialect().family() == org.jooq.SQLDialect.POSTGRES) {
                                reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                            }
                            Recount recount = new Recount(reader);
                            recount.run();
                            return recount.differences;
                        });
    }

    private void run() {
        readTraces();
        compareSessions();
        compareCostsOfSessions();
        new CountedCosts(database, differences).compare();
        compareBuckets();
        findLostPayloads();
        new CountedCalls(database, differences).compare();
    }

    private void readTraces() {
        Set<Long> counted = new HashSet<>();
        List<CountedSpan> spans = new ArrayList<>();
        try (Stream<Record> rows =
                database.select(CountedSpan.COLUMNS)
                        .from(SPANS)
                        .leftJoin(SPAN_COSTS)
                        .on(SPAN_COSTS.SPAN_KEY.eq(SPANS.ID))
                        .orderBy(SPANS.TRACE_KEY, SPANS.START_NS, SPANS.ID)
                        .fetchSize(FETCH_SIZE)
                        .fetchStream()) {
            rows.map(CountedSpan::from)
                    .forEach(
                            span -> {
                                if (!spans.isEmpty()
                                        && spans.getFirst().traceKey() != span.traceKey()) {
                                    counted.add(spans.getFirst().traceKey());
                                    compare(new CountedTrace(List.copyOf(spans)));
                                    spans.clear();
                                }
                                spans.add(span);
                            });
        }
        if (!spans.isEmpty()) {
            counted.add(spans.getFirst().traceKey());
            compare(new CountedTrace(List.copyOf(spans)));
        }
        findEmptyTraces(counted);
    }

    private void findEmptyTraces(Set<Long> counted) {
        try (var keys = database.select(TRACES.ID).from(TRACES).fetchStream()) {
            keys.filter(row -> !counted.contains(row.value1()))
                    .forEach(
                            row ->
                                    differences.add(
                                            "trace %d has no spans".formatted(row.value1())));
        }
    }

    private void compare(CountedTrace trace) {
        long key = trace.spans().getFirst().traceKey();
        Record row = database.selectFrom(TRACES).where(TRACES.ID.eq(key)).fetchOne();
        if (row == null) {
            differences.add("trace %d has spans but no row".formatted(key));
            return;
        }
        String what = "trace " + row.get(TRACES.TRACE_ID);
        trace.findLeftOut(differences);
        if (row.get(TRACES.SUMS_DEFERRED) == 0) {
            trace.compareSums(differences);
            trace.compareNested(differences);
            new CountedLoops(database, differences).compare(trace);
        }
        Total total = trace.total();
        differences.compare(
                what,
                List.of(
                        row.get(TRACES.SPAN_COUNT),
                        row.get(TRACES.ERROR_COUNT),
                        row.get(TRACES.PROMPT_TOKENS),
                        row.get(TRACES.COMPLETION_TOKENS),
                        row.get(TRACES.START_NS),
                        row.get(TRACES.END_NS)),
                List.of(
                        (long) trace.spans().size(),
                        total.errors(),
                        total.prompt(),
                        total.completion(),
                        trace.startNs(),
                        trace.endNs()));
        Long session = row.get(TRACES.SESSION_KEY);
        if (session != null) {
            sessions.merge(session, CountedSession.of(trace), CountedSession::plus);
        }
        countBuckets(trace, row.get(TRACES.PROJECT_ID));
    }

    private void countBuckets(CountedTrace trace, long projectKey) {
        for (RollupWidth width : RollupWidth.values()) {
            for (CountedSpan span : trace.spans()) {
                bucket(span.projectKey(), width, span.startNs()).addSpan(span, span.upTo(0));
            }
            bucket(projectKey, width, trace.startNs()).addTrace(trace);
        }
    }

    private CountedBucket bucket(long projectKey, RollupWidth width, long timeNs) {
        return buckets.computeIfAbsent(
                new CountedBucket.Key(projectKey, width.nanos(), width.startOf(timeNs)),
                any -> new CountedBucket());
    }

    private void compareSessions() {
        try (var rows = database.selectFrom(PROJECT_SESSIONS).fetchStream()) {
            rows.forEach(
                    row -> {
                        CountedSession counted = sessions.remove(row.get(PROJECT_SESSIONS.ID));
                        String what = "session " + row.get(PROJECT_SESSIONS.SESSION_ID);
                        if (counted == null) {
                            differences.add(what + " has no traces");
                        } else {
                            differences.compare(what, CountedSession.from(row), counted);
                        }
                    });
        }
        sessions.keySet().forEach(key -> differences.add("session %d has no row".formatted(key)));
    }

    /** But for what rounding leaves behind. */
    private void compareCostsOfSessions() {
        Map<Long, Double> costs = new HashMap<>();
        try (var rows =
                database.select(
                                TRACES.SESSION_KEY,
                                SPAN_COSTS.PROMPT_COST,
                                SPAN_COSTS.COMPLETION_COST)
                        .from(TRACES)
                        .join(SPANS)
                        .on(SPANS.TRACE_KEY.eq(TRACES.ID))
                        .join(SPAN_COSTS)
                        .on(SPAN_COSTS.SPAN_KEY.eq(SPANS.ID))
                        .where(TRACES.SESSION_KEY.isNotNull(), SPAN_COSTS.REPEATS.lt(2))
                        .fetchSize(FETCH_SIZE)
                        .fetchStream()) {
            rows.forEach(
                    row ->
                            costs.merge(
                                    row.value1(),
                                    orZero(row.value2()) + orZero(row.value3()),
                                    Double::sum));
        }
        try (var rows =
                database.select(PROJECT_SESSIONS.ID, PROJECT_SESSIONS.COST)
                        .from(PROJECT_SESSIONS)
                        .fetchStream()) {
            rows.forEach(
                    row -> {
                        double counted = costs.getOrDefault(row.value1(), 0.0);
                        double apart = Math.abs(row.value2() - counted);
                        if (apart > ROUNDING * Math.max(1, counted)) {
                            differences.compare(
                                    "cost of session %d".formatted(row.value1()),
                                    row.value2(),
                                    counted);
                        }
                    });
        }
    }

    private static double orZero(@Nullable Double cost) {
        return cost == null ? 0 : cost;
    }

    private void compareBuckets() {
        try (var rows = database.selectFrom(PROJECT_ROLLUPS).fetchSize(FETCH_SIZE).fetchStream()) {
            rows.forEach(
                    row -> {
                        CountedBucket.Key key = CountedBucket.Key.from(row);
                        CountedBucket counted = buckets.remove(key);
                        differences.compare(
                                key.toString(),
                                CountedBucket.describe(row),
                                (counted == null ? new CountedBucket() : counted).describe());
                    });
        }
        buckets.keySet().forEach(key -> differences.add(key + " has no row"));
    }

    private void findLostPayloads() {
        int lost =
                database.fetchCount(
                        database.select(SPANS.ID)
                                .from(SPANS)
                                .leftJoin(SPAN_PAYLOADS)
                                .on(SPAN_PAYLOADS.SPAN_KEY.eq(SPANS.ID))
                                .where(SPAN_PAYLOADS.SPAN_KEY.isNull()));
        if (lost > 0) {
            differences.add(lost + " spans have no payload");
        }
        long payloads = database.select(DSL.count()).from(SPAN_PAYLOADS).fetchSingle().value1();
        long spans = database.select(DSL.count()).from(SPANS).fetchSingle().value1();
        if (payloads + lost != spans) {
            differences.add("%d payloads belong to no span".formatted(payloads + lost - spans));
        }
    }
}
