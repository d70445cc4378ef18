package dev.phoenix.server.ingest.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A server stops in the middle of deleting or moving; the next one on its database goes on. */
@ParameterizedClass
@EnumSource(names = {"SQLITE", "POSTGRESQL"})
class InterruptedJobsTest {

    /** Far more than one pass takes. */
    private static final int TRACES = 3000;

    private static final int BATCH = 500;
    private static final long MS = 1_000_000;

    private final TestEngine engine;
    private final MovableClock clock = new MovableClock();

    @TempDir private Path folder;
    private String database;

    InterruptedJobsTest(TestEngine engine) {
        this.engine = engine;
    }

    /** Runs as time does, from where it was put. */
    private static final class MovableClock implements InstantSource {

        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** What a caller of the first server wants, and what is left when it is done. */
    private interface Wish {

        /** Its answer comes when the job ends, or the server does. */
        void ask(TestServer server, Telemetry sent);
    }

    @BeforeEach
    void newDatabase() {
        database = engine.newDatabase(folder);
    }

    @Test
    void tracesOfATime_areDeletedToTheEnd() throws Exception {
        Telemetry sent =
                interrupted(
                        (server, traces) ->
                                send(
                                        server,
                                        "DELETE",
                                        "/v1/projects/%s/traces?start_time=2026-01-01T00:00:00.100Z&end_time=2027-01-01"
                                                .formatted(traces.project()),
                                        ""));
        resumed(server -> assertLeft(server, sent.project(), 99));
    }

    @Test
    void project_isDeletedToTheEnd() throws Exception {
        Telemetry sent =
                interrupted(
                        (server, traces) ->
                                send(server, "DELETE", "/v1/projects/" + traces.project(), ""));
        resumed(
                server -> {
                    Await.await(
                            Duration.ofSeconds(60),
                            0L,
                            () -> rows(server, "SELECT count(*) FROM traces"));
                    Await.await(
                            Duration.ofSeconds(10),
                            0L,
                            () ->
                                    rows(
                                            server,
                                            "SELECT count(*) FROM projects WHERE deleted_at_ns IS"
                                                    + " NOT NULL"));
                    assertThat(server.get("/v1/projects/" + sent.project()).statusCode())
                            .isEqualTo(404);
                });
    }

    @Test
    void session_isDeletedToTheEnd() throws Exception {
        Telemetry sent =
                interrupted(
                        (server, traces) ->
                                send(server, "DELETE", "/v1/sessions/" + session(traces), ""));
        resumed(
                server -> {
                    assertLeft(server, sent.project(), 0);
                    Await.await(
                            Duration.ofSeconds(10),
                            404,
                            () -> server.get("/v1/sessions/" + session(sent)).statusCode());
                });
    }

    @Test
    void traces_areMovedToTheEnd() throws Exception {
        Telemetry sent =
                interrupted(
                        (server, traces) -> {
                            send(server, "POST", "/v1/projects", "{\"name\": \"destination\"}");
                            String ids =
                                    IntStream.rangeClosed(1, TRACES)
                                            .mapToObj(trace -> '"' + traces.traceId(trace) + '"')
                                            .collect(Collectors.joining(","));
                            send(
                                    server,
                                    "POST",
                                    "/v1/traces/transfer",
                                    "{\"trace_identifiers\": [%s], \"destination_project_identifier\": \"destination\"}"
                                            .formatted(ids));
                        });
        resumed(
                server -> {
                    assertLeft(server, "destination", TRACES);
                    assertLeft(server, sent.project(), 0);
                });
    }

