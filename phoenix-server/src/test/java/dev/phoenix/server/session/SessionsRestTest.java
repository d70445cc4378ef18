package dev.phoenix.server.session;

import static dev.phoenix.server.kit.Api.encode;
import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
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
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    api.get(
                            "/v1/projects/%s/sessions?limit=2&order=%s&cursor=%s"
                                    .formatted(sent.project(), order, cursor));
            page.get("data").forEach(one -> listed.add(one.get("session_id").asString()));
            cursor = encode(page.get("next_cursor").asString(""));
        } while (!cursor.isEmpty());
        assertThat(listed).isEqualTo(expected);
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
