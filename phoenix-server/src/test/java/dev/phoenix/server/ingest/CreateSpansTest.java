package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@ServerTest
class CreateSpansTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final String project;

    CreateSpansTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @Test
    void spans_readBackAsTheyWereSent() {
        ObjectNode span =
                span("ask")
                        .put("span_kind", "LLM")
                        .put("parent_id", "feedfacefeedface")
                        .put("status_code", "error")
                        .put("status_message", "refused");
        span.set(
                "attributes",
                Api.json(
                        """
                        {'llm.model_name': 'gpt-4o', 'llm.token_count.prompt': 7,
                         'llm.input_messages.0.message.role': 'user', 'tags': ['a', 'b'],
                         'metadata': '{}'}"""));
        span.set(
                "events",
                Api.json(
                        "[{'name': 'first', 'timestamp': '2026-01-01T00:00:00.5Z', 'attributes': {'a.b': 1}}]"));

        HttpResponse<String> answer = post(span);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()))
                .isEqualTo(Api.json("{'total_received': 1, 'total_queued': 1}"));
        JsonNode stored = Stored.spans(server, project).getFirst();
        ObjectNode expected = span.deepCopy().put("status_code", "ERROR");
        expected.put("id", stored.get("id").asString());
        expected.put("start_time", "2026-01-01T00:00:00+00:00");
        expected.put("end_time", "2026-01-01T00:00:01+00:00");
        ((ObjectNode) expected.at("/events/0"))
                .put("timestamp", "2026-01-01T00:00:00.500000+00:00");
        assertThat(stored).isEqualTo(expected);
    }

    @Test
    void nestedAttributes_readLikeDottedOnes() {
        ObjectNode nested = span("nested").put("span_kind", "LLM");
        nested.set(
                "attributes",
                Api.json(
                        """
                        {'llm': {'model_name': 'm', 'token_count': {'prompt': 3, 'completion': 4}},
                         'session': {'id': true}, 'metadata': {'a b': {'c.d': 1}},
                         'retrieval': {'documents': [{'document': {'content': 'x'}}]}}"""));
        String trace = nested.at("/context/trace_id").asString();

        assertThat(post(nested).statusCode()).isEqualTo(202);

        JsonNode stored = Stored.spans(server, project).getFirst();
        assertThat(stored.get("attributes"))
                .isEqualTo(
                        Api.json(
                                """
                                {'llm.model_name': 'm', 'llm.token_count.prompt': 3,
                                 'llm.token_count.completion': 4, 'session.id': true,
                                 'metadata.a b.c.d': 1, 'retrieval.documents.0.document.content': 'x'}"""));
        JsonNode read =
                new Api(server)
                        .query(
                                """
                                { getTraceByOtelId(traceId: "%s") { session { sessionId }
                                  spans(first: 1) { edges { node { tokenCountTotal } } } } }"""
                                        .formatted(trace));
        assertThat(read.at("/getTraceByOtelId/session/sessionId").asString()).isEqualTo("True");
        assertThat(read.at("/getTraceByOtelId/spans/edges/0/node/tokenCountTotal").asInt())
                .isEqualTo(7);
    }

    @Test
    void knownSpan_isRefusedWithEverythingBesideIt() {
        ObjectNode known = span("known");
        assertThat(post(known).statusCode()).isEqualTo(202);
        ObjectNode fresh = span("fresh");
        ObjectNode invalid = span("invalid");
        invalid.withObject("/context").put("trace_id", "");

        HttpResponse<String> answer = post(fresh, known, invalid);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        JsonNode lists = JSON.readTree(answer.body());
        assertThat(lists.get("total_received").asInt()).isEqualTo(3);
        assertThat(lists.get("total_queued").asInt()).isZero();
        assertThat(lists.get("total_duplicates").asInt()).isEqualTo(1);
        assertThat(lists.get("total_invalid").asInt()).isEqualTo(1);
        assertThat(lists.get("duplicate_spans"))
                .isEqualTo(JSON.createArrayNode().add(known.get("context")));
        assertThat(lists.at("/invalid_spans/0/error").asString())
                .isEqualTo("trace_id must have 1 to 256 characters, had 0");
        assertThat(names()).containsExactly("known");
    }

    @Test
    void sameIdTwiceInARequest_storesTheFirst() {
        ObjectNode first = span("first");
        ObjectNode second = first.deepCopy().put("name", "second");

        assertThat(post(first, second).statusCode()).isEqualTo(202);
        assertThat(names()).containsExactly("first");
    }

    @Test
    void unknownKindAndStatus_areUnknownAndUnset() {
        post(span("odd").put("span_kind", "Wizard").put("status_code", "fine"));

        JsonNode stored = Stored.spans(server, project).getFirst();
        assertThat(stored.get("span_kind").asString()).isEqualTo("Wizard");
        assertThat(stored.get("status_code").asString()).isEqualTo("UNSET");
        assertThat(server.get("/v1/projects/%s/spans?span_kind=UNKNOWN".formatted(project)).body())
                .contains("\"odd\"");
    }

    @Test
    void noSpans_areAccepted() {
        HttpResponse<String> answer = post();
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()))
                .isEqualTo(Api.json("{'total_received': 0, 'total_queued': 0}"));
        assertThat(server.get("/v1/projects/" + project).statusCode()).isEqualTo(404);
    }

    @Test
    void projectIsNamedByIdOrName() {
        post(span("by name"));
        String id = new Api(server).get("/v1/projects/" + project).at("/data/id").asString();

        assertThat(postTo(Api.encode(id), body(span("by id"))).statusCode()).isEqualTo(202);
        assertThat(names()).containsExactlyInAnyOrder("by name", "by id");
        // Project:999999
        assertThat(postTo("UHJvamVjdDo5OTk5OTk=", body(span("lost"))).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    start_time     | "2026-01-01T00:00:00" | timezone_aware
                    start_time     | "2026-01-01"          | timezone_aware
                    end_time       | "yesterday"           | datetime_from_date_parsing
                    end_time       | true                  | datetime_type
                    name           | 5                     | string_type
                    name           | null                  | string_type
                    context        | {}                    | missing
                    attributes     | []                    | dict_type
                    events         | {}                    | list_type
                    """)
    void wrongField_isNamedWithItsPlace(String field, String value, String type) {
        ObjectNode wrong = span("wrong");
        wrong.set(field, JSON.readTree(value));

        HttpResponse<String> answer = post(span("right"), wrong);

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode error = JSON.readTree(answer.body()).at("/detail/0");
        assertThat(error.get("type").asString()).isEqualTo(type);
        assertThat(error.get("loc").toString())
                .startsWith("[\"body\",\"data\",1,\"" + field + "\"");
        assertThat(server.get("/v1/projects/" + project).statusCode()).isEqualTo(404);
    }

    @Test
    void bodyThatIsNoJsonObject_isRefused() {
        for (String body : List.of("{", "[]", "{}", "null", "")) {
            assertThat(postTo(project, body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(
                        server.post(
                                        "/v1/projects/" + project + "/spans",
                                        "text/plain",
                                        body(span("s")))
                                .statusCode())
                .isEqualTo(422);
    }

    @Test
    void textAndNumbersNoDatabaseTakes_areReplaced() {
        String body =
                body(span("nul \0 name"))
                        .replace(
                                "\"attributes\":{}",
                                "\"attributes\":{\"n\":NaN,\"lone\":\"\\ud800\",\"big\":123456789012345678901}");

        HttpResponse<String> answer = postTo(project, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode stored = Stored.spans(server, project).getFirst();
        assertThat(stored.get("name").asString()).isEqualTo("nul \uFFFD name");
        assertThat(stored.at("/attributes/lone").asString()).isEqualTo("\uFFFD");
        assertThat(stored.at("/attributes/big").bigIntegerValue())
                .hasToString("123456789012345678901");
    }

    private List<String> names() {
        return Stored.spans(server, project).stream()
                .map(span -> span.get("name").asString())
                .toList();
    }

    private HttpResponse<String> post(ObjectNode... spans) {
        return postTo(project, body(spans));
    }

    private HttpResponse<String> postTo(String identifier, String body) {
        return server.post("/v1/projects/" + identifier + "/spans", "application/json", body);
    }

    private static String body(ObjectNode... spans) {
        ArrayNode data = JSON.createArrayNode();
        data.addAll(new ArrayList<>(List.of(spans)));
        return JSON.createObjectNode().set("data", data).toString();
    }

    private static ObjectNode span(String name) {
        ObjectNode span =
                JSON.createObjectNode()
                        .put("name", name)
                        .put("span_kind", "CHAIN")
                        .putNull("parent_id")
                        .put("start_time", "2026-01-01T00:00:00Z")
                        .put("end_time", "2026-01-01T01:00:01+01:00")
                        .put("status_code", "OK")
                        .put("status_message", "");
        span.putObject("context")
                .put("trace_id", Spans.hex(Spans.id(16)))
                .put("span_id", Spans.hex(Spans.id(8)));
        span.putObject("attributes");
        span.putArray("events");
        return span;
    }
}
