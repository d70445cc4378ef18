package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.LargeTables;
import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of spans and traces walk along indexes, with and without figures about the tables. */
class ListPlansTest {

    private static final int PAGE = 100;
    private static final long PROJECT = LargeTables.PROJECT;
    private static final Set<SpanColumn> INDEXED =
            EnumSet.of(
                    SpanColumn.START_TIME,
                    SpanColumn.LATENCY_MS,
                    SpanColumn.TOKENS,
                    SpanColumn.COST);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void lists_walkAlongIndexes(TestEngine engine) {
        try (LargeTables tables = LargeTables.open(engine, folder)) {
            if (tables.plansWithoutFigures()) {
                assertListsWalk(tables);
            }
            tables.analyze();
            assertListsWalk(tables);
        }
    }

    private static void assertListsWalk(LargeTables tables) {
        SpanReader spans = new SpanReader(tables.database());
        for (SortDirection direction : SortDirection.values()) {
            assertSortedSpansWalk(tables, spans, direction);
            assertOthersWalk(tables, spans, direction);
        }
        assertAnnotatedLead(tables, spans);
    }

    private static void assertSortedSpansWalk(
            LargeTables tables, SpanReader spans, SortDirection direction) {
        for (SpanColumn column : INDEXED) {
            for (ListOrder.Part part : column.order(direction, ListedTime.all(PROJECT)).parts()) {
                String list = column + " where " + part.where();
                if (part.ranges() != null && tables.plansWithoutFigures()) {
                    tables.assertMergesRanges(list, part(spans, part));
                } else {
                    tables.assertWalks(list, part(spans, part));
                }
            }
        }
    }

    private static void assertOthersWalk(
            LargeTables tables, SpanReader spans, SortDirection direction) {
        TraceReader traces = new TraceReader(tables.database());
        SpanSearch search = new SpanSearch(tables.database(), spans);
        ConnectionRange first = ConnectionRange.first(PAGE, null);
        ConnectionRange last = ConnectionRange.of(PAGE, PAGE, null, null);
        for (TraceColumn column : TraceColumn.values()) {
            tables.assertWalks(
                    "traces by " + column,
                    () ->
                            traces.ofProject(
                                    PROJECT,
                                    TraceFilter.in(TimeRange.ALL, DSL.noCondition()),
                                    column.keyset(direction),
                                    null,
                                    PAGE));
        }
        var everything =
                new SpanSearch.SpanFilter(
                        TimeRange.ALL, null, null, null, null, null, null, List.of());
        for (boolean byKey : new boolean[] {true, false}) {
            tables.assertWalks(
                    "spans over REST",
                    () ->
                            search.find(
                                    PROJECT,
                                    everything,
                                    search.start(byKey, direction, null),
                                    PAGE));
        }
        for (ConnectionRange range : List.of(first, last)) {
            tables.assertWalks(
                    "spans of a trace", () -> spans.ofTrace(7, DSL.noCondition(), range));
            tables.assertWalks("traces of a session", () -> traces.ofSession(7, range));
        }
    }

    /** What has annotations must be sorted; but nothing else may be looked at for it. */
    private static void assertAnnotatedLead(LargeTables tables, SpanReader spans) {
        Field<Long> key = DSL.field(DSL.name("valued", "row_key"), Long.class);
        Field<Double> score = DSL.field(DSL.name("valued", "annotated"), Double.class);
        var values =
                DSL.select(
                                SPAN_ANNOTATIONS.SPAN_KEY.as("row_key"),
                                DSL.avg(SPAN_ANNOTATIONS.SCORE).cast(Double.class).as("annotated"))
                        .from(SPAN_ANNOTATIONS)
                        .where(
                                SPAN_ANNOTATIONS.NAME.eq("quality"),
                                SPAN_ANNOTATIONS.SCORE.isNotNull())
                        .groupBy(SPAN_ANNOTATIONS.SPAN_KEY)
                        .asTable("valued");
        String plan =
                tables.plan(
                        part(
                                spans,
                                new ListOrder.Part(
                                        new Keyset<>(score, key, SortKey.NUMBER, true),
                                        new ListOrder.Source(
                                                values, key, !tables.plansWithoutFigures()),
                                        DSL.noCondition(),
                                        null)));
        assertThat(plan).as(plan).doesNotContain("AUTOMATIC");
        if (tables.plansWithoutFigures()) {
            assertThat(plan).contains("SEARCH spans USING INTEGER PRIMARY KEY");
        } else {
            assertThat(plan).contains("using spans_pkey").doesNotContain("Hash Join");
        }
    }

    private static Select<Record> part(SpanReader spans, ListOrder.Part part) {
        return spans.part(part, SPANS.PROJECT_ID.eq(PROJECT), PAGE + 1)
                .orderBy(part.order().order())
                .limit(PAGE + 1);
    }
}
