package dev.phoenix.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class SessionGraphQlTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    SessionGraphQlTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void session_sumsUpItsTraces() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-☕";
        sent.span(
                        1,
                        1,
                        0,
                        MS,
                        span ->
                                span.attribute("session.id", session)
                                        .attribute("user.id", "u")
                                        .attribute("input.value", "hello"))
                .span(
                        1,
                        2,
                        0,
                        MS,
                        span -> span.parent(1).tokens(7, 3).attribute("input.value", "inner"))
                .send()
                .span(
                        2,
                        3,
                        2 * MS,
                        4 * MS,
                        span ->
                                span.attribute("session.id", session)
                                        .error("no")
                                        .attribute("output.value", "bye"))
                .send();
        JsonNode found =
                api.query(
                                """
                                {getProjectSessionById(sessionId: "%s") {
                                  sessionId startTime endTime project {name} numTraces numTracesWithError
                                  firstInput {truncatedValue value} lastOutput {value} userId
                                  tokenUsage {prompt completion total}
                                  traces(first: 1) {pageInfo {hasNextPage} edges {node {traceId session {sessionId}}}}
                                }}
                                """
                                        .formatted(session))
                        .get("getProjectSessionById");
        assertThat(found)
                .isEqualTo(
                        Api.json(
                                """
                                {'sessionId': '%1$s', 'startTime': '2026-01-01T00:00:00+00:00',
                                 'endTime': '2026-01-01T00:00:00.004000+00:00', 'project': {'name': '%2$s'},
                                 'numTraces': 2, 'numTracesWithError': 1,
                                 'firstInput': {'truncatedValue': 'hello', 'value': 'hello'},
                                 'lastOutput': {'value': 'bye'}, 'userId': 'u',
                                 'tokenUsage': {'prompt': 7.0, 'completion': 3.0, 'total': 10.0},
                                 'traces': {'pageInfo': {'hasNextPage': true},
                                  'edges': [{'node': {'traceId': '%3$s', 'session': {'sessionId': '%1$s'}}}]}}
                                """
                                        .formatted(session, sent.project(), sent.traceId(1))));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 2 3",
        "'sort: {dir: desc}', 3 2 1",
        "'sort: {col: startTime, dir: asc}', 2 1 3",
        "'sort: {col: startTime, dir: desc}', 3 1 2",
        "'sort: {col: endTime, dir: asc}', 2 3 1",
        "'sort: {col: tokenCountTotal, dir: desc}', 3 1 2",
        "'sort: {col: numTraces, dir: desc}', 2 3 1",
        "'timeRange: {start: \"2026-01-01T00:00:00.004Z\"}', 1 3",
        "'timeRange: {end: \"2026-01-01T00:00:00.002Z\"}', 1 2",
        "'timeRange: {start: \"2026-01-01T00:00:00.003Z\", end: \"2026-01-01T00:00:00.005Z\"}', 1"
    })
    void sessions_arePagedInAnyOrder(String arguments, String expected) {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-";
        sent.span(1, 1, MS, 9 * MS, span -> span.attribute("session.id", session + 1).tokens(1, 1))
                .send()
                .span(2, 2, 0, MS, span -> span.attribute("session.id", session + 2))
                .send()
                .span(3, 3, MS, 2 * MS, span -> span.attribute("session.id", session + 2))
                .send()
                .span(
                        4,
                        4,
                        5 * MS,
                        6 * MS,
                        span -> span.attribute("session.id", session + 3).tokens(1, 2))
                .send();
        for (int first = 1; first <= 3; first++) {
            assertThat(pages(sent, "first: %d %s".formatted(first, arguments)))
                    .as("first " + first)
                    .isEqualTo(expected);
        }
    }

    @Test
    void sessionsActiveInTheRange_areCounted() {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, MS, span -> span.attribute("session.id", sent.project() + "-a"))
                .span(
                        2,
                        2,
                        5 * MS,
                        6 * MS,
                        span -> span.attribute("session.id", sent.project() + "-b"))
                .span(3, 3, 0, MS)
                .send();
        assertThat(
                        api.query(
                                """
                                {getProjectByName(name: "%s") {all: sessionCount
                                  late: sessionCount(timeRange: {start: "2026-01-01T00:00:00.002Z"})}}
                                """
                                        .formatted(sent.project())))
                .isEqualTo(Api.json("{'getProjectByName': {'all': 2, 'late': 1}}"));
    }

    @Test
    void unknownSession_isNull() {
        assertThat(api.query("{getProjectSessionById(sessionId: \"nobody\") {id}}"))
                .isEqualTo(Api.json("{'getProjectSessionById': null}"));
    }

    private String pages(Telemetry sent, String arguments) {
        List<String> numbers = new ArrayList<>();
        JsonNode page;
        String after = "";
        do {
            page =
                    api.query(
                                    "{getProjectByName(name: \"%s\") {sessions(%s %s) {pageInfo {hasNextPage endCursor} edges {node {sessionId}}}}}"
                                            .formatted(sent.project(), arguments, after))
                            .at("/getProjectByName/sessions");
            page.get("edges")
                    .forEach(
                            edge ->
                                    numbers.add(
                                            edge.at("/node/sessionId")
                                                    .asString()
                                                    .replaceFirst(".*-", "")));
            after = "after: \"%s\"".formatted(page.at("/pageInfo/endCursor").asString(""));
        } while (page.at("/pageInfo/hasNextPage").asBoolean());
        return String.join(" ", numbers);
    }

    @Test
    void traces_pageFromEitherEnd() {
        Telemetry sent = Telemetry.of(server);
        for (int trace = 1; trace <= 3; trace++) {
            sent.span(
                    trace,
                    trace,
                    trace * MS,
                    trace * MS + 1,
                    span -> span.attribute("session.id", sent.project()));
        }
        sent.send();
        String query =
                "{getProjectSessionById(sessionId: \"%s\") {traces(%s) {pageInfo {hasPreviousPage"
                        + " startCursor} edges {node {traceId}}}}}";
        JsonNode last =
                api.query(query.formatted(sent.project(), "first: 1, last: 2"))
                        .at("/getProjectSessionById/traces");
        assertThat(last.at("/edges/0/node/traceId").asString()).isEqualTo(sent.traceId(2));
        assertThat(last.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
        JsonNode before =
                api.query(
                                query.formatted(
                                        sent.project(),
                                        "first: 1, last: 2, before: "
                                                + last.at("/pageInfo/startCursor")))
                        .at("/getProjectSessionById/traces");
        assertThat(before.get("edges")).hasSize(1);
        assertThat(before.at("/edges/0/node/traceId").asString()).isEqualTo(sent.traceId(1));
    }
}
