package dev.phoenix.server.session;

import static dev.phoenix.server.kit.Api.encode;
import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class SessionsRestTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    SessionsRestTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void session_tellsItsTracesByStart() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + " session?";
        sent.span(
                        2,
                        2,
                        1000 * MS,
                        2000 * MS,
                        span -> span.tokens(7, 3).attribute("session.id", session))
                .span(1, 1, 0, MS, span -> span.attribute("session.id", session))
                .send();
        JsonNode found = api.get("/v1/sessions/" + encode(session)).get("data");
        assertThat(found)
                .isEqualTo(
                        json(
                                "{'id': '%s', 'session_id': '%s', 'project_id': '%s', 'start_time': '2026-01-01T00:00:00+00:00', 'end_time': '2026-01-01T00:00:02+00:00', 'traces': %s, 'token_count_prompt': 7, 'token_count_completion': 3, 'token_count_total': 10}"
                                        .formatted(
                                                found.get("id").asString(),
                                                session,
                                                api.get("/v1/projects/" + sent.project())
                                                        .at("/data/id")
                                                        .asString(),
                                                found.get("traces"))));
        assertThat(found.get("traces").findValuesAsString("trace_id"))
                .containsExactly(sent.traceId(1), sent.traceId(2));
        assertThat(api.get("/v1/sessions/" + encode(found.get("id").asString())).get("data"))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void sessions_arePagedByKey(String order) {
        Telemetry sent = Telemetry.of(server);
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String session = sent.project() + "-" + i;
            sent.span(i, i, 0, MS, span -> span.attribute("session.id", session)).send();
            if (order.equals("asc")) {
                expected.add(session);
            } else {
                expected.addFirst(session);
            }
        }
        assertThat(listed(server, sent.project(), order, 2)).isEqualTo(expected);
    }

    private static List<String> listed(TestServer server, String project, String order, int limit) {
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    new Api(server)
                            .get(
                                    "/v1/projects/%s/sessions?limit=%d&order=%s&cursor=%s"
                                            .formatted(project, limit, order, cursor));
            page.get("data").forEach(one -> listed.add(one.get("session_id").asString()));
            cursor = encode(page.get("next_cursor").asString(""));
        } while (!cursor.isEmpty());
        return listed;
    }

    /** They are further apart than what is looked at first. */
    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void fewSessionsAmongThousands_arePagedByKey(String order) throws SQLException {
        try (TestServer own = TestServer.start(server.testEngine(), Map.of())) {
            Telemetry sent = Telemetry.of(own);
            sent.span(1, 1, 0, MS, span -> span.attribute("session.id", "first")).send();
            Telemetry other = Telemetry.of(own).span(1, 1, 0, MS).send();
            try (var connection = own.connect();
                    var statement = connection.createStatement()) {
                statement.execute(sessions(12_000, 1_000_000, other.project()));
                statement.execute(sessions(2, 2_000_000, sent.project()));
                statement.execute(sessions(1, 3_000_000, other.project()));
            }
            List<String> oldestFirst = List.of("first", "c2000001", "c2000002");
            List<String> expected = order.equals("asc") ? oldestFirst : oldestFirst.reversed();
            assertThat(listed(own, sent.project(), order, 2)).isEqualTo(expected);
            assertThat(listed(own, sent.project(), order, 10)).isEqualTo(expected);
        }
    }

    private static String sessions(int count, int firstKey, String project) {
        return """
        INSERT INTO project_sessions (id, session_id, project_id, start_ns, end_ns)
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %1$d)
        SELECT %2$d + n, 'c' || (%2$d + n), projects.id, 0, 0 FROM numbers, projects WHERE name = '%3$s'\
        """
                .formatted(count, firstKey, project);
    }

    @Test
    void whatIsUnknownOrWrong_isToldApart() {
        assertThat(server.get("/v1/sessions/unknown").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/projects/unknown/sessions").statusCode()).isEqualTo(404);
        for (String query : List.of("limit=0", "order=up", "cursor=x")) {
            assertThat(server.get("/v1/projects/default/sessions?" + query).statusCode())
                    .as(query)
                    .isEqualTo(422);
        }
    }
}
