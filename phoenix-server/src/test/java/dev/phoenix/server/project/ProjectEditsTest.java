package dev.phoenix.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Projects are made, described and deleted over REST. */
@ServerTest
class ProjectEditsTest {

    private final TestServer server;
    private final String name;

    ProjectEditsTest(TestServer server) {
        this.server = server;
        this.name = server.projectName();
    }

    @Test
    void project_isMadeDescribedAndDeletedOnce() {
        JsonNode made = data(send("POST", "", "{'name': '%s', 'more': 1}".formatted(name)));
        assertThat(made.at("/description").isNull()).isTrue();
        assertThat(send("POST", "", "{'name': '%s'}".formatted(name)).statusCode()).isEqualTo(409);
        JsonNode described = data(send("PUT", "/" + name, "{'description': 'what it is for'}"));
        assertThat(described)
                .isEqualTo(
                        Api.json(
                                "{'name': '%s', 'description': 'what it is for', 'id': '%s'}"
                                        .formatted(name, made.get("id").asString())));
        assertThat(data(send("PUT", "/" + name, "{'description': null}"))).isEqualTo(described);
        assertThat(data(send("PUT", "/" + made.get("id").asString(), "{}"))).isEqualTo(described);
        assertThat(send("DELETE", "/" + name, "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/" + name, "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/" + name, "{}").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/" + name, "").statusCode()).isEqualTo(404);
    }

    @Test
    void defaultProject_stays() {
        server.send(
                server.request("/v1/projects")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\": \"default\"}")));
        HttpResponse<String> refused = send("DELETE", "/default", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | missing | name",
                "{'name': ''} | string_too_short | name",
                "{'name': 7} | string_type | name",
                "{'name': 'p', 'description': 7} | string_type | description"
            })
    void malformedProject_isRefusedWithItsPlace(String body, String type, String member) {
        HttpResponse<String> refused = send("POST", "", body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        JsonNode first = Api.json(refused.body()).at("/detail/0");
        assertThat(first.get("type").asString()).isEqualTo(type);
        assertThat(first.get("loc")).isEqualTo(Api.json("['body', '%s']".formatted(member)));
    }

    private static JsonNode data(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Api.json(response.body()).get("data");
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return server.send(
                server.request("/v1/projects" + path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }
}
