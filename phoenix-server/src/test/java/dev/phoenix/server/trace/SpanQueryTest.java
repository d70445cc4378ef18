package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/spans}: data frames as the Python client asks for them. */
@ServerTest
class SpanQueryTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Telemetry sent;

    SpanQueryTest(TestServer server) {
        this.server = server;
        this.sent = Telemetry.of(server);
    }

    @BeforeEach
    void send() {
        sent.span(1, 1, 0, 10 * MS, span -> span.kind("CHAIN").attribute("input.value", "why?"))
                .span(
                        1,
                        2,
                        MS,
                        3 * MS,
                        span ->
                                span.parent(1)
                                        .kind("RETRIEVER")
                                        .attribute("retrieval.documents.0.document.content", "one")
                                        .attribute("retrieval.documents.0.document.score", 0.5)
                                        .attribute("retrieval.documents.1.document.content", "two")
                                        .attribute("own.nested.key", 1))
                .span(2, 3, 20 * MS, 24 * MS, span -> span.parent(9).tokens(3, 4))
                .send();
    }

    @Test
    void emptyQuery_isTheWholeFrame() {
        JsonNode frame = frame("{}");
        assertThat(columns(frame))
                .startsWith(
                        "0_context.span_id string",
                        "1_name string",
                        "2_span_kind string",
                        "3_parent_id string",
                        "4_start_time datetime",
                        "5_end_time datetime",
                        "6_status_code string",
                        "7_status_message string",
                        "8_events string",
                        "9_context.span_id string",
                        "10_context.trace_id string")
                .anyMatch(column -> column.endsWith("_attributes.llm.token_count.prompt number"))
                .anyMatch(column -> column.endsWith("_attributes.retrieval.documents string"))
                .anyMatch(column -> column.endsWith("_attributes.own string"));
        assertThat(frame.at("/schema/primaryKey")).isEqualTo(Api.json("['0_context.span_id']"));
        assertThat(values(frame, "1_name")).isEqualTo("span 3, span 2, span 1");
        assertThat(frame.at("/data/0/4_start_time").asString())
                .isEqualTo("2026-01-01T00:00:00.020000000Z");
        assertThat(frame.at("/data/1/8_events")).isEqualTo(Api.json("[]"));
    }

    @Test
    void projection_hasItsLabelsAndIndex() {
        JsonNode frame =
                frame(
                        """
                        {"select": {"q": {"key": "input.value"}, "trace_id": {"key": "trace_id"}, "took": {"key": "latency_ms"},
                         "cost": {"key": "total_cost"}, "began": {"key": "start_time"}, "first": {"key": "retrieval.documents[0]['document']['content']"}},
                         "filter": {"condition": "parent_id is None"}, "rename": {"q": "question"}, "index": {"key": "name"}}\
                        """);
        assertThat(columns(frame))
                .containsExactly(
                        "0_name string",
                        "1_question string",
                        "2_context.trace_id string",
                        "3_took number",
                        "4_cost number",
                        "5_began datetime",
                        "6_first string");
        assertThat(frame.path("data"))
                .isEqualTo(
                        Api.json(
                                "[{'0_name': 'span 1', '1_question': 'why?', '2_context.trace_id': '%s', '3_took': 10.0, '4_cost': 0.0, '5_began': '2026-01-01T00:00:00.000000000Z'}]"
                                        .formatted(sent.traceId(1))));
    }

    @Test
    void selectedIndex_isNoColumn() {
        JsonNode frame =
                frame(
                        """
                        {"select": {"context.trace_id": {"key": "context.trace_id"}, "name": {"key": "name"}},
                         "filter": {"condition": "parent_id is None"}, "index": {"key": "context.trace_id"}}\
                        """);
        assertThat(columns(frame)).containsExactly("0_context.trace_id string", "1_name string");
        assertThat(frame.path("data"))
                .isEqualTo(
                        Api.json(
                                "[{'0_context.trace_id': '%s', '1_name': 'span 1'}]"
                                        .formatted(sent.traceId(1))));
        JsonNode nothingElse = frame("{\"select\": {\"span_id\": {\"key\": \"span_id\"}}}");
        assertThat(columns(nothingElse)).containsExactly("0_context.span_id string");
        assertThat(nothingElse.path("data")).hasSize(3);
    }

    @Test
    void explode_isARowForEachElement() {
        JsonNode frame =
                frame(
                        """
                        {"select": {"name": {"key": "name"}}, "explode": {"key": "retrieval.documents", "primary_index_key": "context.span_id",
                         "kwargs": {"reference": "document.content", "score": "document.score"}}}\
                        """);
        assertThat(columns(frame))
                .containsExactly(
                        "0_context.span_id string",
                        "1_document_position integer",
                        "2_name string",
                        "3_reference string",
                        "4_score number");
        assertThat(frame.path("data"))
                .isEqualTo(
                        Api.json(
                                "[{'0_context.span_id': '%1$s', '1_document_position': 0, '2_name': 'span 2', '3_reference': 'one', '4_score': 0.5}, {'0_context.span_id': '%1$s', '1_document_position': 1, '2_name': 'span 2', '3_reference': 'two'}]"
                                        .formatted(sent.spanId(2))));
        JsonNode whole = frame("{\"explode\": {\"key\": \"retrieval.documents\"}}");
        assertThat(columns(whole)).contains("2_document.content string", "3_document.score number");
    }

    @Test
    void concat_joinsElements() {
        JsonNode frame =
                frame(
                        """
                        {"concat": {"key": "retrieval.documents", "kwargs": {"context": "document.content"}, "separator": " | "}}\
                        """);
        assertThat(frame.path("data"))
                .isEqualTo(
                        Api.json(
                                "[{'0_context.span_id': '%s', '1_context': 'one | two'}]"
                                        .formatted(sent.spanId(2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"limit\": 1 | span 3",
                "\"limit\": 0 | ''",
                "\"root_spans_only\": true | span 3, span 1",
                "\"root_spans_only\": true, \"orphan_span_as_root_span\": false | span 1",
                "\"start_time\": \"2026-01-01T00:00:00.001Z\" | span 3, span 2",
                "\"start_time\": \"2026-01-01T00:00:00.001\" | span 3, span 2",
                "\"start_time\": \"2026-01-02\" | ''",
                "\"start_time\": 1767225600.001 | span 3, span 2",
                "\"end_time\": \"2026-01-01T00:00:00.001+00:00\" | span 1",
                "\"stop_time\": \"2026-01-01T00:00:00.020Z\" | span 2, span 1"
            })
    void window_choosesSpans(String window, String expected) {
        var response =
                post(
                        "{\"queries\": [{\"select\": {\"name\": {\"key\": \"name\"}}}], \"project_name\": \"%s\", %s}"
                                .formatted(sent.project(), window));
        String wanted = expected.equals("''") ? "" : expected;
        assertThat(values(parts(response).getFirst(), "1_name")).isEqualTo(wanted);
    }

    @Test
    void queries_areAnsweredOnePartEach() {
        var response =
                server.send(
                        server.request("/v1/spans?project_name=" + sent.project())
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"queries\": [{}, {\"filter\": {\"condition\":"
                                                        + " \"name == 'none'\"}}]}")));
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .matches("multipart/mixed; ?boundary=[0-9a-f]+");
        List<JsonNode> parts = parts(response);
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().path("data")).hasSize(3);
        assertThat(parts.getLast().path("data")).isEmpty();
        assertThat(columns(parts.getLast())).hasSize(11).contains("4_start_time datetime");
    }

    @Test
    void unknownProject_isEmpty() {
        var response = post("{\"queries\": [{}], \"project_name\": \"nobody's\"}");
        assertThat(parts(response).getFirst().path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"queries\": []} | 404 | queries must hold",
                "{\"queries\": [{\"filter\": {\"condition\": \"name =\"}}]} | 422 | character 6: ="
                        + " is not supported",
                "{\"queries\": [{\"select\": {\"a\": {\"key\": \"1 + 1\"}}}]} | 422 | character 1:"
                        + " a key is the name",
                "{\"queries\": [{\"select\": {\"a\": {\"key\": \"((\"}}}]} | 422 | character 3:"
                        + " expected a value",
                "{\"queries\": [{\"select\": {\"a\": {\"key\": \"annotations['q'].score\"}}}]} |"
                        + " 422 | annotations['q'].score cannot be selected",
                "{\"queries\": [{\"select\": [1]}]} | 422 | the span query cannot be read: select"
                        + " must be an object",
                "{\"queries\": [7]} | 422 | the span query cannot be read: a query must be an"
                        + " object"
            })
    void wrongQueries_areRefused(String body, int status, String message) {
        var response = post(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).startsWith(message);
    }

    @Test
    void manySpans_areReadPageByPage() {
        Telemetry many = Telemetry.of(server);
        for (int i = 0; i < 1203; i++) {
            many.span(1, i, i / 3, i / 3 + 1);
        }
        many.send();
        var response =
                post(
                        "{\"queries\": [{\"select\": {\"id\": {\"key\": \"span_id\"}}}], \"limit\": 5000, \"project_name\": \"%s\"}"
                                .formatted(many.project()));
        JsonNode data = parts(response).getFirst().path("data");
        assertThat(data).hasSize(1203);
        assertThat(
                        StreamSupport.stream(data.spliterator(), false)
                                .map(row -> row.path("1_id").asString())
                                .distinct())
                .hasSize(1203);
    }

    private JsonNode frame(String query) {
        return parts(
                        post(
                                "{\"queries\": [%s], \"project_name\": \"%s\"}"
                                        .formatted(query, sent.project())))
                .getFirst();
    }

    private HttpResponse<String> post(String body) {
        return server.post("/v1/spans", "application/json", body);
    }

    private static List<JsonNode> parts(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String type = response.headers().firstValue("content-type").orElseThrow();
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        String[] parts = response.body().split("--" + boundary);
        assertThat(parts[parts.length - 1]).isEqualTo("--\r\n");
        return Arrays.stream(parts, 1, parts.length - 1)
                .map(part -> JSON.readTree(part.substring(part.indexOf("\r\n\r\n"))))
                .toList();
    }

    private static List<String> columns(JsonNode frame) {
        return StreamSupport.stream(frame.at("/schema/fields").spliterator(), false)
                .map(field -> field.path("name").asString() + " " + field.path("type").asString())
                .toList();
    }

    private static String values(JsonNode frame, String column) {
        return String.join(
                ", ",
                StreamSupport.stream(frame.path("data").spliterator(), false)
                        .map(row -> row.path(column).asString())
                        .toList());
    }
}
