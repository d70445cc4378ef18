package dev.phoenix.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever changes what all share, or deletes what others sent, is on record. */
@ServerTest(authentication = true)
class ChangesAuditTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestUser user;
    private final Browser admin;
    private final String name;

    ChangesAuditTest(TestServer server) {
        this.user = TestUser.create(server, "ADMIN");
        this.admin = user.logIn(server);
        this.name = server.projectName();
    }

    @Test
    void changesOfProjects_areRecorded() {
        String id = at(post("/v1/projects", Map.of("name", name)), "/data/id");
        change(
                "patchProject(input: {id: \"%s\", description: \"new\"}) {project {id}}"
                        .formatted(id));
        ok(admin.send("PUT", "/v1/projects/" + id, Map.of("description", "newer")));
        ok(admin.delete("/v1/projects/" + id));

        assertThat(actions(name))
                .containsExactly(
                        "project.delete", "project.update", "project.update", "project.create");
        JsonNode created = entries(name).path(3);
        assertThat(created.at("/actor/name").asString()).isEqualTo(user.username());
        assertThat(created.at("/actor/user_id").asString()).isEqualTo(user.id());
        assertThat(created.at("/actor/credential").asString()).isEqualTo("SESSION");
        assertThat(created.path("address").asString()).isNotEmpty();
        assertThat(created.at("/details/id").asString()).isEqualTo(id);
        assertThat(entries(name).at("/2/details/description").asString()).isEqualTo("new");
        assertThat(admin.post("/v1/projects", Map.of("name", "default")).statusCode())
                .isEqualTo(409);
        assertThat(actions("default")).isEmpty();
    }

    @Test
    void changesOfAnnotationConfigs_areRecorded() {
        post("/v1/projects", Map.of("name", name));
        Map<String, Object> config = Map.of("name", name + "-c", "type", "FREEFORM");
        String id = at(post("/v1/annotation_configs", config), "/data/id");
        String offered = "/v1/projects/" + name + "/annotation_configs";
        ok(admin.send("PUT", offered + "/" + id, null));
        ok(admin.delete(offered + "/" + id));
        ok(admin.send("PUT", offered, Map.of("annotation_config_ids", List.of(id))));
        ok(admin.send("PUT", "/v1/annotation_configs/" + id, config));
        change(
                "deleteAnnotationConfigs(input: {ids: [\"%s\"]}) {annotationConfigs {__typename}}"
                        .formatted(id));

        assertThat(actions(name + "-c"))
                .containsExactly(
                        "annotation_config.delete",
                        "annotation_config.update",
                        "annotation_config.create");
        assertThat(actions(name))
                .containsExactly(
                        "annotation_config.assign",
                        "annotation_config.unassign",
                        "annotation_config.assign",
                        "project.create");
    }

    @Test
    void changesOfPrices_areRecorded() {
        String input =
                "name: \"%s\", namePattern: \"^%s$\", costs: [{tokenType: \"input\", costPerMillionTokens: %s, kind: PROMPT}, {tokenType: \"output\", costPerMillionTokens: 2, kind: COMPLETION}]";
        String id =
                change(
                                "createModel(input: {%s}) {model {id}}"
                                        .formatted(input.formatted(name, name, 1)))
                        .at("/createModel/model/id")
                        .asString();
        change(
                "updateModel(input: {id: \"%s\", %s}) {model {id}}"
                        .formatted(id, input.formatted(name, name, 3)));
        change("deleteModel(input: {id: \"%s\"}) {model {id}}".formatted(id));

        assertThat(actions(name)).containsExactly("model.delete", "model.update", "model.create");
        assertThat(entries(name).at("/1/details/prices").asString()).contains("input 3.0E-6");
    }

    @Test
    void changesOfRetention_areRecorded() {
        String rule = "cronExpression: \"0 0 * * *\", rule: {maxDays: {maxDays: 30}}";
        String id =
                change(
                                "createProjectTraceRetentionPolicy(input: {name: \"%s\", %s}) {node {id}}"
                                        .formatted(name, rule))
                        .at("/createProjectTraceRetentionPolicy/node/id")
                        .asString();
        change(
                "patchProjectTraceRetentionPolicy(input: {id: \"%s\", %s}) {node {id}}"
                        .formatted(id, rule));
        change("deleteProjectTraceRetentionPolicy(input: {id: \"%s\"}) {node {id}}".formatted(id));

        assertThat(actions(name))
                .containsExactly(
                        "retention_policy.delete",
                        "retention_policy.update",
                        "retention_policy.create");
    }

    @Test
    void deletedAnnotationsAndSpans_areRecorded() {
        post("/v1/projects", Map.of("name", name));
        String span = "%016x".formatted(System.nanoTime());
        ok(
                admin.post(
                        "/v1/projects/" + name + "/spans",
                        Map.of(
                                "data",
                                List.of(
                                        Map.of(
                                                "name", "s",
                                                "context",
                                                        Map.of(
                                                                "trace_id",
                                                                span + span,
                                                                "span_id",
                                                                span),
                                                "span_kind", "CHAIN",
                                                "start_time", "2026-01-01T00:00:00Z",
                                                "end_time", "2026-01-01T00:00:01Z",
                                                "status_code", "OK")))));
        JsonNode written =
                post(
                        "/v1/span_annotations?sync=true",
                        Map.of(
                                "data",
                                List.of(
                                        Map.of(
                                                "span_id",
                                                span,
                                                "name",
                                                "q",
                                                "annotator_kind",
                                                "HUMAN",
                                                "result",
                                                Map.of("label", "good")))));
        String id = at(written, "/data/0/id");
        change(
                "deleteSpanAnnotations(input: {annotationIds: [\"%s\"]}) {spanAnnotations {id}}"
                        .formatted(id));
        ok(admin.delete("/v1/projects/" + name + "/span_annotations?delete_all=true"));
        String project = at(JSON.readTree(admin.get("/v1/projects/" + name).body()), "/data/id");
        change(
                "deleteProjectSpanAnnotations(input: {projectId: \"%s\", annotationName: \"q\"}) {deletedAnnotationCount}"
                        .formatted(project));
        ok(admin.delete("/v1/spans/" + span));

        assertThat(actions(id)).containsExactly("annotation.delete");
        assertThat(actions(name))
                .containsExactly("annotation.clear", "annotation.clear", "project.create");
        assertThat(actions(span)).containsExactly("span.delete");
    }

    private JsonNode post(String path, Object body) {
        return JSON.readTree(ok(admin.post(path, body)).body());
    }

    private static HttpResponse<String> ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response;
    }

    private JsonNode change(String mutation) {
        JsonNode answer = admin.graphQl("mutation {" + mutation + "}", Map.of());
        assertThat(answer.path("errors")).as(answer.toString()).isEmpty();
        return answer.path("data");
    }

    private static String at(JsonNode node, String path) {
        assertThat(node.at(path).isString()).as(node.toString()).isTrue();
        return node.at(path).asString();
    }

    private List<String> actions(String target) {
        return entries(target).valueStream().map(entry -> entry.path("action").asString()).toList();
    }

    /** By this test's own user. */
    private JsonNode entries(String target) {
        String path =
                "/v1/audit_events?user_id=%s&target=%s"
                        .formatted(Api.encode(user.id()), Api.encode(target));
        return JSON.readTree(ok(admin.get(path)).body()).path("data");
    }
}
