package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.count;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Which of the spans that name the same response of a provider count, and where. */
final class CountedCalls {

    private static final int MOST_REPORTS = 16;
    private static final int NONE = 0;
    private static final int IN_PROJECT = 1;
    private static final int IN_SESSION = 2;
    private static final int IN_TRACE = 3;
    private static final int SUM_OF_SPANS_BELOW = 4;
    private static final long SECOND = 1_000_000_000L;

    /** More than all other details together. */
    private static final int COST = 8;

    private final DSLContext database;
    private final Differences differences;

    CountedCalls(DSLContext database, Differences differences) {
        this.database = database;
        this.differences = differences;
    }

    /** A span that names a response. */
    private record Report(
            long trace,
            @Nullable Long session,
            String spanId,
            long startNs,
            long endNs,
            long prompt,
            long completion,
            int detail,
            int repeats,
            boolean isSettled) {

        static Report from(Record row) {
            return new Report(
                    row.get(TRACES.ID),
                    row.get(TRACES.SESSION_KEY),
                    row.get(SPANS.SPAN_ID),
                    row.get(SPANS.START_NS),
                    row.get(SPANS.END_NS),
                    orZero(row.get(SPANS.PROMPT_TOKENS)),
                    orZero(row.get(SPANS.COMPLETION_TOKENS)),
                    (row.get(SPAN_COSTS.SPAN_KEY) == null ? 0 : COST)
                            + (row.get(SPAN_COSTS.DETAILS) == null ? 0 : 4)
                            + (row.get(SPANS.OUTPUT_PREVIEW) == null ? 0 : 2)
                            + (row.get(SPANS.INPUT_PREVIEW) == null ? 0 : 1),
                    row.get(SPANS.REPEATS),
                    row.get(TRACES.SUMS_DEFERRED) == 0);
        }

        private static long orZero(@Nullable Long tokens) {
            return tokens == null ? 0 : tokens;
        }

        boolean hasCost() {
            return detail >= COST;
        }

        int sides() {
            return (prompt > 0 ? 1 : 0) + (completion > 0 ? 1 : 0);
        }

        boolean isLinkedTo(Report other) {
            return (prompt == other.prompt && completion == other.completion)
                    || Math.max(startNs, other.startNs) - Math.min(endNs, other.endNs) <= SECOND;
        }
    }

    void compare() {
        try (var calls =
                database.select(SPANS.CALL_HASH, SPANS.PROJECT_ID, count())
                        .from(SPANS)
                        .where(SPANS.CALL_HASH.isNotNull())
                        .groupBy(SPANS.CALL_HASH, SPANS.PROJECT_ID)
                        .fetchStream()) {
            calls.forEach(call -> compare(call.value1(), call.value2(), call.value3()));
        }
    }

    private void compare(Long callHash, long projectKey, int count) {
        if (count == 1) {
            if (isMarked(callHash, projectKey)) {
                differences.add("the only report of call %d repeats another".formatted(callHash));
            }
        } else if (count > MOST_REPORTS) {
            if (isMarked(callHash, projectKey)) {
                differences.add("call %d has too many reports to be one".formatted(callHash));
            }
        } else {
            compare(reports(callHash, projectKey));
        }
    }

    private boolean isMarked(Long callHash, long projectKey) {
        return database.fetchExists(
                SPANS,
                SPANS.CALL_HASH
                        .eq(callHash)
                        .and(SPANS.PROJECT_ID.eq(projectKey))
                        .and(SPANS.REPEATS.between(IN_PROJECT, IN_TRACE)));
    }

    private List<Report> reports(Long callHash, long projectKey) {
        return database.select(
                        TRACES.ID,
                        TRACES.SESSION_KEY,
                        TRACES.SUMS_DEFERRED,
                        SPANS.SPAN_ID,
                        SPANS.START_NS,
                        SPANS.END_NS,
                        SPANS.PROMPT_TOKENS,
                        SPANS.COMPLETION_TOKENS,
                        SPANS.OUTPUT_PREVIEW,
                        SPANS.INPUT_PREVIEW,
                        SPANS.REPEATS,
                        SPAN_COSTS.SPAN_KEY,
                        SPAN_COSTS.DETAILS)
                .from(SPANS)
                .join(TRACES)
                .on(TRACES.ID.eq(SPANS.TRACE_KEY))
                .leftJoin(SPAN_COSTS)
                .on(SPAN_COSTS.SPAN_KEY.eq(SPANS.ID))
                .where(SPANS.CALL_HASH.eq(callHash), SPANS.PROJECT_ID.eq(projectKey))
                .fetch(Report::from);
    }

    private void compare(List<Report> all) {
        if (!all.stream().allMatch(Report::isSettled)) {
            return;
        }
        List<Report> reports =
                all.stream()
                        .filter(report -> report.repeats < SUM_OF_SPANS_BELOW)
                        .sorted(
                                Comparator.comparingInt((Report report) -> -report.sides())
                                        .thenComparing(report -> !report.hasCost())
                                        .thenComparingLong(
                                                report -> -report.prompt - report.completion)
                                        .thenComparingInt(report -> -report.detail)
                                        .thenComparingLong(Report::startNs)
                                        .thenComparing(Report::spanId))
                        .collect(Collectors.toCollection(ArrayList::new));
        for (Report report : reports) {
            Set<Report> linked = linked(report, reports);
            List<Report> better =
                    reports.subList(0, reports.indexOf(report)).stream()
                            .filter(linked::contains)
                            .toList();
            differences.compare(
                    "repetition of span " + report.spanId, report.repeats, level(report, better));
        }
    }

    private static Set<Report> linked(Report first, List<Report> reports) {
        Set<Report> linked = new HashSet<>(Set.of(first));
        Deque<Report> open = new ArrayDeque<>(linked);
        while (!open.isEmpty()) {
            Report at = open.pop();
            for (Report other : reports) {
                if (at.isLinkedTo(other) && linked.add(other)) {
                    open.push(other);
                }
            }
        }
        return linked;
    }

    private static int level(Report report, List<Report> better) {
        int level = NONE;
        for (Report other : better) {
            boolean sameSession = report.session != null && report.session.equals(other.session);
            int one =
                    other.trace == report.trace ? IN_TRACE : sameSession ? IN_SESSION : IN_PROJECT;
            level = Math.max(level, one);
        }
        return level;
    }
}
