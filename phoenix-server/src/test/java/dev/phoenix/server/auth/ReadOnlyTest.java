package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadOnlyTest {

    @Test
    void restAndIngestAreClosed_graphQlAndProbesAreOpen() {
        try (TestServer server =
                TestServer.start(
                        TestEngine.SQLITE,
                        Map.of("PHOENIX_READ_ONLY", "true", "PHOENIX_HOST_ROOT_PATH", "/px"))) {
            for (String path :
                    new String[] {
                        "/px/v1/projects", "/v1/projects", "/v1/unknown", "/v1/traces", "/v1"
                    }) {
                for (String method : new String[] {"GET", "POST", "DELETE"}) {
                    HttpResponse<String> response =
                            server.send(
                                    server.request(path)
                                            .method(method, BodyPublishers.ofString("x")));
                    assertThat(response.statusCode()).as(method + " " + path).isEqualTo(403);
                    assertThat(response.headers().firstValue("content-type"))
                            .hasValue("text/plain;charset=utf-8");
                    assertThat(response.body())
                            .isEqualTo("The Phoenix REST API is disabled in read-only mode.");
                }
            }
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(
                            server.post(
                                            "/graphql",
                                            "application/json",
                                            "{\"query\": \"{projectCount}\"}")
                                    .statusCode())
                    .isEqualTo(200);
            for (String mutation :
                    new String[] {
                        "createProject(input: {name: \\\"p\\\"}) {project {id}}",
                        "deleteProject(id: \\\"x\\\") {__typename}"
                    }) {
                assertThat(
                                server.post(
                                                "/graphql",
                                                "application/json",
                                                "{\"query\": \"mutation {%s}\"}"
                                                        .formatted(mutation))
                                        .body())
                        .contains("\"message\":\"Application is read-only\"");
            }
            assertThatThrownBy(
                            () ->
                                    new Socket(InetAddress.getLoopbackAddress(), server.grpcPort())
                                            .close())
                    .isInstanceOf(ConnectException.class);
        }
    }
}
