package dev.phoenix.server.trace;

import static dev.phoenix.server.kit.Api.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class SpansRestTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    SpansRestTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void span_isShownWithItsPayload() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(
                                1,
                                1,
                                1,
                                2 * MS,
                                span ->
                                        span.name("chat ☕")
                                                .parent(9)
                                                .kind("Llm")
                                                .error("too long")
                                                .attribute(
                                                        "llm.input_messages.0.message.role", "user")
                                                .attribute(
                                                        "llm.input_messages.1.message.role", "tool")
                                                .attribute("tag.tags", List.of("a", "b"))
                                                .attribute("score", 0.5)
                                                .event(
                                                        "exception",
                                                        1500,
                                                        Map.of("exception.message", "boom")))
                        .send();
        JsonNode span = spans(sent, "").get("data").get(0);
        assertThat(span)
                .isEqualTo(
                        Api.json(
                                """
                                {'id': '%s', 'name': 'chat ☕',
                                 'context': {'trace_id': '%s', 'span_id': '%s'},
                                 'span_kind': 'Llm', 'parent_id': '%s',
                                 'start_time': '2026-01-01T00:00:00+00:00',
                                 'end_time': '2026-01-01T00:00:00.002000+00:00',
                                 'status_code': 'ERROR', 'status_message': 'too long',
                                 'attributes': {
                                  'llm.input_messages.0.message.role': 'user',
                                  'llm.input_messages.1.message.role': 'tool',
                                  'tag.tags': ['a', 'b'], 'score': 0.5},
                                 'events': [
                                  {'name': 'exception', 'timestamp': '2026-01-01T00:00:00.000001+00:00',
                                   'attributes': {'exception.message': 'boom'}}]}
                                """
                                        .formatted(
                                                span.get("id").asString(),
                                                sent.traceId(1),
                                                sent.spanId(1),
                                                sent.spanId(9))));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4 3 2 1",
        "trace_id=%t1, 2 1",
        "trace_id=%t1&trace_id=%t2, 3 2 1",
        "span_id=%s3, 3",
        "span_id=%s3&span_id=%s1&span_id=unknown, 3 1",
        "parent_id=null, 3 1",
        "parent_id=%s1, 4 2",
        "name=a%2Cb, 2",
        "name=a&name=b, ''",
        "name=%C3%A9t%C3%A9, 3",
        "span_kind=llm, 2",
        "span_kind=LLM&span_kind=decision, 3 2",
        "span_kind=UNKNOWN, 4 1",
        "status_code=error, 3",
        "status_code=ok&status_code=Unset, 4 2 1",
        "start_time=2026-01-01T00:00:00.002, 4 3",
        "end_time=2026-01-01T00:00:00.002Z, 2 1",
        "span_kind=llm&parent_id=null, ''",
        "sort=start_time&order=asc, 1 2 4 3",
        "sort=start_time, 3 4 2 1",
        "sort=id&order=asc, 1 2 3 4"
    })
    void conditions_areCombined(String query, String expected) {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, 9 * MS)
                        .send()
                        .span(1, 2, MS, 2 * MS, span -> span.parent(1).name("a,b").kind("LLM").ok())
                        .send()
                        .span(
                                2,
                                3,
                                3 * MS,
                                4 * MS,
                                span -> span.name("été").kind("DECISION").error("no"))
                        .send()
                        .span(3, 4, 2 * MS, 3 * MS, span -> span.parent(1))
                        .send();
        String filled =
                query.replace("%t1", sent.traceId(1))
                        .replace("%t2", sent.traceId(2))
                        .replace("%s1", sent.spanId(1))
                        .replace("%s3", sent.spanId(3));
        for (int limit = 1; limit <= 4; limit++) {
            assertThat(pages(sent, filled + "&limit=" + limit))
                    .as("limit " + limit)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"sort=start_time&order=asc, 1 2 3 4", "sort=start_time&order=desc, 4 3 2 1"})
    void equalTimes_areNeitherRepeatedNorSkipped(String query, String expected) {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 100, 200)
                        .send()
                        .span(1, 2, 101, 200)
                        .send()
                        .span(1, 3, 101, 200)
                        .send()
                        .span(1, 4, 101, 200)
                        .send();
        for (int limit = 1; limit <= 4; limit++) {
            assertThat(pages(sent, query + "&limit=" + limit))
                    .as("limit " + limit)
                    .isEqualTo(expected);
        }
    }

    @Test
    void cursor_namesTheFirstSpanOfTheNextPage() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send().span(1, 2, MS, MS).send();
        JsonNode all = spans(sent, "").get("data");
        assertThat(spans(sent, "limit=1").get("next_cursor")).isEqualTo(all.get(1).get("id"));
        assertThat(spans(sent, "limit=2").get("next_cursor").isNull()).isTrue();
    }

    @Test
    void anyNodeId_isACursorOfTheListByKey() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        String trace =
                api.get("/v1/projects/%s/traces".formatted(sent.project()))
                        .at("/data/0/id")
                        .asString();
        assertThat(
                        server.get(
                                "/v1/projects/%s/spans?cursor=%s"
                                        .formatted(sent.project(), encode(trace))))
                .returns(200, response -> response.statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=garbage", "sort=start_time&cursor={id}", "cursor={start}"})
    void cursorOfAnotherOrder_isRefused(String query) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).span(1, 2, MS, MS).send();
        String filled =
                query.replace("{id}", next(spans(sent, "limit=1")))
                        .replace("{start}", next(spans(sent, "limit=1&sort=start_time")));
        var response = server.get("/v1/projects/%s/spans?%s".formatted(sent.project(), filled));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).startsWith("Invalid cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "span_kind=robot, 'span_kind must be one of'",
        "status_code=fine, 'status_code must be one of'",
        "attribute=x, 'attribute must be path:value'"
    })
    void unknownValue_isRefusedWithTheRule(String query, String message) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        var response = server.get("/v1/projects/%s/spans?%s".formatted(sent.project(), query));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/plain;charset=UTF-8");
        assertThat(response.body()).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%00", "attribute=%00:v", "attribute=q:%00", "trace_id=a%00"})
    void parametersWithNul_areRefused(String parameter) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 1).send();
        var response = server.get("/v1/projects/%s/spans?%s".formatted(sent.project(), parameter));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).isEqualTo("text must not contain the NUL character; remove it");
    }

    private JsonNode spans(Telemetry sent, String query) {
        return api.get("/v1/projects/%s/spans?%s".formatted(sent.project(), query));
    }

    /** The numbers of the spans on all pages. */
    private String pages(Telemetry sent, String query) {
        List<String> numbers = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = spans(sent, query + "&cursor=" + cursor);
            page.get("data")
                    .forEach(
                            span ->
                                    numbers.add(
                                            span.at("/context/span_id")
                                                    .asString()
                                                    .replaceFirst(".*0", "")));
            cursor = next(page);
        } while (!cursor.isEmpty());
        return String.join(" ", numbers);
    }

    private static String next(JsonNode page) {
        return page.get("next_cursor").isNull() ? "" : encode(page.get("next_cursor").asString());
    }
}
