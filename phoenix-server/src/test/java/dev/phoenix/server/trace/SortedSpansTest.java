package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static java.time.Instant.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.LargeTables;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.project.RollupWidth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sorted lists of many spans, whose keys lie in several ranges, have all of them in order. */
class SortedSpansTest {

    private static final int PAGE = 1000;
    private static final long APART = 11;
    private static final Condition FILTER = SPANS.SPAN_ID.like("%9%");

    private static final ListedTime EVERYTHING = ListedTime.all(LargeTables.PROJECT);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void pagesOfSortedSpans_areTheSortedSpans(TestEngine engine) {
        try (LargeTables tables = LargeTables.open(engine, folder)) {
            tables.database().transaction(SortedSpansTest::moveApart);
            assertSortedFromTheEnd(tables, SpanColumn.LATENCY_MS, SortDirection.DESC, FILTER);
            assertSortedFromTheEnd(tables, SpanColumn.COST, SortDirection.ASC, FILTER);
            for (SpanColumn column :
                    List.of(SpanColumn.LATENCY_MS, SpanColumn.TOKENS, SpanColumn.COST)) {
                for (SortDirection direction : SortDirection.values()) {
                    assertSorted(tables, column, direction, DSL.noCondition());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void pagesOfAPartOfTime_areItsSortedSpans(TestEngine engine) {
        try (LargeTables tables = LargeTables.open(engine, folder)) {
            tables.database().transaction(SortedSpansTest::moveApart);
            tables.database().transaction(SortedSpansTest::noteHour);
            TimeRange part = new TimeRange(EPOCH.plusNanos(5_000_500), EPOCH.plusMillis(15));
            KeyRangesByTime times = new KeyRangesByTime(tables.database(), 1000);
            ListedTime listed = times.of(LargeTables.PROJECT, part);
            assertThat(listed.byKeyRanges()).isEqualTo(engine == TestEngine.SQLITE);
            for (SpanColumn column :
                    List.of(SpanColumn.LATENCY_MS, SpanColumn.TOKENS, SpanColumn.COST)) {
                for (SortDirection direction : SortDirection.values()) {
                    assertThat(paged(tables, column, direction, listed, FILTER, false))
                            .as("%s %s", column, direction)
                            .isNotEmpty()
                            .isEqualTo(
                                    sorted(
                                            tables,
                                            column,
                                            direction,
                                            FILTER.and(part.contains(SPANS.START_NS))));
                }
            }
        }
    }

    /** All spans start in the first hour. */
    private static int noteHour(DSLContext writer) {
        return writer.insertInto(PROJECT_ROLLUPS)
                .set(PROJECT_ROLLUPS.PROJECT_ID, LargeTables.PROJECT)
                .set(PROJECT_ROLLUPS.WIDTH_NS, RollupWidth.HOUR.nanos())
                .set(PROJECT_ROLLUPS.START_NS, 0L)
                .set(PROJECT_ROLLUPS.SPAN_COUNT, 2000L)
                .set(PROJECT_ROLLUPS.ERROR_COUNT, 0L)
                .set(PROJECT_ROLLUPS.TRACE_COUNT, 0L)
                .set(PROJECT_ROLLUPS.PROMPT_TOKENS, 0L)
                .set(PROJECT_ROLLUPS.COMPLETION_TOKENS, 0L)
                .set(PROJECT_ROLLUPS.SPAN_LATENCIES, new byte[0])
                .set(PROJECT_ROLLUPS.TRACE_LATENCIES, new byte[0])
                .execute();
    }

    /** Over negative keys, because each must be free when it is taken. */
    private static int moveApart(DSLContext writer) {
        writer.deleteFrom(SPAN_ANNOTATIONS).execute();
        writer.update(SPANS).set(SPANS.ID, SPANS.ID.times(-APART)).execute();
        writer.update(SPANS).set(SPANS.ID, SPANS.ID.neg()).execute();
        Field<Long> key = SPAN_COSTS.SPAN_KEY;
        writer.update(SPAN_COSTS).set(key, key.times(-APART)).execute();
        return writer.update(SPAN_COSTS).set(key, key.neg()).execute();
    }

    private static void assertSorted(
            LargeTables tables, SpanColumn column, SortDirection direction, Condition filter) {
        assertThat(paged(tables, column, direction, EVERYTHING, filter, false))
                .as("%s %s", column, direction)
                .hasSizeGreaterThan(PAGE)
                .isEqualTo(sorted(tables, column, direction, filter));
    }

    private static void assertSortedFromTheEnd(
            LargeTables tables, SpanColumn column, SortDirection direction, Condition filter) {
        List<Long> backwards = paged(tables, column, direction, EVERYTHING, filter, true);
        Collections.reverse(backwards);
        assertThat(backwards)
                .as("%s %s from the end", column, direction)
                .isEqualTo(sorted(tables, column, direction, filter));
    }

    private static List<Long> paged(
            LargeTables tables,
            SpanColumn column,
            SortDirection direction,
            ListedTime listed,
            Condition filter,
            boolean backwards) {
        SpanReader spans = new SpanReader(tables.database());
        ListOrder order = column.order(direction, listed);
        List<Long> keys = new ArrayList<>();
        String cursor = null;
        do {
            ConnectionRange range =
                    backwards
                            ? ConnectionRange.of(PAGE, PAGE, null, cursor)
                            : ConnectionRange.first(PAGE, cursor);
            Page<Listed<Span>> page =
                    spans.ofProject(LargeTables.PROJECT, listed.range(), filter, order, range);
            page.rows().forEach(item -> keys.add(item.row().key()));
            cursor = page.next() == null ? null : page.rows().getLast().cursor();
        } while (cursor != null);
        return keys;
    }

    /** What has a value first, by it; then the others by start. */
    private static List<Long> sorted(
            LargeTables tables, SpanColumn column, SortDirection direction, Condition filter) {
        Field<?> tokens = SPANS.PROMPT_TOKENS;
        Field<?> value =
                switch (column) {
                    case LATENCY_MS -> SPANS.END_NS.minus(SPANS.START_NS);
                    case TOKENS -> tokens;
                    default -> SPAN_COSTS.PROMPT_COST;
                };
        List<Row> rows =
                new ArrayList<>(
                        tables.database()
                                .read()
                                .select(SPANS.ID, SPANS.START_NS, value)
                                .from(SPANS)
                                .leftJoin(SPAN_COSTS)
                                .on(SPAN_COSTS.SPAN_KEY.eq(SPANS.ID))
                                .where(SPANS.PROJECT_ID.eq(LargeTables.PROJECT), filter)
                                .fetch(
                                        row ->
                                                new Row(
                                                        row.get(SPANS.ID),
                                                        row.get(SPANS.START_NS),
                                                        row.get(2, Double.class))));
        Comparator<Row> byValue =
                Comparator.comparingDouble((Row row) -> row.value == null ? 0 : row.value)
                        .thenComparingLong(Row::startNs)
                        .thenComparingLong(Row::key);
        Comparator<Row> ordered = direction.descending() ? byValue.reversed() : byValue;
        rows.sort(Comparator.comparing((Row row) -> row.value == null).thenComparing(ordered));
        return rows.stream().map(Row::key).toList();
    }

    private record Row(long key, long startNs, @Nullable Double value) {}
}
