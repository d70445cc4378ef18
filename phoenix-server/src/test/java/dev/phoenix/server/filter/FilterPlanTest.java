package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Query;
import org.jooq.conf.ParamType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conditions leave it to a list's index which rows are looked at, and in which order. */
class FilterPlanTest {

    private static final Set<String> DECIDED_BY_INDEX =
            Set.of(
                    "span_kind == 'LLM' and latency_ms > 5",
                    "llm.token_count.total > 1000",
                    "llm.model_name == 'gpt-4o'");

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void lists_walkTheirIndex(TestEngine engine) {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()))) {
            for (String condition :
                    new String[] {
                        "span_kind == 'LLM' and latency_ms > 5",
                        "metadata['tier'] == 'gold' and name == 'x'",
                        "'refund' in input.value",
                        "llm.token_count.total > 1000",
                        "llm.model_name == 'gpt-4o'",
                        "annotations['quality'].score > 0.5 and parent_span is None",
                        "any(d.cost > 1 for d in cost_details)"
                    }) {
                String plan = newestSpans(database, condition);
                assertThat(plan).as(condition).contains("ix_spans_start").doesNotContain("TEMP");
                if (engine == TestEngine.POSTGRESQL && DECIDED_BY_INDEX.contains(condition)) {
                    assertThat(plan)
                            .as(condition)
                            .contains("Index Only Scan Backward using ix_spans_start");
                }
                if (condition.contains("input") || condition.contains("metadata")) {
                    assertThat(plan)
                            .as(condition)
                            .containsPattern(
                                    "(payload USING INTEGER PRIMARY KEY|span_payloads_pkey)");
                }
            }
            Condition slow = condition(database, Source.TRACE, "latency_ms > 1000");
            assertThat(
                            plan(
                                    database,
                                    database.read()
                                            .select(TRACES.ID)
                                            .from(TRACES)
                                            .where(TRACES.PROJECT_ID.eq(1L))
                                            .and(slow)))
                    .contains("ix_traces_latency");
        }
    }

    private static String newestSpans(Database database, String condition) {
        return plan(
                database,
                database.read()
                        .select(SPANS.ID)
                        .from(SPANS)
                        .where(SPANS.PROJECT_ID.eq(1L))
                        .and(condition(database, Source.SPAN, condition))
                        .orderBy(SPANS.START_NS.desc(), SPANS.ID.desc())
                        .limit(100));
    }

    private static Condition condition(Database database, Source source, String text) {
        return Assembly.of(
                database.engine(),
                source,
                Typing.type(source, text).check(),
                Columns.table(source));
    }

    /** Of empty tables PostgreSQL would read all rows if it were allowed to. */
    private static String plan(Database database, Query query) {
        boolean sqlite = database.engine() == Engine.SQLITE;
        String explain = sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
        return database.read()
                .transactionResult(
                        transaction -> {
                            if (!sqlite) {
                                transaction.dsl().execute("SET LOCAL enable_seqscan = off");
                                transaction.dsl().execute("SET LOCAL enable_bitmapscan = off");
                                transaction.dsl().execute("SET LOCAL enable_sort = off");
                            }
                            return transaction
                                    .dsl()
                                    .fetch(explain + query.getSQL(ParamType.INLINED))
                                    .format(1000);
                        });
    }
}
