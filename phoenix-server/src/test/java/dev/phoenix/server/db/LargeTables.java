package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.Select;
import org.jooq.conf.ParamType;
import org.jooq.impl.DefaultExecuteListenerProvider;

/**
 * A database with many spans, written straight into its tables, and the plans of what is asked of
 * it. {@code -Dphoenix.plans.spans} says how many.
 */
public final class LargeTables implements ExecuteListener, AutoCloseable {

    /** Nine of ten spans are its own, the others belong to project 2. */
    public static final long PROJECT = 1;

    private static final long SPANS = Long.getLong("phoenix.plans.spans", 20_000);

    private final Database database;
    private final List<String> asked = new ArrayList<>();

    private LargeTables(Database database) {
        this.database = database;
        ExecuteListenerProvider[] before =
                database.read().configuration().executeListenerProviders();
        ExecuteListenerProvider[] all = Arrays.copyOf(before, before.length + 1);
        all[before.length] = new DefaultExecuteListenerProvider(this);
        database.read().configuration().set(all);
    }

    /** Without figures about the tables. */
    public static LargeTables open(TestEngine engine, Path folder) {
        Database database = Database.open(engine.newStorage(folder, Map.of()));
        database.transaction(LargeTables::fill);
        return new LargeTables(database);
    }

    public Database database() {
        return database;
    }

    /** Notes figures about the tables, as PostgreSQL always does after a while. */
    public void analyze() {
        database.transaction(writer -> writer.execute("ANALYZE"));
    }

    /** PostgreSQL reads whole tables that it knows nothing of. */
    public boolean plansWithoutFigures() {
        return database.engine() == Engine.SQLITE;
    }

    /** Whether everything that is asked for meanwhile walks along indexes, without a sort. */
    public void assertWalks(String list, Runnable question) {
        asked.clear();
        question.run();
        assertThat(asked).as(list).isNotEmpty();
        for (String sql : List.copyOf(asked)) {
            assertWalks(list, sql);
        }
    }

    public void assertWalks(String list, Select<?> query) {
        assertWalks(list, query.getSQL(ParamType.INLINED));
    }

    private void assertWalks(String list, String sql) {
        String plan = plan(sql);
        assertThat(plan)
                .as(list + "\n" + sql + "\n" + plan)
                // A page that is sorted again costs nothing, nor what an index has but for ties.
                .doesNotContainPattern("(?<!Incremental )Sort  \\(cost=\\S+ rows=\\d{4,}")
                .doesNotContain("TEMP B-TREE")
                .doesNotContainPattern("Seq Scan on (?!projects)")
                .doesNotContainPattern(
                        "SCAN (spans|traces|project_sessions|span_costs|span_annot)");
    }

    /** Whether only the first rows of each range are sorted. */
    public void assertMergesRanges(String list, Select<?> query) {
        String plan = plan(query);
        assertThat(plan)
                .as(list + "\n" + plan)
                .contains("AND <expr>>?)", "AND <expr>=?)")
                .doesNotContainPattern("SCAN (spans|traces|span_costs)")
                .doesNotContain("AUTOMATIC");
        // Where the first range is found; all else is by range or by key.
        assertThat(plan.split("\\(project_id=\\?\\)", -1)).as(plan).hasSize(2);
        // One for the merged rows and one for the page of them: none within a range.
        assertThat(plan.split("TEMP B-TREE", -1)).as(plan).hasSizeBetween(2, 3);
    }

    public String plan(Select<?> query) {
        return plan(query.getSQL(ParamType.INLINED));
    }

    private String plan(String sql) {
        String explain = plansWithoutFigures() ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
        return database.read().fetch(explain + sql).format(200);
    }

    @Override
    public void executeStart(ExecuteContext context) {
        if (context.query() instanceof Select<?> select) {
            asked.add(select.getSQL(ParamType.INLINED));
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /** Ten spans a trace, five traces a session, tokens and costs in four of ten spans. */
    private static int fill(DSLContext writer) {
        for (int project = 1; project <= 2; project++) {
            writer.execute(
                    "INSERT INTO projects (id, name, gradient_start_color, gradient_end_color, created_at_ns, updated_at_ns) VALUES (%d, 'p%d', '', '', 0, 0) ON CONFLICT DO NOTHING"
                            .formatted(project, project));
        }
        writer.execute(
                """
                INSERT INTO project_sessions (id, session_id, project_id, start_ns, end_ns, trace_count, prompt_tokens, cost)
                %s SELECT n, 'c' || n, CASE WHEN n %% 10 = 0 THEN 2 ELSE 1 END, n * 50000, n * 50000 + n * 7919 %% 10007, 5, n * 31 %% 997, n * 37 %% 1009 / 8.0
                FROM numbers\
                """
                        .formatted(numbers(SPANS / 50)));
        writer.execute(
                """
                INSERT INTO traces (id, trace_id, project_id, session_key, start_ns, end_ns, span_count, error_count, prompt_tokens,
                    completion_tokens)
                %s SELECT n, 't' || n, CASE WHEN (n + 4) / 5 %% 10 = 0 THEN 2 ELSE 1 END, (n + 4) / 5, n * 10000,
                    n * 10000 + n * 7919 %% 10007, 10, 0, 0, 0 FROM numbers\
                """
                        .formatted(numbers(SPANS / 10)));
        writer.execute(
                """
                INSERT INTO spans (id, trace_key, project_id, start_ns, end_ns, ingested_at_ns, prompt_tokens, document_count, span_id,
                    parent_span_id, name, span_kind, status_code, status_message)
                %s SELECT n, (n + 9) / 10, CASE WHEN (n + 49) / 50 %% 10 = 0 THEN 2 ELSE 1 END, n * 1000, n * 1000 + n * 7919 %% 10007, n,
                    CASE WHEN n %% 5 < 2 THEN n * 31 %% 997 END, 0, 's' || n, CASE WHEN n %% 10 <> 1 THEN 's' || ((n - 1) / 10 * 10 + 1) END,
                    'span', 'LLM', 'UNSET', '' FROM numbers\
                """
                        .formatted(numbers(SPANS)));
        writer.execute(
                """
                INSERT INTO span_costs (span_key, project_id, start_ns, prompt_tokens, prompt_cost)
                SELECT id, project_id, start_ns, prompt_tokens, prompt_tokens * 0.001 FROM spans WHERE prompt_tokens IS NOT NULL\
                """);
        return writer.execute(
                """
                INSERT INTO span_annotations (id, span_key, name, identifier, annotator_kind, score, metadata, source, created_at_ns,
                    updated_at_ns)
                SELECT id, id, 'quality', '', 'CODE', id % 997, '{}', 'API', 0, 0 FROM spans WHERE id % 20 = 0\
                """);
    }

    private static String numbers(long count) {
        return "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)"
                .formatted(count);
    }
}
