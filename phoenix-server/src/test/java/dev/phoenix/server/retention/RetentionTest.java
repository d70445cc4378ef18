package dev.phoenix.server.retention;

import static dev.phoenix.server.kit.Api.encode;
import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class RetentionTest {

    private static final long MS = 1_000_000;
    private static final long DAY = 86_400_000 * MS;
    private static final String CREATE =
            "mutation ($input: CreateProjectTraceRetentionPolicyInput!) {"
                    + " createProjectTraceRetentionPolicy(input: $input) { node { id name"
                    + " cronExpression purgeableTraceCount rule { __typename ... on"
                    + " TraceRetentionRuleMaxDays { maxDays } ... on TraceRetentionRuleMaxCount {"
                    + " maxCount } } projects { edges { node { name } } } } } }";

    private final TestServer server;
    private final Api api;

    RetentionTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void defaultPolicy_keepsEverythingAndCannotBeDeleted() {
        JsonNode policy =
                api.query(
                                "{ defaultProjectTraceRetentionPolicy { id name cronExpression rule"
                                        + " { ... on TraceRetentionRuleMaxDays { maxDays } } } }")
                        .at("/defaultProjectTraceRetentionPolicy");
        String id = policy.get("id").asString();
        assertThat(policy)
                .isEqualTo(
                        json(
                                "{'id': '%s', 'name': 'Default', 'cronExpression': '0 0 * * 0', 'rule': {'maxDays': 0.0}}"
                                        .formatted(id)));
        assertThat(
                        api.error(
                                        "mutation { deleteProjectTraceRetentionPolicy(input: {id: \"%s\"}) { node { id } } }"
                                                .formatted(id))
                                .get("message")
                                .asString())
                .contains("cannot be deleted");
    }

    @Test
    void policy_isCreatedChangedAndDeleted() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        JsonNode created = create(sent, Map.of("maxDays", Map.of("maxDays", 1.5)));
        assertThat(created.findValuesAsString("name")).contains(sent.project());
        assertThat(created.get("purgeableTraceCount").asInt()).isEqualTo(1);
        String id = created.get("id").asString();
        JsonNode patched =
                api.query(
                        "mutation ($id: ID!, $project: ID!) {"
                                + " patchProjectTraceRetentionPolicy(input: {id: $id, rule: {maxCount:"
                                + " {maxCount: 3}}, removeProjects: [$project]}) { node { name"
                                + " purgeableTraceCount rule { __typename } projects { edges { cursor }"
                                + " } } query { projectTraceRetentionPolicies { edges { node { id } } }"
                                + " } } }",
                        Map.of("id", id, "project", projectId(sent)));
        assertThat(patched.at("/patchProjectTraceRetentionPolicy/node"))
                .isEqualTo(
                        json(
                                "{'name': '%s', 'purgeableTraceCount': 0, 'rule': {'__typename': 'TraceRetentionRuleMaxCount'}, 'projects': {'edges': []}}"
                                        .formatted(created.get("name").asString())));
        api.query(
                "mutation ($id: ID!) { deleteProjectTraceRetentionPolicy(input: {id: $id}) { node {"
                        + " id } } }",
                Map.of("id", id));
        assertThat(
                        api.execute("query ($id: ID!) { node(id: $id) { id } }", Map.of("id", id))
                                .at("/errors/0/extensions/code")
                                .asString())
                .isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{maxDays: {maxDays: -1}}",
                "{maxCount: {maxCount: -1}}",
                "{}",
                "{maxDays: {maxDays: 1}, maxCount: {maxCount: 1}}"
            })
    void whatIsNoRule_isRefused(String rule) {
        assertThat(
                        api.execute(
                                        "mutation { createProjectTraceRetentionPolicy(input: {name: \"x\", cronExpression: \"0 0 * * *\", rule: %s}) { node { id } } }"
                                                .formatted(rule),
                                        Map.of())
                                .get("errors"))
                .isNotEmpty();
    }

    @Test
    void project_isPointedAtAPolicyAndBackToTheDefault() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        String policy =
                create(
                                Telemetry.of(server).span(1, 1, 0, MS).send(),
                                Map.of("maxCount", Map.of("maxCount", 1000)))
                        .get("id")
                        .asString();
        String defaultPolicy =
                api.query("{ defaultProjectTraceRetentionPolicy { id } }")
                        .at("/defaultProjectTraceRetentionPolicy/id")
                        .asString();
        assertThat(point(sent, "'" + policy + "'").body())
                .isEqualTo(
                        json("{'data': {'project_id': '%s', 'policy_id': '%s'}}"
                                        .formatted(projectId(sent), policy))
                                .toString());
        assertThat(policyOf(sent)).isEqualTo(policy);
        assertThat(
                        Api.json(point(sent, "'" + defaultPolicy + "'").body())
                                .at("/data/policy_id")
                                .isNull())
                .isTrue();
        assertThat(policyOf(sent)).isEqualTo(defaultPolicy);
        assertThat(point(sent, "null").statusCode()).isEqualTo(200);
        assertThat(point(sent, "'x'").statusCode()).isEqualTo(422);
        assertThat(point(sent, "'UHJvamVjdDox'").statusCode()).isEqualTo(422);
        assertThat(patch(sent.project(), "{}").statusCode()).isEqualTo(422);
        assertThat(patch("unknown", "{'policy_id': null}").statusCode()).isEqualTo(404);
        String unknown =
                dev.phoenix.server.api.GlobalId.encode("ProjectTraceRetentionPolicy", 1L << 40);
        assertThat(point(sent, "'" + unknown + "'").statusCode()).isEqualTo(404);
    }

    @Test
    void sweep_purgesWhatIsTooOldOrTooMuch_andIsLogged() throws SQLException {
        long now = Duration.between(Telemetry.EPOCH, Instant.now()).toNanos();
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, now - 10 * DAY, now - 10 * DAY + MS)
                .span(2, 2, now - 3 * DAY, now - 3 * DAY + MS)
                .span(3, 3, now - 2 * DAY, now - 2 * DAY + MS)
                .span(4, 4, now - DAY, now - DAY + MS)
                .send();
        JsonNode policy =
                create(sent, Map.of("maxDaysOrCount", Map.of("maxDays", 5, "maxCount", 2)));
        assertThat(policy.get("purgeableTraceCount").asInt()).isEqualTo(2);
        // As if the policy had been there for a while.
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE project_trace_retention_policies SET swept_ns = 0 WHERE name = '%s'"
                            .formatted(policy.get("name").asString()));
        }
        Await.await(
                Duration.ofSeconds(60),
                List.of(sent.traceId(4), sent.traceId(3)),
                () -> traceIds(sent));
        Await.await(
                Duration.ofSeconds(10),
                json(
                        "{'policyName': '%s', 'projectName': '%s', 'traceCount': 2, 'spanCount': 2, 'done': true}"
                                .formatted(policy.get("name").asString(), sent.project())),
                () ->
                        api.query(
                                        "{ retentionPurges(first: 1) { edges { node { policyName"
                                                + " projectName traceCount spanCount done } } } }")
                                .at("/retentionPurges/edges/0/node"));
        assertThat(server.get("/v1/audit_events?action=retention.purge").body())
                .contains(sent.project());
        assertThat(server.differences()).isEmpty();
    }

    private JsonNode create(Telemetry sent, Map<String, ?> rule) {
        return api.query(
                        CREATE,
                        Map.of(
                                "input",
                                Map.of(
                                        "name",
                                        "policy of " + sent.project(),
                                        "cronExpression",
                                        "0 * * * *",
                                        "rule",
                                        rule,
                                        "addProjects",
                                        List.of(projectId(sent)))))
                .at("/createProjectTraceRetentionPolicy/node");
    }

    private String projectId(Telemetry sent) {
        return api.get("/v1/projects/" + sent.project()).at("/data/id").asString();
    }

    private String policyOf(Telemetry sent) {
        return api.query(
                        "query ($name: String!) { getProjectByName(name: $name) {"
                                + " traceRetentionPolicy { id } } }",
                        Map.of("name", sent.project()))
                .at("/getProjectByName/traceRetentionPolicy/id")
                .asString();
    }

    private List<String> traceIds(Telemetry sent) {
        return api.get("/v1/projects/" + encode(sent.project()) + "/traces")
                .get("data")
                .valueStream()
                .map(trace -> trace.get("trace_id").asString())
                .toList();
    }

    private HttpResponse<String> point(Telemetry sent, String policy) {
        return patch(sent.project(), "{'policy_id': " + policy + "}");
    }

    private HttpResponse<String> patch(String project, String body) {
        return server.send(
                server.request("/v1/projects/" + project + "/retention")
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body.replace('\'', '"'))));
    }
}
