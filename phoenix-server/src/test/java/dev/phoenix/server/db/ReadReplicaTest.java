package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A second database in place of a replica, so that answers tell where they were read. */
class ReadReplicaTest {

    private static TestServer other;

    @BeforeAll
    static void start() {
        other = TestServer.start(TestEngine.POSTGRESQL, Map.of());
        Telemetry.of(other, "on-the-replica")
                .span(
                        1,
                        1,
                        0,
                        1,
                        span ->
                                span.name("there")
                                        .kind("LLM")
                                        .attribute("input.value", "far")
                                        .tokens(3, 4))
                .send();
    }

    @AfterAll
    static void stop() {
        other.close();
    }

    @Test
    void questions_areAnsweredByTheReplica_andChangesByTheDatabaseItself() {
        try (TestServer server = reading(Map.of())) {
            Telemetry.of(server, "here").span(1, 1, 0, 1).send();
            assertThat(server.get("/v1/projects/on-the-replica").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/projects/here").statusCode()).isEqualTo(404);
            assertThat(server.send(server.request("/v1/projects/here").DELETE()).statusCode())
                    .isEqualTo(204);
            assertThat(server.differences()).isEmpty();
        }
    }

    @Test
    void queries_readTheReplicaInEveryField() {
        try (TestServer server = reading(Map.of())) {
            Telemetry.of(server, "here").span(1, 1, 0, 1).send();
            JsonNode answer =
                    new Api(server)
                            .query(
                                    """
                                    {here: getProjectByName(name: "here") {name}
                                     there: getProjectByName(name: "on-the-replica") {traceCount tokenCountTotal
                                       spans(first: 5) {edges {node {input {value} trace {numSpans rootSpan {name}}
                                         numChildSpans descendants(first: 5) {edges {node {id}}}}}}}}\
                                    """);
            assertThat(answer.toString())
                    .isEqualTo(
                            "{\"here\":null,\"there\":{\"traceCount\":1,\"tokenCountTotal\":7.0,\"spans\":{\"edges\":[{\"node\":{\"input\":{\"value\":\"far\"},\"trace\":{\"numSpans\":1,\"rootSpan\":{\"name\":\"there\"}},\"numChildSpans\":0,\"descendants\":{\"edges\":[]}}}]}}}");
        }
    }

    @Test
    void mutations_readWhatTheyWrote() {
        try (TestServer server = reading(Map.of())) {
            JsonNode created =
                    new Api(server)
                            .query(
                                    "mutation {createProject(input: {name: \"new\"}) {project {id}"
                                            + " query {getProjectByName(name: \"new\") {name"
                                            + " traceCount}}}}");
            assertThat(created.at("/createProject/query/getProjectByName").toString())
                    .isEqualTo("{\"name\":\"new\",\"traceCount\":0}");
            assertThat(
                            new Api(server)
                                    .query(
                                            "mutation ($id: ID!) {patchProject(input: {id: $id,"
                                                    + " description: \"x\"}) {project"
                                                    + " {description}}}",
                                            Map.of(
                                                    "id",
                                                    created.at("/createProject/project/id")
                                                            .asString()))
                                    .at("/patchProject/project/description")
                                    .asString())
                    .isEqualTo("x");
        }
    }

    /** Where keys and accounts are only copied, a revoked one would live on. */
    @Test
    void credentialsAndAccounts_areReadWhereTheyAreWritten() {
        try (TestServer server = reading(TestServer.AUTHENTICATION)) {
            String key =
                    Api.json(
                                    server.send(
                                                    as(
                                                                    server,
                                                                    "/v1/system/api_keys",
                                                                    TestServer.ADMIN_SECRET)
                                                            .header(
                                                                    "Content-Type",
                                                                    "application/json")
                                                            .POST(
                                                                    BodyPublishers.ofString(
                                                                            "{\"data\": {\"name\": \"k\"}}")))
                                            .body())
                            .at("/data/key")
                            .asString();
            assertThat(server.send(as(server, "/v1/projects/on-the-replica", key)).statusCode())
                    .isEqualTo(200);
            assertThat(
                            server.send(as(server, "/v1/system/api_keys", TestServer.ADMIN_SECRET))
                                    .body())
                    .contains("\"name\":\"k\"");
        }
    }

    private static HttpRequest.Builder as(TestServer server, String path, String token) {
        return server.request(path).header("Authorization", "Bearer " + token);
    }

    private static TestServer reading(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PHOENIX_SQL_DATABASE_READ_REPLICA_URL", other.databaseUrl());
        return TestServer.start(TestEngine.POSTGRESQL, environment);
    }
}
