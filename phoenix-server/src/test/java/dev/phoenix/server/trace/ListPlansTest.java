package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sorted lists of spans walk along indexes, with and without figures about the tables. */
class ListPlansTest {

    private static final int SPAN_COUNT = 20_000;
    private static final Set<SpanColumn> INDEXED =
            EnumSet.of(
                    SpanColumn.START_TIME,
                    SpanColumn.LATENCY_MS,
                    SpanColumn.TOKENS,
                    SpanColumn.COST);

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void sortedLists_walkAlongIndexes(TestEngine engine, @TempDir Path folder) {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()))) {
            fill(database);
            if (engine.engine() == Engine.SQLITE) {
                assertWalks(database);
            }
            database.transaction(writer -> writer.execute("ANALYZE"));
            assertWalks(database);
        }
    }

    private static void assertWalks(Database database) {
        SpanReader spans = new SpanReader(database);
        for (SpanColumn column : INDEXED) {
            for (SortDirection direction : SortDirection.values()) {
                ListOrder order = column.order(direction, 1, TimeRange.ALL);
                ListOrder.Valued valued = order.valued();
                if (valued != null) {
                    assertWalks(database, spans, valued.order(), valued.source(), valued.has());
                }
                Condition rest = valued == null ? DSL.noCondition() : valued.lacks();
                assertWalks(database, spans, order.rest(), null, rest);
            }
        }
    }

    private static void assertWalks(
            Database database,
            SpanReader spans,
            Keyset<?> keyset,
            ListOrder.@Nullable Source source,
            Condition where) {
        var query =
                spans.part(keyset, source, SPANS.PROJECT_ID.eq(1L).and(where))
                        .orderBy(keyset.order())
                        .limit(101);
        String explain = database.engine() == Engine.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
        String plan = database.read().fetch(explain + query.getSQL(ParamType.INLINED)).format(100);
        assertThat(plan)
                .as(keyset + "\n" + plan)
                .doesNotContain("Sort")
                .doesNotContain("Seq Scan on spans")
                .doesNotContain("TEMP B-TREE")
                .doesNotContain("SCAN spans");
    }

    /** Nine of ten spans in one project, four of ten with tokens and costs. */
    private static void fill(Database database) {
        database.transaction(
                writer -> {
                    for (int project = 1; project <= 2; project++) {
                        writer.execute(
                                "INSERT INTO projects (id, name, gradient_start_color, gradient_end_color, created_at_ns, updated_at_ns) VALUES (%d, 'p%d', '', '', 0, 0) ON CONFLICT DO NOTHING"
                                        .formatted(project, project));
                    }
                    String numbers =
                            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d) "
                                    .formatted(SPAN_COUNT);
                    writer.execute(
                            """
                            INSERT INTO traces (id, trace_id, project_id, start_ns, end_ns, span_count, error_count,
                                prompt_tokens, completion_tokens)
                            %s SELECT n, 't' || n, CASE WHEN n %% 10 = 0 THEN 2 ELSE 1 END, n, n, 1, 0, 0, 0
                            FROM numbers WHERE n <= %d\
                            """
                                    .formatted(numbers, SPAN_COUNT));
                    writer.execute(
                            """
                            INSERT INTO spans (id, trace_key, project_id, start_ns, end_ns, ingested_at_ns, prompt_tokens,
                                document_count, span_id, name, span_kind, status_code, status_message)
                            %s SELECT n, n, CASE WHEN n %% 10 = 0 THEN 2 ELSE 1 END, n * 1000, n * 1000 + n * 7919 %% 10007, n,
                                CASE WHEN n %% 5 < 2 THEN n * 31 %% 997 END, 0, 's' || n, 'span', 'LLM', 'UNSET', '' FROM numbers\
                            """
                                    .formatted(numbers));
                    return writer.execute(
                            """
                            INSERT INTO span_costs (span_key, project_id, start_ns, prompt_tokens, prompt_cost)
                            SELECT id, project_id, start_ns, prompt_tokens, prompt_tokens * 0.001
                            FROM spans WHERE prompt_tokens IS NOT NULL\
                            """);
                });
    }
}
