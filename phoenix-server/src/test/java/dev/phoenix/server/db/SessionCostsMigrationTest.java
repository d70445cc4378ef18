package dev.phoenix.server.db;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.settings.StorageSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that were stored before have what their traces cost from the migration on. */
class SessionCostsMigrationTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void sessions_haveTheCostOfTheirTraces(TestEngine engine) throws SQLException {
        StorageSettings storage = engine.newStorage(folder, Map.of());
        migrateTo17(storage, engine);
        try (Database database = Database.open(storage)) {
            assertThat(
                            database.read()
                                    .selectFrom(PROJECT_SESSIONS)
                                    .fetchMap(PROJECT_SESSIONS.SESSION_ID, PROJECT_SESSIONS.COST))
                    .isEqualTo(Map.of("two", 3.5, "shared", 1.5, "unpriced", 0.0));
        }
    }

    /** Of two traces of the session {@code shared}, one reports a call that the other counts. */
    private static void migrateTo17(StorageSettings storage, TestEngine engine)
            throws SQLException {
        DatabaseSource source = Database.source(storage);
        source.prepare();
        try {
            Flyway.configure()
                    .dataSource(source.migrating())
                    .locations(
                            "classpath:db/migration/"
                                    + engine.engine().name().toLowerCase(Locale.ROOT))
                    .placeholderReplacement(false)
                    .target("17")
                    .load()
                    .migrate();
            try (Connection connection = source.migrating().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        """
                        INSERT INTO projects (id, name, gradient_start_color, gradient_end_color,
                            created_at_ns, updated_at_ns)
                        VALUES (1, 'shop', '#000000', '#ffffff', 1, 1)\
                        """);
                statement.execute(
                        """
                        INSERT INTO project_sessions (id, session_id, project_id, start_ns, end_ns)
                        VALUES (1, 'two', 1, 1, 2), (2, 'shared', 1, 1, 2), (3, 'unpriced', 1, 1, 2)\
                        """);
                statement.execute(
                        """
                        INSERT INTO traces (id, trace_id, project_id, session_key, start_ns, end_ns,
                            span_count, error_count, prompt_tokens, completion_tokens,
                            prompt_cost, completion_cost, shares_calls)
                        VALUES (1, 'a', 1, 1, 1, 2, 1, 0, 0, 0, 1, 0.5, 0),
                            (2, 'b', 1, 1, 1, 2, 1, 0, 0, 0, 2, 0, 0),
                            (3, 'c', 1, 2, 1, 2, 1, 0, 0, 0, 1, 0.5, 1),
                            (4, 'd', 1, 2, 1, 2, 1, 0, 0, 0, 1, 0.5, 1),
                            (5, 'e', 1, 3, 1, 2, 1, 0, 0, 0, 0, 0, 0),
                            (6, 'f', 1, NULL, 1, 2, 1, 0, 0, 0, 9, 9, 0)\
                        """);
                statement.execute(
                        """
                        INSERT INTO spans (id, trace_key, project_id, start_ns, end_ns,
                            ingested_at_ns, document_count, span_id, name, span_kind, status_code,
                            status_message, repeats)
                        VALUES (3, 3, 1, 1, 2, 1, 0, 'c1', 'call', 'LLM', 'OK', '', 0),
                            (4, 4, 1, 1, 2, 1, 0, 'd1', 'call', 'LLM', 'OK', '', 2)\
                        """);
                statement.execute(
                        """
                        INSERT INTO span_costs (span_key, project_id, start_ns, prompt_cost,
                            completion_cost, repeats)
                        VALUES (3, 1, 1, 1, 0.5, 0), (4, 1, 1, 1, 0.5, 2)\
                        """);
            }
        } finally {
            source.release();
        }
    }
}
