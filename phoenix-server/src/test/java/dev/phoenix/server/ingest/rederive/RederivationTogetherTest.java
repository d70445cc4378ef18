package dev.phoenix.server.ingest.rederive;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Servers that share a database share the work, whoever leaves, and whatever comes meanwhile. */
class RederivationTogetherTest {

    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int SPANS = 600;
    private static final int TOKENS = 100;

    @Test
    void job_is_done_once_by_two_servers_while_one_leaves_and_spans_come(@TempDir Path folder)
            throws Exception {
        Map<String, String> storage =
                Map.of("PHOENIX_SQL_DATABASE_URL", TestEngine.POSTGRESQL.newDatabase(folder));
        try (TestServer stays = TestServer.start(TestEngine.POSTGRESQL, storage);
                ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
            Api api = new Api(stays);
            Telemetry telemetry = Telemetry.of(stays);
            store(telemetry, 1, SPANS);
            var leaving = new AtomicBoolean();
            Future<Integer> sent;
            String job;
            try (TestServer leaves = TestServer.start(TestEngine.POSTGRESQL, storage)) {
                // As if no rules had read them; the servers' own first jobs may run as well.
                forget(stays);
                job = start(new Api(leaves));
                sent = sender.submit(() -> sendUntil(leaving, telemetry.on(stays)));
                Await.await(DEADLINE, true, () -> examined(api, job) >= 100);
            }
            Await.await(DEADLINE, "DONE", () -> job(api, job).get("state").asString());
            leaving.set(true);
            int total = (SPANS + sent.get()) * TOKENS;

            assertThat(job(api, job).get("examinedSpans").asInt()).isGreaterThanOrEqualTo(SPANS);
            assertThat(unread(stays)).isZero();
            assertThat(tokens(api, telemetry)).isEqualTo(total);
            assertThat(stays.differences()).isEmpty();

            String again = start(api);
            Await.await(DEADLINE, "DONE", () -> job(api, again).get("state").asString());
            assertThat(job(api, again).get("changedSpans").asInt()).isZero();
        }
    }

    private static int sendUntil(AtomicBoolean end, Telemetry telemetry) {
        int sent = 0;
        while (!end.get()) {
            store(telemetry, SPANS + sent + 1, 10);
            sent += 10;
        }
        return sent;
    }

    /** In traces of ten. */
    private static void store(Telemetry telemetry, int first, int count) {
        for (int span = first; span < first + count; span++) {
            telemetry.span(
                    span / 10 + 1,
                    span,
                    span,
                    span + 1,
                    draft ->
                            draft.attribute("gen_ai.operation.name", "chat")
                                    .attribute("gen_ai.request.model", "gpt-4o")
                                    .attribute("gen_ai.usage.input_tokens", TOKENS - 10)
                                    .attribute("gen_ai.usage.output_tokens", 10));
        }
        telemetry.send();
    }

    private static void forget(TestServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            assertThat(
                            statement.executeUpdate(
                                    "UPDATE spans SET span_kind = 'UNKNOWN', model_name = NULL"))
                    .isEqualTo(SPANS);
            statement.executeUpdate(
                    """
                    UPDATE span_payloads SET derivation = NULL, attributes =
                      '{"gen_ai": {"operation": {"name": "chat"}, "request": {"model": "gpt-4o"},
                        "usage": {"input_tokens": 90, "output_tokens": 10}}}'\
                    """);
        }
    }

    private static long unread(TestServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT count(*) FROM spans s JOIN span_payloads p ON p.span_key = s.id
                                WHERE s.span_kind <> 'LLM' OR p.derivation IS NULL\
                                """)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String start(Api api) {
        return api.query("mutation {rederiveSpans(input: {}) {rederivation {id}}}")
                .at("/rederiveSpans/rederivation/id")
                .asString();
    }

    private static int examined(Api api, String id) {
        return job(api, id).get("examinedSpans").asInt();
    }

    private static JsonNode job(Api api, String id) {
        return api.query(
                        "{node(id: \"%s\") {... on Rederivation {state examinedSpans changedSpans}}}"
                                .formatted(id))
                .get("node");
    }

    private static int tokens(Api api, Telemetry telemetry) {
        return api.query(
                        "{getProjectByName(name: \"%s\") {tokenCountTotal}}"
                                .formatted(telemetry.project()))
                .at("/getProjectByName/tokenCountTotal")
                .asInt();
    }
}
