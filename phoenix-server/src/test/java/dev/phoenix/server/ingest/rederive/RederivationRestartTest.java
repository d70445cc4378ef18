package dev.phoenix.server.ingest.rederive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A job goes on where the server was that worked on it before. */
class RederivationRestartTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SPANS = 250;

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void job_of_a_server_that_is_gone_goes_on_from_its_last_progress(
            TestEngine engine, @TempDir Path folder) throws SQLException {
        Map<String, String> storage =
                Map.of("PHOENIX_SQL_DATABASE_URL", engine.newDatabase(folder));
        Telemetry telemetry;
        try (TestServer first = TestServer.start(engine, storage)) {
            telemetry = Telemetry.of(first);
            for (int span = 1; span <= SPANS; span++) {
                telemetry.span(
                        1,
                        span,
                        span,
                        span + 1,
                        draft ->
                                draft.attribute("gen_ai.operation.name", "chat")
                                        .attribute("gen_ai.request.model", "gpt-4o"));
            }
            telemetry.send();
        }
        try (TestServer second = TestServer.start(engine, storage)) {
            // As a server leaves it that died after 100 spans, with spans no rules had read.
            execute(
                    second,
                    "UPDATE spans SET span_kind = 'UNKNOWN', model_name = NULL",
                    """
                    UPDATE span_payloads SET derivation = NULL, attributes =
                      '{"gen_ai": {"operation": {"name": "chat"}, "request": {"model": "gpt-4o"}}}'\
                    """,
                    """
                    INSERT INTO rederivations (id, rules_version, state, next_key, end_key,
                      examined_spans, changed_spans, lease_owner, lease_until_ns, created_at_ns, updated_at_ns)
                    SELECT 900001, 1, 'RUNNING', MIN(id) + 100, MAX(id) + 1, 100, 100, 'gone', 0, 1, 1 FROM spans\
                    """);
            Api api = new Api(second);
            Await.await(DEADLINE, "DONE", () -> job(api).get("state").asString());

            assertThat(job(api).get("examinedSpans").asInt()).isEqualTo(SPANS);
            assertThat(kinds(api, telemetry)).containsExactly(SPANS - 100, 100);
        }
    }

    private static void execute(TestServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.executeUpdate(sql)).isPositive();
            }
        }
    }

    private static JsonNode job(Api api) {
        String id = GlobalId.encode(Rederivation.TYPE, 900001);
        return api.query(
                        "{node(id: \"%s\") {... on Rederivation {state examinedSpans changedSpans}}}"
                                .formatted(id))
                .get("node");
    }

    /** How many spans are calls, and how many nobody has read. */
    private static List<Integer> kinds(Api api, Telemetry telemetry) {
        JsonNode edges =
                api.query(
                                "{getProjectByName(name: \"%s\") {spans(first: 1000) {edges {node {spanKind}}}}}"
                                        .formatted(telemetry.project()))
                        .at("/getProjectByName/spans/edges");
        int calls =
                (int)
                        edges.valueStream()
                                .filter(edge -> edge.at("/node/spanKind").asString().equals("llm"))
                                .count();
        return List.of(calls, edges.size() - calls);
    }
}
