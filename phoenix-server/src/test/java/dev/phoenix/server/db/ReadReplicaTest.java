package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A second database in place of a replica, so that answers tell where they were read. */
class ReadReplicaTest {

    @Test
    void questions_areAnsweredByTheReplica_andChangesByTheDatabaseItself() {
        try (TestServer other = TestServer.start(TestEngine.POSTGRESQL, Map.of())) {
            Telemetry.of(other, "on-the-replica").span(1, 1, 0, 1).send();
            try (TestServer server =
                    TestServer.start(
                            TestEngine.POSTGRESQL,
                            Map.of("PHOENIX_SQL_DATABASE_READ_REPLICA_URL", other.databaseUrl()))) {
                Api api = new Api(server);
                Telemetry.of(server, "here").span(1, 1, 0, 1).send();
                assertThat(server.get("/v1/projects/on-the-replica").statusCode()).isEqualTo(200);
                assertThat(server.get("/v1/projects/here").statusCode()).isEqualTo(404);
                String id =
                        api.query(
                                        "mutation { createProject(input: {name: \"new\"}) { project"
                                                + " { id } query { getProjectByName(name: \"new\") {"
                                                + " name } } } }")
                                .at("/createProject/project/id")
                                .asString();
                assertThat(
                                api.query(
                                                "mutation ($id: ID!) { patchProject(input: {id:"
                                                        + " $id, description: \"x\"}) { project {"
                                                        + " description } } }",
                                                Map.of("id", id))
                                        .at("/patchProject/project/description")
                                        .asString())
                        .isEqualTo("x");
                assertThat(server.send(server.request("/v1/projects/here").DELETE()).statusCode())
                        .isEqualTo(204);
                assertThat(server.differences()).isEmpty();
            }
        }
    }
}