    @Test
    void retention_purgesToTheEnd_whatItsDryRunSaid() throws Exception {
        Telemetry sent =
                interrupted(
                        (server, traces) -> {
                            assertThat(policy(server, traces).get("purgeableTraceCount").asInt())
                                    .isEqualTo(TRACES - 7);
                            clock.ahead = Duration.ofHours(1);
                        });
        resumed(
                server -> {
                    assertLeft(server, sent.project(), 7);
                    Await.await(
                            Duration.ofSeconds(10),
                            Api.json(
                                    "[{'node': {'projectName': '%s', 'traceCount': %d, 'spanCount': %d, 'done': true, 'failed': false}}]"
                                            .formatted(
                                                    sent.project(), TRACES - 7, 2 * (TRACES - 7))),
                            () ->
                                    new Api(server)
                                            .query(
                                                    "{ retentionPurges(first: 5) { edges { node {"
                                                            + " projectName traceCount spanCount done"
                                                            + " failed } } } }")
                                            .at("/retentionPurges/edges"));
                });
    }

    /** Ends a server when a part of the job is done, and no more than a part. */
    private Telemetry interrupted(Wish wish) throws Exception {
        TestServer server = start();
        Telemetry sent = Telemetry.of(server);
        CompletableFuture<Void> asked;
        try (server) {
            store(sent);
            asked =
                    CompletableFuture.runAsync(
                            () -> wish.ask(server, sent),
                            command -> Thread.ofVirtual().start(command));
            Await.await(
                    Duration.ofSeconds(60),
                    true,
                    () ->
                            rows(server, "SELECT count(*) FROM trace_jobs WHERE trace_count > 0")
                                    == 1);
        }
        asked.exceptionally(_ -> null).join();
        assertThat(rows(server, "SELECT count(*) FROM trace_jobs WHERE state = 'RUNNING'"))
                .as("jobs that the first server left")
                .isEqualTo(1);
        assertThat(server.differences()).isEmpty();
        return sent;
    }

    private interface Check {

        void of(TestServer server) throws Exception;
    }

    private void resumed(Check check) throws Exception {
        try (TestServer server = start()) {
            check.of(server);
            Await.await(
                    Duration.ofSeconds(10),
                    0L,
                    () -> rows(server, "SELECT count(*) FROM trace_jobs WHERE state <> 'DONE'"));
            assertThat(server.differences()).isEmpty();
        }
    }

    private TestServer start() {
        return TestServer.start(engine, Map.of("PHOENIX_SQL_DATABASE_URL", database), clock);
    }

    private static void store(Telemetry sent) {
        for (int trace = 1; trace <= TRACES; trace++) {
            long start = trace * MS;
            int root = 2 * trace;
            sent.span(
                            trace,
                            root,
                            start,
                            start + 5 * MS,
                            span -> span.attribute("session.id", session(sent)))
                    .span(
                            trace,
                            root + 1,
                            start,
                            start + MS,
                            span -> span.parent(root).tokens(3, 4).error("no"));
            if (trace % BATCH == 0) {
                sent.send();
            }
        }
    }

    private static String session(Telemetry sent) {
        return sent.project() + "-session";
    }

    private static JsonNode policy(TestServer server, Telemetry sent) {
        Api api = new Api(server);
        return api.query(
                        "mutation ($project: ID!) { createProjectTraceRetentionPolicy(input: {name:"
                                + " \"few\", cronExpression: \"0 * * * *\", rule: {maxCount: {maxCount:"
                                + " 7}}, addProjects: [$project]}) { node { purgeableTraceCount } } }",
                        Map.of(
                                "project",
                                api.get("/v1/projects/" + sent.project())
                                        .at("/data/id")
                                        .asString()))
                .at("/createProjectTraceRetentionPolicy/node");
    }

    private static void assertLeft(TestServer server, String project, int traces) {
        Await.await(
                Duration.ofSeconds(60),
                traces,
                () ->
                        new Api(server)
                                .query(
                                        "query ($name: String!) { getProjectByName(name: $name) {"
                                                + " traceCount } }",
                                        Map.of("name", project))
                                .at("/getProjectByName/traceCount")
                                .asInt());
    }

    private static HttpResponse<String> send(
            TestServer server, String method, String path, String body) {
        return server.send(
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private static long rows(TestServer server, String query) {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
