package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.kit.Api.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class RemovalTest {

    private static final long MS = 1_000_000;
    private static final long HOUR = 3_600_000 * MS;

    private final TestServer server;
    private final Api api;

    RemovalTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void trace_goesWithEverythingItHad() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-session";
        sent.span(1, 1, 0, 100 * MS, span -> span.attribute("session.id", session))
                .span(1, 2, MS, 2 * MS, span -> span.parent(1).tokens(7, 3).error("broken"))
                .span(2, 3, HOUR, HOUR + MS, span -> span.attribute("session.id", session))
                .send();
        annotate(sent);

        assertThat(delete("/v1/traces/" + sent.traceId(1)).statusCode()).isEqualTo(204);

        assertThat(traceIds(sent)).containsExactly(sent.traceId(2));
        JsonNode left = api.get("/v1/sessions/" + encode(session)).get("data");
        assertThat(left.get("traces").size()).isEqualTo(1);
        assertThat(left.get("token_count_total").asLong()).isZero();
        assertThat(left.get("start_time").asString()).isEqualTo("2026-01-01T01:00:00+00:00");
        assertThat(delete("/v1/traces/" + sent.traceId(1)).statusCode()).isEqualTo(404);
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void traceOfManySpans_isDeletedInPortions() {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, HOUR);
        for (int i = 2; i <= 2500; i++) {
            sent.span(1, i, i * MS, (i + 1) * MS, span -> span.parent(1).tokens(1, 1));
        }
        sent.span(2, 5000, 0, MS).send();
        delete("/v1/traces/" + sent.traceId(1));
        assertThat(traceIds(sent)).containsExactly(sent.traceId(2));
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void sessionWithoutTraces_isGone() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-session";
        sent.span(1, 1, 0, MS, span -> span.attribute("session.id", session)).send();
        delete("/v1/traces/" + sent.traceId(1));
        assertThat(server.get("/v1/sessions/" + encode(session)).statusCode()).isEqualTo(404);
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void deletionThatFails_isNoSuccess_andCanBeRepeated() throws SQLException {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-session";
        // So many that a job deletes them.
        for (int trace = 1; trace <= 201; trace++) {
            sent.span(trace, trace, 0, MS, span -> span.attribute("session.id", session));
        }
        sent.send();
        String rows =
                " FROM project_rollups WHERE project_id = (SELECT id FROM projects WHERE name = '%s')"
                        .formatted(sent.project());
        byte[] before;
        try (Connection database = server.connect();
                var row =
                        database.createStatement()
                                .executeQuery("SELECT trace_latencies" + rows + " LIMIT 1")) {
            row.next();
            before = row.getBytes(1);
        }
        setLatencies(new byte[] {(byte) 0x80}, rows);
        var answer = delete("/v1/sessions/" + encode(session));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        assertThat(answer.body()).contains("not everything could be deleted", "try again");
        setLatencies(before, rows);
        assertThat(delete("/v1/sessions/" + encode(session)).statusCode()).isEqualTo(204);
        assertThat(traceIds(sent)).isEmpty();
        assertThat(server.differences()).isEmpty();
    }

    private void setLatencies(byte[] latencies, String rows) throws SQLException {
        try (Connection database = server.connect();
                PreparedStatement update =
                        database.prepareStatement(
                                "UPDATE project_rollups SET trace_latencies = ?"
                                        + rows.replace(" FROM project_rollups", ""))) {
            update.setBytes(1, latencies);
            update.executeUpdate();
        }
    }

    @Test
    void lateSpanOfADeletedTrace_beginsItAnew() {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, 100 * MS, span -> span.tokens(1, 2)).send();
        delete("/v1/traces/" + sent.traceId(1));
        sent.span(1, 2, MS, 2 * MS, span -> span.parent(1).tokens(3, 4)).send();
        JsonNode trace = api.get("/v1/projects/" + sent.project() + "/traces").get("data").get(0);
        assertThat(trace.get("trace_id").asString()).isEqualTo(sent.traceId(1));
        assertThat(trace.get("token_count_total").asLong()).isEqualTo(7);
        assertThat(server.differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void spanThatGoes_leavesRightSums(int gone) {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-session";
        sent.span(1, 1, 0, 100 * MS, span -> span.attribute("session.id", session))
                .span(1, 2, 10 * MS, 90 * MS, span -> span.parent(1).tokens(10, 5))
                .span(1, 3, 20 * MS, 30 * MS, span -> span.parent(2).tokens(9, 4))
                .span(1, 4, 30 * MS, 200 * MS, span -> span.parent(3).error("broken"))
                .span(1, 5, 40 * MS, 50 * MS, span -> span.parent(3).tokens(2, 1))
                .span(1, 6, -HOUR, 50 * MS, span -> span.parent(6).tokens(1, 1))
                .send();
        assertThat(delete("/v1/spans/" + sent.spanId(gone)).statusCode()).isEqualTo(204);
        assertThat(delete("/v1/spans/" + sent.spanId(gone)).statusCode()).isEqualTo(404);
        JsonNode spans = api.get("/v1/projects/" + sent.project() + "/spans").get("data");
        assertThat(spans.size()).isEqualTo(5);
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void lastSpan_takesItsTraceAlong() {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, MS).send();
        delete("/v1/spans/" + sent.spanId(1));
        assertThat(traceIds(sent)).isEmpty();
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void sessions_areDeletedWithTheirTraces() {
        Telemetry sent = Telemetry.of(server);
        List<String> sessions =
                IntStream.range(0, 3).mapToObj(i -> sent.project() + "-session-" + i).toList();
        for (int i = 0; i < 3; i++) {
            int session = i;
            sent.span(i, i, 0, MS, span -> span.attribute("session.id", sessions.get(session)));
        }
        sent.send();
        assertThat(delete("/v1/sessions/" + encode(sessions.get(0))).statusCode()).isEqualTo(204);
        assertThat(delete("/v1/sessions/" + encode(sessions.get(0))).statusCode()).isEqualTo(404);
        assertThat(deleteSessions(sessions.get(0), sessions.get(1)).statusCode()).isEqualTo(204);
        assertThat(traceIds(sent)).containsExactly(sent.traceId(2));
        assertThat(server.differences()).isEmpty();
        assertThat(deleteSessions().statusCode()).isEqualTo(422);
        assertThat(deleteSessions(sessions.get(2), "UHJvamVjdFNlc3Npb246MQ==").statusCode())
                .isEqualTo(422);
    }

    @Test
    void tracesOfARange_areDeletedAndTheOthersStay() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-session";
        for (int i = 0; i < 5; i++) {
            sent.span(i, i, i * HOUR, i * HOUR + MS, span -> span.attribute("session.id", session));
        }
        sent.send();
        String range = "?start_time=2026-01-01T01:00:00Z&end_time=2026-01-01T03:00:00Z";
        String traces = "/v1/projects/" + sent.project() + "/traces";
        assertThat(delete(traces + range).statusCode()).isEqualTo(204);
        assertThat(delete(traces + range).statusCode()).isEqualTo(204);
        assertThat(traceIds(sent))
                .containsExactly(sent.traceId(4), sent.traceId(3), sent.traceId(0));
        assertThat(api.get("/v1/sessions/" + session).at("/data/traces").size()).isEqualTo(3);
        assertThat(server.differences()).isEmpty();
        assertThat(delete(traces).statusCode()).isEqualTo(422);
        assertThat(delete(traces + "?start_time=2026-01-02&end_time=2026-01-01").statusCode())
                .isEqualTo(422);
        assertThat(delete("/v1/projects/unknown/traces" + range).statusCode()).isEqualTo(404);
    }

    @Test
    void clearedProject_keepsWhatIsNewer() {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, MS).span(2, 2, 2 * HOUR, 2 * HOUR + MS).send();
        api.query(
                "mutation ($id: ID!) { clearProject(input: {id: $id, endTime:"
                        + " \"2026-01-01T01:00:00Z\"}) { projectCount } }",
                Map.of("id", projectId(sent)));
        assertThat(traceIds(sent)).containsExactly(sent.traceId(2));
        api.query(
                "mutation ($id: ID!) { clearProject(input: {id: $id}) { __typename } }",
                Map.of("id", projectId(sent)));
        assertThat(traceIds(sent)).isEmpty();
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void deletedProject_isGoneAndItsNameIsFree() {
        Telemetry sent = Telemetry.of(server);
        String id = projectId(sent.span(1, 1, 0, MS).span(2, 2, 0, MS).send());
        assertThat(delete("/v1/projects/" + sent.project()).statusCode()).isEqualTo(204);
        assertThat(server.get("/v1/projects/" + encode(id)).statusCode()).isEqualTo(404);
        assertThat(delete("/v1/projects/" + sent.project()).statusCode()).isEqualTo(404);
        assertThat(server.differences()).isEmpty();

        sent.span(3, 3, 0, MS).send();
        assertThat(traceIds(sent)).containsExactly(sent.traceId(3));
        assertThat(projectId(sent)).isNotEqualTo(id);
        assertThat(delete("/v1/projects/default").statusCode()).isEqualTo(403);
    }

    @Test
    void sessionThatAnotherProjectUses_staysWhenItsProjectGoes() {
        Telemetry first = Telemetry.of(server);
        Telemetry second = Telemetry.of(server);
        String session = first.project() + "-session";
        first.span(1, 1, 0, MS, span -> span.attribute("session.id", session)).send();
        second.span(1, 1, HOUR, HOUR + MS, span -> span.attribute("session.id", session)).send();
        delete("/v1/projects/" + first.project());
        JsonNode left = api.get("/v1/sessions/" + session).get("data");
        assertThat(left.get("project_id").asString()).isEqualTo(projectId(second));
        assertThat(left.get("traces").size()).isEqualTo(1);
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void traces_areTransferred() {
        Telemetry sent = Telemetry.of(server);
        Telemetry destination = Telemetry.of(server);
        sent.span(1, 1, 0, 100 * MS, span -> span.tokens(5, 5))
                .span(1, 2, MS, 2 * MS, span -> span.parent(1).tokens(7, 3))
                .span(2, 3, 0, MS)
                .span(3, 4, 0, MS)
                .send();
        destination.span(1, 1, 0, MS).send();
        String trace3 =
                api.query("{ getTraceByOtelId(traceId: \"%s\") { id } }".formatted(sent.traceId(3)))
                        .at("/getTraceByOtelId/id")
                        .asString();
        HttpResponse<String> answer =
                transfer(destination.project(), sent.traceId(1), sent.traceId(1), trace3);
        assertThat(Api.json(answer.body()))
                .isEqualTo(
                        Api.json(
                                "{'data': {'transferred_trace_count': 2, 'destination_project_id': '%s'}}"
                                        .formatted(projectId(destination))));
        assertThat(traceIds(sent)).containsExactly(sent.traceId(2));
        assertThat(traceIds(destination)).hasSize(3);
        assertThat(api.get("/v1/projects/" + destination.project() + "/spans").get("data").size())
                .isEqualTo(4);
        sent.span(1, 5, 3 * MS, 4 * MS, span -> span.parent(1)).send();
        assertThat(api.get("/v1/projects/" + destination.project() + "/spans").get("data").size())
                .isEqualTo(5);
        assertThat(server.differences()).isEmpty();

        assertThat(transfer("unknown", sent.traceId(2)).statusCode()).isEqualTo(404);
        assertThat(transfer(destination.project(), "unknown").statusCode()).isEqualTo(404);
        assertThat(transfer(destination.project()).statusCode()).isEqualTo(422);
        assertThat(
                        transfer(destination.project(), sent.traceId(2), destination.traceId(1))
                                .statusCode())
                .isEqualTo(422);
        assertThat(transfer(sent.project(), sent.traceId(2)).statusCode()).isEqualTo(200);
    }

    private void annotate(Telemetry sent) {
        String body =
                "{\"data\": [{\"span_id\": \"%s\", \"name\": \"n\", \"annotator_kind\":"
                        + " \"CODE\"}]}";
        assertThat(
                        server.post(
                                        "/v1/span_annotations?sync=true",
                                        "application/json",
                                        body.formatted(sent.spanId(2)))
                                .statusCode())
                .isEqualTo(200);
    }

    private List<String> traceIds(Telemetry sent) {
        return api.get("/v1/projects/" + sent.project() + "/traces")
                .get("data")
                .valueStream()
                .map(trace -> trace.get("trace_id").asString())
                .toList();
    }

    private String projectId(Telemetry sent) {
        return api.get("/v1/projects/" + sent.project()).at("/data/id").asString();
    }

    private HttpResponse<String> transfer(String destination, String... traces) {
        return server.post(
                "/v1/traces/transfer",
                "application/json",
                "{\"destination_project_identifier\": \"%s\", \"trace_identifiers\": [%s]}"
                        .formatted(destination, quoted(traces)));
    }

    private HttpResponse<String> deleteSessions(String... sessions) {
        return server.send(
                server.request("/v1/sessions/delete")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"session_identifiers\": [%s]}"
                                                .formatted(quoted(sessions)))));
    }

    private static String quoted(String... ids) {
        return String.join(", ", List.of(ids).stream().map(id -> '"' + id + '"').toList());
    }

    private HttpResponse<String> delete(String path) {
        return server.send(server.request(path).DELETE());
    }
}
