package dev.phoenix.server.api;

import static dev.phoenix.server.kit.Api.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Cursors of other lists, of other orders and of nobody continue a list or are refused in words.
 */
@ServerTest
class HostileCursorsTest {

    private static final List<String> CURSORS =
            Stream.concat(
                            Stream.of(
                                            "Project:1",
                                            "Span:1",
                                            "Trace:0",
                                            "ProjectSession:-1",
                                            "SpanAnnotation:9223372036854775807",
                                            "SpanAnnotation:-9223372036854775808",
                                            "SpanAnnotation:9223372036854775808",
                                            "FreeformAnnotationConfig:1",
                                            "CategoricalAnnotationConfig:9223372036854775807",
                                            "1:DATETIME:2026-01-01T00:00:00+00:00",
                                            "1:DATETIME:9999-12-31T23:59:59.999999999+00:00",
                                            "1:DATETIME:0001-01-01T00:00:00+00:00",
                                            "1:FLOAT:1.5",
                                            "1:FLOAT:1e999999999",
                                            "1:FLOAT:-9223372036854.775808",
                                            "1:INTEGER:9223372036854775807",
                                            "1:INTEGER:-1",
                                            "1:NUMBER:1.7976931348623157E308",
                                            "1:NUMBER:-0.0",
                                            "1:NUMBER:NaN",
                                            "1:STRING:",
                                            "1:STRING:\0",
                                            "1:STRING:\uD83C\uDF88",
                                            "9223372036854775807:STRING:x",
                                            "99999999999999999999:STRING:x",
                                            ":",
                                            "::",
                                            "")
                                    .map(HostileCursorsTest::base64),
                            Stream.of("x", "====", "\u00e9", "1", "null", "A".repeat(3000)))
                    .toList();

    private final TestServer server;
    private final Telemetry sent;

    HostileCursorsTest(TestServer server) {
        this.server = server;
        this.sent = Telemetry.of(server);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projects?",
                "projects/PROJECT/spans?",
                "projects/PROJECT/spans?sort=start_time&",
                "projects/PROJECT/spans/otlpv1?",
                "projects/PROJECT/traces?",
                "projects/PROJECT/traces?sort=latency_ms&order=asc&",
                "projects/PROJECT/sessions?",
                "projects/PROJECT/sessions?order=desc&",
                "projects/PROJECT/span_annotations?identifier=x&",
                "projects/PROJECT/trace_annotations?identifier=x&",
                "projects/PROJECT/session_annotations?identifier=x&",
                "projects/PROJECT/annotation_configs?",
                "annotation_configs?",
                "traces/TRACE/skeleton?"
            })
    void restList_goesOnOrRefuses(String list) {
        store();
        String path =
                "/v1/" + list.replace("PROJECT", sent.project()).replace("TRACE", sent.traceId(1));
        for (String cursor : CURSORS) {
            HttpResponse<String> answer = server.get(path + "cursor=" + encode(cursor));
            assertThat(answer.statusCode())
                    .as("%s: %s", cursor, answer.body())
                    .isIn(200, list.contains("annotation_configs") ? 400 : 422);
            if (answer.statusCode() != 200) {
                assertThat(answer.body()).startsWithIgnoringCase("Invalid cursor");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projects(CURSOR) {edges {cursor}}",
                "projects(CURSOR, sort: {col: name, dir: asc}) {edges {cursor}}",
                "projects(CURSOR, sort: {col: endTime, dir: desc}) {edges {cursor}}",
                "PROJECT {spans(first: 5, CURSOR) {edges {cursor}}}",
                "PROJECT {spans(first: 5, CURSOR, filterCondition: \"x == 1\") {edges {cursor}}}",
                "PROJECT {spans(first: 5, CURSOR, sort: {col: latencyMs, dir: asc}) {edges {cursor}}}",
                "PROJECT {spans(first: 5, CURSOR, sort: {col: tokenCountTotal, dir: desc}) {edges {cursor}}}",
                "PROJECT {spans(first: 5, CURSOR, sort: {col: tokenCostTotal, dir: desc}) {edges {cursor}}}",
                "PROJECT {spans(first: 5, CURSOR, sort: {evalResultKey: {name: \"q\", attr: score}, dir: desc}) {edges {cursor}}}",
                "PROJECT {spans(first: 5, CURSOR, sort: {evalResultKey: {name: \"q\", attr: label}, dir: asc}) {edges {cursor}}}",
                "PROJECT {traces(first: 5, CURSOR) {edges {cursor}}}",
                "PROJECT {sessions(first: 5, CURSOR) {edges {cursor}}}",
                "PROJECT {sessions(first: 5, CURSOR, sort: {col: costTotal, dir: desc}) {edges {cursor}}}",
                "PROJECT {trace(traceId: \"TRACE\") {spans(first: 5, CURSOR) {edges {cursor}}}}",
                "PROJECT {trace(traceId: \"TRACE\") {rootSpan {descendants(CURSOR) {edges {cursor}}}}}",
                "PROJECT {annotationConfigs(CURSOR) {edges {cursor}}}",
                "annotationConfigs(CURSOR) {edges {cursor}}",
                "projectTraceRetentionPolicies(CURSOR) {edges {cursor}}",
                "retentionPurges(CURSOR) {edges {cursor}}"
            })
    void graphQlList_goesOnOrRefuses(String field) {
        store();
        String list =
                field.replace("PROJECT", "getProjectByName(name: \"%s\")".formatted(sent.project()))
                        .replace("TRACE", sent.traceId(1));
        for (String cursor : CURSORS) {
            JsonNode answer =
                    new Api(server)
                            .execute(
                                    "query ($after: String) {"
                                            + list.replace("CURSOR", "after: $after")
                                            + "}",
                                    Map.of("after", cursor));
            for (JsonNode error : answer.path("errors")) {
                assertThat(error.at("/extensions/code").asString())
                        .as("%s: %s", cursor, answer)
                        .isEqualTo("BAD_REQUEST");
                assertThat(error.get("message").asString()).startsWith("Invalid cursor");
            }
        }
    }

    private void store() {
        sent.span(1, 1, 0, 10, span -> span.attribute("session.id", sent.project())).send();
    }
}
