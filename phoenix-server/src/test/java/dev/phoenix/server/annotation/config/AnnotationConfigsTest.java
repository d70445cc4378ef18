package dev.phoenix.server.annotation.config;

import static dev.phoenix.server.kit.Api.encode;
import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class AnnotationConfigsTest {

    private static final String PATH = "/v1/annotation_configs";

    private final TestServer server;
    private final Api api;

    AnnotationConfigsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void userFeedback_isThereFromTheStart() {
        JsonNode config = api.get(PATH + "/user_feedback").get("data");
        assertThat(config)
                .isEqualTo(
                        json(
                                "{'name': 'user_feedback', 'type': 'CATEGORICAL', 'description': null, 'optimization_direction': 'MAXIMIZE', 'values': [{'label': 'positive', 'score': 1.0}, {'label': 'negative', 'score': 0.0}], 'id': '%s'}"
                                        .formatted(config.get("id").asString())));
    }

    @Test
    void config_keepsItsKeyWhenItsTypeChanges() {
        String name = server.projectName();
        JsonNode created =
                create(
                        "'type': 'CONTINUOUS', 'name': '%s', 'optimization_direction': 'NONE', 'lower_bound': 0.5"
                                .formatted(name));
        assertThat(created.get("upper_bound").isNull()).isTrue();
        JsonNode updated =
                data(
                        send(
                                "PUT",
                                PATH + "/" + encode(created.get("id").asString()),
                                "{'type': 'FREEFORM', 'name': '%s', 'threshold': 2}"
                                        .formatted(name)));
        assertThat(updated.get("optimization_direction").isNull()).isTrue();
        assertThat(updated.get("threshold").asDouble()).isEqualTo(2);
        assertThat(api.get(PATH + "/" + name).get("data")).isEqualTo(updated);
        assertThat(api.get(PATH + "/" + encode(created.get("id").asString())).get("data"))
                .isEqualTo(updated);
        HttpResponse<String> deleted =
                send("DELETE", PATH + "/" + encode(updated.get("id").asString()), "");
        assertThat(data(deleted)).isEqualTo(updated);
        assertThat(server.get(PATH + "/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void configs_arePagedNewestFirst() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            names.addFirst(createFreeform().get("name").asString());
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = api.get(PATH + "?limit=1&cursor=" + cursor);
            listed.add(answer.at("/data/0/name").asString());
            cursor = encode(answer.get("next_cursor").asString());
        }
        assertThat(listed).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type': 'FREEFORM', 'name': 'note'|409",
                "'type': 'FREEFORM', 'name': 'user_feedback'|409",
                "'type': 'FREEFORM', 'name': ''|400",
                "'type': 'FREEFORM'|422",
                "'type': 'OTHER', 'name': 'x'|422",
                "'name': 'x'|422",
                "'type': 'CONTINUOUS', 'name': 'x'|422",
                "'type': 'CONTINUOUS', 'name': 'x', 'optimization_direction': 'UP'|422",
                "'type': 'CONTINUOUS', 'name': 'x', 'optimization_direction': 'NONE',"
                        + " 'lower_bound': 1, 'upper_bound': 1|400",
                "'type': 'CONTINUOUS', 'name': 'x', 'optimization_direction': 'NONE',"
                        + " 'lower_bound': '1'|422",
                "'type': 'CATEGORICAL', 'name': 'x', 'optimization_direction': 'NONE', 'values':"
                        + " []|400",
                "'type': 'CATEGORICAL', 'name': 'x', 'optimization_direction': 'NONE', 'values':"
                        + " [{'label': ''}]|400",
                "'type': 'CATEGORICAL', 'name': 'x', 'optimization_direction': 'NONE', 'values':"
                        + " [{'label': 'a'}, {'label': 'a'}]|400",
                "'type': 'CATEGORICAL', 'name': 'x', 'optimization_direction': 'NONE', 'values':"
                        + " [{}]|422",
            })
    void whatIsNoConfig_isRefused(String members, int status) {
        HttpResponse<String> answer = send("POST", PATH, "{" + members.replace("\"", "'") + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void idsThatAreNone_areToldApart() {
        assertThat(server.get(PATH + "?cursor=UHJvamVjdDox").statusCode()).isEqualTo(400);
        assertThat(server.get(PATH + "?cursor=x").statusCode()).isEqualTo(400);
        assertThat(send("DELETE", PATH + "/x", "").statusCode()).isEqualTo(422);
        assertThat(send("DELETE", PATH + "/UHJvamVjdDox", "").statusCode()).isEqualTo(400);
        String unknown =
                dev.phoenix.server.api.GlobalId.encode("FreeformAnnotationConfig", 1L << 40);
        assertThat(send("DELETE", PATH + "/" + encode(unknown), "").statusCode()).isEqualTo(404);
    }

    @Test
    void project_offersWhatItWasGiven() {
        String project = server.projectName();
        send("POST", "/v1/projects", "{'name': '%s'}".formatted(project));
        String path = "/v1/projects/" + project + "/annotation_configs";
        JsonNode first = createFreeform();
        JsonNode second = createFreeform();
        String body =
                "{'annotation_config_ids': ['%s', '%s']}"
                        .formatted(first.get("id").asString(), second.get("id").asString());
        assertThat(data(send("PUT", path, body)))
                .isEqualTo(json("[%s, %s]".formatted(second, first)));
        String one = path + "/" + first.get("name").asString();
        assertThat(send("DELETE", one, "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", one, "").statusCode()).isEqualTo(204);
        assertThat(api.get(path).get("data")).isEqualTo(json("[%s]".formatted(second)));
        assertThat(data(send("PUT", one, ""))).isEqualTo(first);
        assertThat(data(send("PUT", one, ""))).isEqualTo(first);
        assertThat(api.get(path).get("data")).hasSize(2);
        assertThat(send("PUT", path, "{'annotation_config_ids': ['x']}").statusCode())
                .isEqualTo(422);
        assertThat(send("PUT", path + "/unknown", "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", path, "{'annotation_config_ids': []}").statusCode()).isEqualTo(200);
        assertThat(api.get(path).get("data")).isEmpty();
        assertThat(server.get("/v1/projects/unknown/annotation_configs").statusCode())
                .isEqualTo(404);
    }

    @Test
    void graphQl_saysTheSame() {
        String project = server.projectName();
        String projectId =
                api.query(
                                "mutation ($name: String!) { createProject(input: {name: $name,"
                                        + " gradientStartColor: \"#010203\"}) { project { id"
                                        + " gradientStartColor } query { projectCount } } }",
                                Map.of("name", project))
                        .at("/createProject/project/id")
                        .asString();
        String name = server.projectName();
        JsonNode created =
                api.query(
                                "mutation ($name: String!) { createAnnotationConfig(input:"
                                        + " {annotationConfig: {categorical: {name: $name,"
                                        + " optimizationDirection: MAXIMIZE, values: [{label: \"a\","
                                        + " score: 1}]}}}) { annotationConfig { ... on"
                                        + " CategoricalAnnotationConfig { id name annotationType values"
                                        + " { label score } } } } }",
                                Map.of("name", name))
                        .at("/createAnnotationConfig/annotationConfig");
        String id = created.get("id").asString();
        assertThat(created)
                .isEqualTo(
                        json(
                                "{'id': '%s', 'name': '%s', 'annotationType': 'CATEGORICAL', 'values': [{'label': 'a', 'score': 1.0}]}"
                                        .formatted(id, name)));
        JsonNode offered =
                api.query(
                        "mutation ($p: ID!, $c: ID!) { addAnnotationConfigToProject(input:"
                                + " [{projectId: $p, annotationConfigId: $c}]) { project {"
                                + " annotationConfigs { edges { node { ... on AnnotationConfigBase {"
                                + " name } } } } } } }",
                        Map.of("p", projectId, "c", id));
        assertThat(offered.findValuesAsString("name")).containsExactly(name);
        assertThat(
                        api.query(
                                "query ($id: ID!) { node(id: $id) { id __typename } }",
                                Map.of("id", id)))
                .isEqualTo(
                        json(
                                "{'node': {'id': '%s', '__typename': 'CategoricalAnnotationConfig'}}"
                                        .formatted(id)));
        api.query(
                "mutation ($p: ID!, $c: ID!) { removeAnnotationConfigFromProject(input:"
                        + " [{projectId: $p, annotationConfigId: $c}]) { project { id } } }",
                Map.of("p", projectId, "c", id));
        api.query(
                "mutation ($c: ID!) { deleteAnnotationConfigs(input: {ids: [$c]}) {"
                        + " annotationConfigs { __typename } query { annotationConfigs(first: 1) {"
                        + " edges { cursor } } } } }",
                Map.of("c", id));
        assertThat(server.get(PATH + "/" + name).statusCode()).isEqualTo(404);
    }

    private JsonNode createFreeform() {
        return create("'type': 'FREEFORM', 'name': '%s'".formatted(server.projectName()));
    }

    private JsonNode create(String members) {
        return data(send("POST", PATH, "{" + members + "}"));
    }

    private static JsonNode data(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.json(answer.body()).get("data");
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return server.send(
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }
}
