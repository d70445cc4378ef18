package dev.phoenix.server.project;

import static dev.phoenix.server.kit.Api.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class ProjectsTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    ProjectsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "проект ☕ 项目",
                "50% & more?#",
                "UHJvamVjdDox=",
                "it's \"quoted\""
            })
    void project_isFoundByNameAndByGlobalId(String suffix) {
        String name = server.projectName() + " " + suffix;
        Telemetry.of(server, name).span(1, 1, 0, MS).send();
        JsonNode byName = api.get("/v1/projects/" + encode(name));
        assertThat(byName.at("/data/name").asString()).isEqualTo(name);
        assertThat(byName.at("/data/description").isNull()).isTrue();
        String id = byName.at("/data/id").asString();
        assertThat(api.get("/v1/projects/" + encode(id))).isEqualTo(byName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "VHJhY2U6MQ==", "UHJvamVjdDo5OTk5OTk5OQ==", "DEFAULT"})
    void unknownProject_isNotFound(String identifier) {
        for (String path : List.of("", "/spans", "/traces")) {
            var response = server.get("/v1/projects/" + encode(identifier) + path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("content-type"))
                    .hasValue("text/plain;charset=UTF-8");
            assertThat(response.body()).contains(identifier);
        }
    }

    @Test
    void projects_arePagedNewestFirst() {
        String prefix = server.projectName() + "-";
        for (int i = 1; i <= 5; i++) {
            Telemetry.of(server, prefix + i).span(1, 1, 0, MS).send();
        }
        for (int limit : new int[] {1, 2, 4, 5, 100}) {
            List<String> names = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page =
                        api.get(
                                "/v1/projects?name_contains=%s&limit=%d&cursor=%s"
                                        .formatted(prefix, limit, cursor));
                page.get("data").forEach(project -> names.add(project.get("name").asString()));
                cursor =
                        page.get("next_cursor").isNull()
                                ? ""
                                : encode(page.get("next_cursor").asString());
            } while (!cursor.isEmpty());
            assertThat(names)
                    .as("limit " + limit)
                    .containsExactly(prefix + 5, prefix + 4, prefix + 3, prefix + 2, prefix + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STRASSE, true",
        "straße, true",
        "ПРОЕКТ, true",
        "%, false",
        "_, false",
        "проект x, false"
    })
    void nameContains_ignoresCaseAndKnowsNoWildcards(String part, boolean found) {
        String name = server.projectName() + " Straße Проект";
        Telemetry.of(server, name).span(1, 1, 0, MS).send();
        assertThat(
                        api.get("/v1/projects?limit=1000&name_contains=" + encode(part))
                                .get("data")
                                .valueStream())
                .extracting(project -> project.get("name").asString())
                .matches(names -> names.contains(name) == found, "found: " + found);
    }

    @Test
    void project_sumsUpItsTraces() {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, 100 * MS, span -> span.tokens(10, 5))
                .span(1, 2, MS, 2 * MS, span -> span.parent(1).tokens(7, 3))
                .span(2, 3, 10 * MS, 30 * MS, span -> span.tokens(1, 1))
                .span(3, 4, 20 * MS, 30 * MS)
                .span(4, 5, 30 * MS, 70 * MS)
                .send();
        JsonNode project =
                api.query(
                                """
                                {getProjectByName(name: "%s") {
                                  name description startTime endTime hasTraces recordCount traceCount sessionCount
                                  tokenCountTotal tokenCountPrompt tokenCountCompletion
                                  p0: latencyMsQuantile(probability: 0) p50: latencyMsQuantile(probability: 0.5)
                                  p75: latencyMsQuantile(probability: 0.75) p100: latencyMsQuantile(probability: 1)
                                  ...late
                                }}
                                fragment late on Project {
                                  lateRecords: recordCount(timeRange: {start: "2026-01-01T00:00:00.010Z"})
                                  lateTraces: traceCount(timeRange: {start: "2026-01-01T00:00:00.010Z"})
                                  lateTokens: tokenCountTotal(timeRange: {start: "2026-01-01T00:00:00.010Z"})
                                  lateP50: latencyMsQuantile(probability: 0.5, timeRange: {start: "2026-01-01T00:00:00.010Z"})
                                  noneP50: latencyMsQuantile(probability: 0.5, timeRange: {start: "2027-01-01T00:00:00Z"})
                                }
                                """
                                        .formatted(sent.project()))
                        .get("getProjectByName");
        assertThat(project)
                .isEqualTo(
                        Api.json(
                                """
                                {'name': '%s', 'description': null,
                                 'startTime': '2026-01-01T00:00:00+00:00', 'endTime': '2026-01-01T00:00:00.100000+00:00',
                                 'hasTraces': true, 'recordCount': 5, 'traceCount': 4, 'sessionCount': 0,
                                 'tokenCountTotal': 27.0, 'tokenCountPrompt': 18.0, 'tokenCountCompletion': 9.0,
                                 'p0': 10.0, 'p50': 30.0, 'p75': 55.0, 'p100': 100.0,
                                 'lateRecords': 3, 'lateTraces': 3, 'lateTokens': 2.0, 'lateP50': 20.0, 'noneP50': null}
                                """
                                        .formatted(sent.project())));
    }

    @Test
    void streamingLastUpdatedAt_advancesWithEveryCommit() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        String query =
                "{getProjectByName(name: \"%s\") {streamingLastUpdatedAt}}"
                        .formatted(sent.project());
        String before = api.query(query).at("/getProjectByName/streamingLastUpdatedAt").asString();
        sent.span(1, 2, 0, MS).send();
        assertThat(api.query(query).at("/getProjectByName/streamingLastUpdatedAt").asString())
                .isGreaterThan(before);
    }

    @ParameterizedTest
    @CsvSource({
        "'', b a c",
        "'sort: {col: name, dir: asc}', a b c",
        "'sort: {col: name, dir: desc}', c b a",
        "'sort: {col: endTime, dir: desc}', a c b",
        "'sort: {col: endTime, dir: asc}', b c a"
    })
    void graphQlProjects_arePagedInAnyOrder(String arguments, String expected) {
        String prefix = server.projectName() + "-";
        Telemetry.of(server, prefix + "b").span(1, 1, 0, MS).send();
        Telemetry.of(server, prefix + "a").span(1, 1, 0, 9 * MS).send();
        Telemetry.of(server, prefix + "c").span(1, 1, 0, 5 * MS).send();
        for (int first = 1; first <= 3; first++) {
            List<String> names = new ArrayList<>();
            JsonNode page;
            String after = "";
            do {
                String query =
                        "{projects(first: %d %s %s filter: {col: name, value: \"%s\"}) {pageInfo {hasNextPage endCursor} edges {node {name}}}}";
                page =
                        api.query(query.formatted(first, arguments, after, prefix.toUpperCase()))
                                .get("projects");
                page.get("edges")
                        .forEach(
                                edge ->
                                        names.add(
                                                edge.at("/node/name")
                                                        .asString()
                                                        .replaceFirst(".*-", "")));
                after = "after: \"%s\"".formatted(page.at("/pageInfo/endCursor").asString(""));
            } while (page.at("/pageInfo/hasNextPage").asBoolean());
            assertThat(String.join(" ", names)).as("first " + first).isEqualTo(expected);
        }
        String end =
                "{projects(last: %d %s %s filter: {col: name, value: \"%s\"}) {pageInfo {hasPreviousPage startCursor} edges {node {name}}}}";
        JsonNode last = api.query(end.formatted(1, arguments, "", prefix)).get("projects");
        String before = "before: " + last.at("/pageInfo/startCursor");
        JsonNode others = api.query(end.formatted(2, arguments, before, prefix)).get("projects");
        assertThat(others.at("/pageInfo/hasPreviousPage").asBoolean()).isFalse();
        assertThat(
                        Stream.of(
                                        others.at("/edges/0/node/name"),
                                        others.at("/edges/1/node/name"),
                                        last.at("/edges/0/node/name"))
                                .map(name -> name.asString().replaceFirst(".*-", ""))
                                .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void projectCount_countsAll() {
        int before = api.query("{projectCount}").get("projectCount").asInt();
        Telemetry.of(server).span(1, 1, 0, MS).send();
        assertThat(api.query("{projectCount}").get("projectCount").asInt()).isGreaterThan(before);
    }
}
