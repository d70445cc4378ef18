package dev.phoenix.server.trace;

import static dev.phoenix.server.kit.Api.encode;
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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class TracesRestTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    TracesRestTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void trace_isShownWithItsSumsAndSpans() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, 2_000_000_500L, span -> span.kind("CHAIN").name("café ☕"))
                        .span(1, 2, MS, 5 * MS, span -> span.parent(1).tokens(7, 3))
                        .span(
                                1,
                                3,
                                2 * MS,
                                4 * MS,
                                span -> span.parent(1).tokens(20, 1).error("no"))
                        .send();
        JsonNode trace = traces(sent, "include_spans=true").get(0);
        String traceId = trace.get("id").asString();
        String projectId =
                api.get("/v1/projects/" + sent.project()).get("data").get("id").asString();
        List<String> spanIds =
                trace.get("spans").valueStream().map(span -> span.get("id").asString()).toList();
        assertThat(trace)
                .isEqualTo(
                        Api.json(
                                """
                                {'id': '%s', 'trace_id': '%s', 'project_id': '%s',
                                 'start_time': '2026-01-01T00:00:00+00:00',
                                 'end_time': '2026-01-01T00:00:02+00:00',
                                 'token_count_prompt': 27, 'token_count_completion': 4, 'token_count_total': 31,
                                 'spans': [
                                  {'id': '%s', 'span_id': '%s', 'parent_id': null, 'name': 'café ☕',
                                   'span_kind': 'CHAIN', 'status_code': 'UNSET',
                                   'start_time': '2026-01-01T00:00:00+00:00',
                                   'end_time': '2026-01-01T00:00:02+00:00'},
                                  {'id': '%s', 'span_id': '%s', 'parent_id': '%s', 'name': 'span 2',
                                   'span_kind': 'LLM', 'status_code': 'UNSET',
                                   'start_time': '2026-01-01T00:00:00.001000+00:00',
                                   'end_time': '2026-01-01T00:00:00.005000+00:00'},
                                  {'id': '%s', 'span_id': '%s', 'parent_id': '%s', 'name': 'span 3',
                                   'span_kind': 'LLM', 'status_code': 'ERROR',
                                   'start_time': '2026-01-01T00:00:00.002000+00:00',
                                   'end_time': '2026-01-01T00:00:00.004000+00:00'}]}
                                """
                                        .formatted(
                                                traceId,
                                                sent.traceId(1),
                                                projectId,
                                                spanIds.get(0),
                                                sent.spanId(1),
                                                spanIds.get(1),
                                                sent.spanId(2),
                                                sent.spanId(1),
                                                spanIds.get(2),
                                                sent.spanId(3),
                                                sent.spanId(1))));
    }

    @Test
    void spans_areNullUnlessAskedFor() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        assertThat(traces(sent, "").get(0).get("spans").isNull()).isTrue();
    }

    /** Equal values, and values that differ by less than a microsecond, on every page boundary. */
    @ParameterizedTest
    @CsvSource({
        "start_time, asc, 1 2 3 4 5 6",
        "start_time, desc, 6 5 4 3 2 1",
        "latency_ms, asc, 2 4 5 6 3 1",
        "latency_ms, desc, 1 3 6 5 4 2"
    })
    void everyPage_continuesWhereTheLastEnded(String sort, String order, String expected) {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, 9)
                        .send()
                        .span(2, 2, 0, 1)
                        .send()
                        .span(3, 3, 1, 8)
                        .send()
                        .span(4, 4, 2, 5)
                        .send()
                        .span(5, 5, 2, 5)
                        .send()
                        .span(6, 6, 2, 5)
                        .send();
        for (int limit = 1; limit <= 6; limit++) {
            assertThat(pages(sent, "sort=%s&order=%s&limit=%d".formatted(sort, order, limit)))
                    .as("limit " + limit)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "start_time=2026-01-01T00:00:00.001Z, 3 2",
        "end_time=2026-01-01T00:00:00.001Z, 1",
        "start_time=2026-01-01&end_time=2026-01-01T00:00:00.002, 2 1",
        "start_time=1767225600002, 3",
        "error=True, 2",
        "error=0, 3 1",
        "min_latency_ms=1, 3 2",
        "max_latency_ms=1.0, 2 1",
        "min_latency_ms=0.9999999&max_latency_ms=1, 2",
        "min_latency_ms=1e300, ''",
        "session_identifier=%s-a, 1",
        "session_identifier=%s-a&session_identifier=%s-b, 3 1",
        "session_identifier=unknown, ''",
        "filter=, 3 2 1",
        "filter=latency_ms%20%3E%3D%201%20and%20error_count%20%3D%3D%200, 3",
        "filter=any(s.status_code%20%3D%3D%20'ERROR'%20for%20s%20in%20spans), 2",
        "filter=latency_ms%20%3C%202&error=false, 1"
    })
    void filters_chooseTraces(String filter, String expected) {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project();
        sent.span(1, 1, 0, 0, span -> span.attribute("session.id", session + "-a"))
                .span(2, 2, MS, 2 * MS, span -> span.error("no"))
                .span(3, 3, 2 * MS, 4 * MS, span -> span.attribute("session.id", session + "-b"))
                .send();
        assertThat(pages(sent, filter.replace("%s", session))).isEqualTo(expected);
    }

    @Test
    void session_isFoundByGlobalId() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-s";
        sent.span(1, 1, 0, MS, span -> span.attribute("session.id", session))
                .span(2, 2, 0, MS)
                .send();
        String id =
                api.query("{getProjectSessionById(sessionId:\"%s\"){id}}".formatted(session))
                        .at("/getProjectSessionById/id")
                        .asString();
        assertThat(pages(sent, "session_identifier=" + encode(id))).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/{p}/traces?sort=latency_ms&cursor={start}",
                "/v1/projects/{p}/traces?cursor={latency}",
                "/v1/projects/{p}/traces?cursor={id}",
                "/v1/projects/{p}/traces?cursor=garbage"
            })
    void cursorOfAnotherOrder_isRefused(String path) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).span(2, 2, MS, 2 * MS).send();
        String first = "/v1/projects/%s/traces?limit=1".formatted(sent.project());
        var response =
                server.get(
                        path.replace("{p}", sent.project())
                                .replace("{start}", next(api.get(first)))
                                .replace("{latency}", next(api.get(first + "&sort=latency_ms")))
                                .replace(
                                        "{id}",
                                        encode(traces(sent, "").get(0).get("id").asString())));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/plain;charset=UTF-8");
        assertThat(response.body()).startsWith("Invalid cursor");
    }

    @Test
    void projectIsFoundByGlobalId() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        String id = api.get("/v1/projects/" + sent.project()).at("/data/id").asString();
        assertThat(api.get("/v1/projects/" + encode(id) + "/traces").get("data")).hasSize(1);
    }

    @Test
    void wrongFilter_saysWhereAndWhy() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        var response =
                server.get("/v1/projects/%s/traces?filter=latency%%3E1".formatted(sent.project()));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("character 1: latency is not known; did you mean");
    }

    private JsonNode traces(Telemetry sent, String query) {
        return api.get("/v1/projects/%s/traces?%s".formatted(sent.project(), query)).get("data");
    }

    /** The numbers of the traces on all pages. */
    private String pages(Telemetry sent, String query) {
        List<String> numbers = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    api.get(
                            "/v1/projects/%s/traces?%s&cursor=%s"
                                    .formatted(sent.project(), query, cursor));
            page.get("data")
                    .forEach(
                            trace ->
                                    numbers.add(
                                            trace.get("trace_id")
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
