package dev.phoenix.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class GraphQlTest {

    private final TestServer server;
    private final Api api;

    GraphQlTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void node_isFoundByGlobalId() {
        String id = api.get("/v1/projects/default").at("/data/id").asString();
        assertThat(
                        api.query(
                                "query N($id: ID!) {node(id: $id) {id __typename ... on Project {name}}}",
                                Map.of("id", id)))
                .isEqualTo(
                        Api.json(
                                "{'node': {'id': '%s', '__typename': 'Project', 'name': 'default'}}"
                                        .formatted(id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "UHJvamVjdDo5OTk5OTk=", "VXNlcjox", "VHJhY2U6MA==", "U3BhbjotMQ=="})
    void unknownNode_isAnErrorWithACode(String id) {
        JsonNode error = api.error("{node(id: \"%s\") {id}}".formatted(id));
        assertThat(error.at("/extensions/code").asString()).isEqualTo("NOT_FOUND");
        assertThat(error.at("/path")).isEqualTo(Api.json("['node']"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, 100_000})
    void pageSize_isBounded(int first) {
        JsonNode error = api.error("{projects(first: %d) {edges {cursor}}}".formatted(first));
        assertThat(error.get("message").asString())
                .isEqualTo("first must be 1..1000, was " + first);
        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void malformedCursor_isAnErrorWithACode() {
        JsonNode error = api.error("{projects(after: \"x\") {edges {cursor}}}");
        assertThat(error.get("message").asString()).startsWith("Invalid cursor");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void probabilityOutsideTheRange_isAnErrorWithACode() {
        JsonNode error =
                api.error(
                        "{getProjectByName(name: \"default\") {latencyMsQuantile(probability: 2)}}");
        assertThat(error.get("message").asString()).isEqualTo("probability must be 0..1, was 2.0");
    }

    @ParameterizedTest
    @CsvSource({"20, ''", "21, 'the query is too nested: 21, at most 20 levels'"})
    void depth_isLimited(int depth, String message) {
        // A trace and its project are two levels, around a name that is one.
        StringBuilder query = new StringBuilder("{getProjectByName(name: \"default\") {");
        int levels = 1;
        for (; levels + 2 < depth; levels += 2) {
            query.append("trace(traceId: \"x\") {project {");
        }
        boolean insideTrace = levels + 1 < depth;
        query.append(insideTrace ? "trace(traceId: \"x\") {id}" : "id");
        query.append("}}".repeat((levels - 1) / 2)).append("}}");
        refused(query.toString(), message);
    }

    @ParameterizedTest
    @CsvSource({"50, ''", "51, 'the query is too aliased: 51, at most 50 aliases'"})
    void aliases_areLimited(int aliases, String message) {
        refused(
                IntStream.range(0, aliases)
                        .mapToObj(i -> "a%d: projectCount".formatted(i))
                        .collect(Collectors.joining(" ", "{", "}")),
                message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{projects(first: 1000) {edges {node {spans(first: 1000) {edges {cursor}}}}}}",
                "{projects {edges {node {traces(first: 100) {edges {node {spans(first: 100) {edges {cursor}}}}}}}}}",
                "{projects {edges {node {...f}}}} fragment f on Project {traces(first: 1000) {edges {node {spans(first: 9) {edges {cursor}}}}}}",
                "query ($n: Int = 1000) {projects(first: $n) {edges {node {spans(first: $n) {edges {cursor}}}}}}"
            })
    void costOfNestedLists_isLimited(String query) {
        assertThat(api.error(query).get("message").asString())
                .startsWith("the query is too large:")
                .endsWith("at most 250000 fields; ask for smaller pages");
    }

    /** Each fragment spreads the next one twice: 2^150 fields if they were written out. */
    @Test
    void fragmentsSpreadingFragments_areMeasuredInNoTime() {
        String fragments =
                IntStream.range(0, 150)
                        .mapToObj(
                                i ->
                                        "fragment f%d on Query {...f%d ...f%d}"
                                                .formatted(i, i + 1, i + 1))
                        .collect(Collectors.joining(" "));
        assertThat(
                        api.error(
                                        "{...f0} "
                                                + fragments
                                                + " fragment f150 on Query {a: projectCount}")
                                .get("message")
                                .asString())
                .contains("too large");
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 1000, 5000})
    void longChainsAndDeepNests_doNotBreakTheServer(int length) {
        String chain =
                IntStream.range(0, length)
                        .mapToObj(i -> "fragment f%d on Query {...f%d}".formatted(i, i + 1))
                        .collect(Collectors.joining(" "));
        assertThat(
                        api.execute(
                                        "{...f0} %s fragment f%d on Query {projectCount}"
                                                .formatted(chain, length),
                                        Map.of())
                                .has("errors"))
                .isEqualTo(length > 200);
        assertThat(api.execute("{a".repeat(length) + "}".repeat(length), Map.of()).get("errors"))
                .isNotEmpty();
        assertThat(
                        api.execute(
                                        "query ($v: [[Int]] = "
                                                + "[".repeat(length)
                                                + "]".repeat(length)
                                                + ") {projectCount}",
                                        Map.of())
                                .get("errors"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: projectCount ", "{}", "@skip(if: false) ", "@a"})
    void endlessQuery_isRefused(String part) {
        String query = "{projectCount " + part.repeat(20_000) + "}";
        assertThat(api.execute(query, Map.of()).get("errors")).isNotEmpty();
        assertThat(api.query("{projectCount}").has("projectCount")).isTrue();
    }

    @Test
    void fragmentCycle_isRefused() {
        assertThat(
                        api.execute(
                                        "{...a} fragment a on Query {...b} fragment b on Query {...a}",
                                        Map.of())
                                .get("errors"))
                .isNotEmpty();
    }

    @Test
    void introspection_isAnswered() {
        assertThat(
                        api.query(
                                        "{__type(name: \"Trace\") {fields {name type {name ofType {name}}}}}")
                                .at("/__type/fields"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{unknown}",
                "{projects(first: \"x\") {edges {cursor}}}",
                "mutation {x}",
                "subscription {x}"
            })
    void invalidQuery_isAnsweredWithErrors(String query) {
        assertThat(api.execute(query, Map.of()).get("errors")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '', 400",
        "application/json, '{', 400",
        "application/json, null, 400",
        "application/json, 1, 400",
        "application/json, '\"x\"', 400",
        "application/json, '{\"query\": null}', 400",
        "application/graphql+json, '{\"query\": \"{projectCount}\"}', 200",
        "application/*+json, '{\"query\": \"{projectCount}\"}', 415",
        "application/jsonx, '{\"query\": \"{projectCount}\"}', 415",
        "application/json, '[]', 400",
        "application/json, '{}', 400",
        "application/json, '{\"query\": \" \"}', 400",
        "application/json, '{\"query\": 1, \"variables\": []}', 400",
        "application/json;charset=utf-8, '{\"query\": \"{projectCount}\"}', 200",
        "text/plain, '{\"query\": \"{projectCount}\"}', 415",
        "application/x-www-form-urlencoded, 'query={projectCount}', 415"
    })
    void malformedRequest_isRefused(String contentType, String body, int status) {
        assertThat(server.post("/graphql", contentType, body).statusCode()).isEqualTo(status);
    }

    @Test
    void requestWithoutContentType_isRefused() {
        HttpResponse<String> response =
                server.send(
                        server.request("/graphql")
                                .POST(BodyPublishers.ofString("{\"query\": \"{projectCount}\"}")));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).endsWith("application/json, had none");
    }

    @Test
    void pageSizeOfNull_isTheDefault() {
        assertThat(api.query("{projects(first: null) {edges {cursor}}}"))
                .isEqualTo(api.query("{projects {edges {cursor}}}"));
    }

    @Test
    void oversizedRequest_isRefused() {
        String body = "{\"query\": \"{projectCount} #%s\"}".formatted("x".repeat(1 << 20));
        assertThat(server.post("/graphql", "application/json", body).statusCode()).isEqualTo(413);
    }

    @Test
    void operation_isChosenByName() {
        String body =
                "{\"query\": \"query A {a: projectCount} query B {b: projectCount}\", \"operationName\": \"B\"}";
        assertThat(server.post("/graphql", "application/json", body).body())
                .startsWith("{\"data\":{\"b\":");
    }

    @ParameterizedTest
    @CsvSource({
        "query={projectCount}, 200",
        "'query=query($n: Int) {projects(first: $n) {edges {cursor}}}&variables={\"n\": 1}', 200",
        "query={projectCount}&variables=x, 400",
        "query={projectCount}&variables=[1], 400",
        "query={projectCount}&variables=null, 200",
        "operationName=x, 400",
        "'', 400"
    })
    void get_isForQueries(String query, int status) {
        String encoded = Api.encode(query).replace("%3D", "=").replace("%26", "&");
        assertThat(server.get("/graphql?" + encoded).statusCode()).isEqualTo(status);
    }

    @Test
    void time_isReadInAnyIsoForm() {
        for (String time :
                new String[] {"2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01"}) {
            assertThat(
                            api.query(
                                            "query ($r: TimeRange) {getProjectByName(name: \"default\") {recordCount(timeRange: $r)}}",
                                            Map.of("r", Map.of("start", time)))
                                    .at("/getProjectByName/recordCount")
                                    .isInt())
                    .isTrue();
        }
        assertThat(
                        api.error(
                                        "{getProjectByName(name: \"default\") {recordCount(timeRange: {start: \"soon\"})}}")
                                .get("message")
                                .asString())
                .contains("ISO 8601", "soon");
    }

    private void refused(String query, String message) {
        JsonNode answer = api.execute(query, Map.of());
        assertThat(answer.at("/errors/0/message").asString("")).isEqualTo(message);
        if (!message.isEmpty()) {
            assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("BAD_REQUEST");
        }
    }
}
