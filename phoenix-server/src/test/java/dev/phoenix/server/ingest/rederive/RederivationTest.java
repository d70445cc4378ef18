package dev.phoenix.server.ingest.rederive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stored spans that older rules read, or none, say what the rules of today find in them. */
@ServerTest
class RederivationTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final TestServer server;
    private final Api api;

    RederivationTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void spansOfOlderRules_areReadAnew_withAllSums() throws SQLException {
        Telemetry telemetry = Telemetry.of(server);
        String session = telemetry.traceId(0);
        telemetry
                .span(1, 1, 0, 9, span -> span.kind("CHAIN"))
                .span(
                        1,
                        2,
                        1,
                        8,
                        span ->
                                span.parent(1)
                                        .attribute("gen_ai.operation.name", "chat")
                                        .attribute("gen_ai.request.model", "gpt-4o"))
                .send();
        // As if it had been stored before there were rules.
        execute(
                "UPDATE spans SET span_kind = 'UNKNOWN', model_name = NULL WHERE span_id = ?",
                telemetry.spanId(2));
        execute(
                """
                UPDATE span_payloads SET derivation = NULL, attributes = '{"gen_ai":
                    {"operation": {"name": "chat"}, "request": {"model": "gpt-4o"},
                     "conversation": {"id": "%s"},
                     "usage": {"input_tokens": 120, "output_tokens": 8}}}'
                WHERE span_key = (SELECT id FROM spans WHERE span_id = ?)\
                """
                        .formatted(session),
                telemetry.spanId(2));

        JsonNode job = finished(start(telemetry));

        assertThat(job.get("state").asString()).isEqualTo("DONE");
        assertThat(job.get("progress").asDouble()).isEqualTo(1);
        assertThat(job.get("examinedSpans").asInt()).isEqualTo(2);
        assertThat(job.get("changedSpans").asInt()).isEqualTo(1);
        assertThat(project(telemetry).at("/spans/edges/0/node"))
                .isEqualTo(
                        Api.json(
                                """
                                {'name': 'span 2', 'spanKind': 'llm', 'modelName': 'gpt-4o',
                                 'tokenCountPrompt': 120, 'tokenCountCompletion': 8,
                                 'cumulativeTokenCountTotal': 128.0, 'repetition': null}\
                                """));
        assertThat(project(telemetry).at("/spans/edges/1/node/cumulativeTokenCountTotal").asInt())
                .isEqualTo(128);
        assertThat(project(telemetry).at("/traces/edges/0/node/tokenUsage/total").asInt())
                .isEqualTo(128);
        assertThat(project(telemetry).at("/traces/edges/0/node/costSummary/total/tokens").asInt())
                .isEqualTo(128);
        assertThat(project(telemetry).at("/sessions/edges/0/node"))
                .isEqualTo(
                        Api.json(
                                "{'sessionId': '%s', 'tokenUsage': {'total': 128.0}}"
                                        .formatted(session)));
        assertThat(server.differences()).isEmpty();

        assertThat(finished(start(telemetry)).get("changedSpans").asInt()).isZero();
    }

    @Test
    void reportsOfOneCall_areFoundInSpansOfOlderVersions() throws SQLException {
        Telemetry telemetry = Telemetry.of(server);
        report(telemetry, 1);
        execute(
                "UPDATE spans SET call_hash = NULL, repeats = 0 WHERE span_id = ?",
                telemetry.spanId(1));
        report(telemetry, 2);
        assertThat(project(telemetry).get("tokenCountTotal").asInt()).isEqualTo(200);

        finished(start(telemetry));

        assertThat(project(telemetry).get("tokenCountTotal").asInt()).isEqualTo(100);
        assertThat(project(telemetry).at("/spans/edges/0/node/repetition"))
                .isEqualTo(
                        Api.json(
                                "{'scope': 'PROJECT', 'spanId': '%s'}"
                                        .formatted(telemetry.spanId(1))));
        assertThat(server.differences()).isEmpty();
    }

    private static void report(Telemetry telemetry, int number) {
        telemetry
                .span(
                        number,
                        number,
                        number,
                        10,
                        span ->
                                span.tokens(90, 10)
                                        .attribute("llm.model_name", "gpt-4o")
                                        .attribute("gen_ai.response.id", "response"))
                .send();
    }

    private void execute(String sql, String spanId) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, spanId);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private JsonNode start(Telemetry telemetry) {
        String project =
                api.query("{getProjectByName(name: \"%s\") {id}}".formatted(telemetry.project()))
                        .at("/getProjectByName/id")
                        .asString();
        return api.query(
                        """
                        mutation($input: RederiveSpansInput!) {
                          rederiveSpans(input: $input) {rederivation {id}}}\
                        """,
                        Map.of("input", Map.of("projectId", project)))
                .at("/rederiveSpans/rederivation");
    }

    private JsonNode finished(JsonNode job) {
        String query =
                """
                {node(id: "%s") {... on Rederivation {
                  state progress examinedSpans changedSpans failure}}}\
                """
                        .formatted(job.get("id").asString());
        Await.await(DEADLINE, "DONE", () -> api.query(query).at("/node/state").asString());
        return api.query(query).get("node");
    }

    private JsonNode project(Telemetry telemetry) {
        return api.query(
                        """
                        {getProjectByName(name: "%s") {
                          tokenCountTotal
                          spans(first: 10, sort: {col: startTime, dir: desc}) {edges {node {
                            name spanKind modelName tokenCountPrompt tokenCountCompletion
                            cumulativeTokenCountTotal repetition {scope spanId}}}}
                          traces(first: 10) {edges {node {
                            tokenUsage {total} costSummary {total {tokens}}}}}
                          sessions(first: 10) {edges {node {sessionId tokenUsage {total}}}}}}\
                        """
                                .formatted(telemetry.project()))
                .get("getProjectByName");
    }
}
