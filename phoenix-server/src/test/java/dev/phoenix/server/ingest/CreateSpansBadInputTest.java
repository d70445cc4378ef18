package dev.phoenix.server.ingest;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What bad spans of the REST API become, as {@link BadInputTest} has it for OTLP. */
@ServerTest
class CreateSpansBadInputTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final String project;

    CreateSpansBadInputTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @Test
    void parents_in_a_circle_are_stored_as_they_are() {
        ObjectNode a = span("a");
        ObjectNode b = span("b").put("parent_id", id(a));
        a.put("parent_id", id(b));
        ObjectNode self = span("self");
        self.put("parent_id", id(self));

        take(a, b, self);

        assertThat(stored("self").get("parent_id").asString()).isEqualTo(id(self));
        assertThat(stored()).containsOnlyKeys("a", "b", "self");
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void large_and_many_attributes_are_stored_whole() {
        String large = "0123456789abcdef".repeat(65_536);
        ObjectNode wide = span("wide");
        ObjectNode attributes = wide.withObject("/attributes").put("input.value", large);
        for (int i = 0; i < 10_000; i++) {
            attributes.put("a.b" + i, i);
        }

        take(wide, span("neighbour"));

        JsonNode read = stored("wide").get("attributes");
        assertThat(read.get("input.value").asString()).isEqualTo(large);
        assertThat(read.get("a.b9999").asInt()).isEqualTo(9999);
    }

    @Test
    void times_of_the_future_and_backwards_are_stored_as_they_are() {
        ObjectNode future =
                span("future")
                        .put("start_time", "2262-04-11T23:47:16.854775807Z")
                        .put("end_time", "2262-04-11T23:47:16.854775807Z");
        ObjectNode backwards = span("backwards").put("end_time", "1970-01-01T00:00:00Z");

        take(future, backwards);

        assertThat(stored("future").get("start_time").asString())
                .isEqualTo("2262-04-11T23:47:16.854775+00:00");
        assertThat(stored("backwards").get("end_time").asString())
                .isEqualTo("1970-01-01T00:00:00+00:00");
    }

    /** All or nothing, so that the sender may leave out what is named and send the rest again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /start_time       | 2262-04-11T23:47:16.854775808Z | start_time must be from 1970 to 2262
                    /end_time         | 1969-12-31T23:59:59Z           | end_time must be from 1970 to 2262
                    /context/trace_id | ' '                            | trace_id must have 1 to 256 characters
                    /context/span_id  | ''                             | span_id must have 1 to 256 characters
                    /parent_id        | a\\u0000b                      | parent_id must not contain U+0000
                    """)
    void impossible_ids_and_times_are_named_and_nothing_is_stored(
            String pointer, String value, String rule) {
        ObjectNode bad = span("bad");
        int name = pointer.lastIndexOf('/');
        ObjectNode parent = name == 0 ? bad : (ObjectNode) bad.at(pointer.substring(0, name));
        parent.put(pointer.substring(name + 1), value.replace("\\u0000", "\0"));

        HttpResponse<String> answer = post(span("good"), bad);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode lists = JSON.readTree(answer.body());
        assertThat(lists.get("total_invalid").asInt()).isEqualTo(1);
        assertThat(lists.at("/invalid_spans/0/error").asString()).startsWith(rule);
        assertThat(server.get("/v1/projects/" + project).statusCode()).isEqualTo(404);
    }

    @Test
    void value_nested_two_hundred_and_forty_times_is_stored_and_a_deeper_one_is_no_request() {
        ObjectNode deep = span("deep");
        String neighbour = span("neighbour").toString();
        assertThat(post(nested(deep, 240) + ", " + neighbour).statusCode()).isEqualTo(202);
        assertThat(new Api(server).attributes(id(deep)).toString()).contains("treasure");

        assertThat(post(nested(span("endless"), 1000)).statusCode()).isEqualTo(422);
        assertThat(stored()).containsOnlyKeys("deep", "neighbour");
    }

    @Test
    void endless_names_are_told_apart() {
        String endless = Spans.hex(Spans.id(2000));
        for (String end : List.of("a", "b", "b")) {
            ObjectNode span = span("in a session");
            span.withObject("/attributes").put("session.id", endless + end);
            take(span);
        }
        JsonNode sessions =
                new Api(server)
                        .query(
                                "{getProjectByName(name: \"%s\") {sessions(first: 9) {edges {node {numTraces}}}}}"
                                        .formatted(project))
                        .at("/getProjectByName/sessions/edges");
        assertThat(sessions.valueStream().map(edge -> edge.at("/node/numTraces").asInt()))
                .containsExactlyInAnyOrder(1, 2);
    }

    private void take(ObjectNode... spans) {
        HttpResponse<String> answer = post(spans);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()).get("total_queued").asInt())
                .isEqualTo(spans.length);
    }

    private HttpResponse<String> post(ObjectNode... spans) {
        return post(Arrays.stream(spans).map(ObjectNode::toString).collect(joining(", ")));
    }

    private HttpResponse<String> post(String spans) {
        return server.post(
                "/v1/projects/" + project + "/spans",
                "application/json",
                "{\"data\": [" + spans + "]}");
    }

    private JsonNode stored(String name) {
        return Objects.requireNonNull(stored().get(name), name);
    }

    private Map<String, JsonNode> stored() {
        return Stored.spans(server, project).stream()
                .collect(toMap(span -> span.get("name").asString(), Function.identity()));
    }

    private static String id(ObjectNode span) {
        return span.at("/context/span_id").asString();
    }

    private static String nested(ObjectNode span, int levels) {
        String value = "{\"k\":".repeat(levels) + "\"treasure\"" + "}".repeat(levels);
        span.withObject("/attributes").put("d", "here");
        return span.toString().replace("\"here\"", value);
    }

    private static ObjectNode span(String name) {
        ObjectNode span =
                JSON.createObjectNode()
                        .put("name", name)
                        .put("span_kind", "CHAIN")
                        .put("start_time", "2026-01-01T00:00:00Z")
                        .put("end_time", "2026-01-01T00:00:01Z")
                        .put("status_code", "OK");
        span.putObject("context")
                .put("trace_id", Spans.hex(Spans.id(16)))
                .put("span_id", Spans.hex(Spans.id(8)));
        return span;
    }
}
