package dev.phoenix.server.trace;

import static dev.phoenix.server.kit.Api.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.Telemetry.SpanDraft;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class SkeletonTest {

    private static final long MS = 1_000_000;
    private static final String COST =
            "{node(id: \"%s\") {... on Span {costSummary {total {cost}}}}}";

    private final TestServer server;
    private final Api api;

    SkeletonTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void spans_areShownByColumnInOrderOfStart() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 500, 4 * MS, span -> span.kind("AGENT").name("root ☕"))
                        .send()
                        .span(1, 2, 2 * MS, 3 * MS, span -> span.parent(1).error("boom"))
                        .send()
                        .span(1, 3, MS, 2 * MS + 1, span -> span.parent(1).tokens(7, 3).ok())
                        .send();
        JsonNode skeleton = api.get("/v1/traces/%s/skeleton".formatted(sent.traceId(1)));
        JsonNode trace = api.get("/v1/projects/%s/traces".formatted(sent.project())).at("/data/0");
        JsonNode spans =
                api.get("/v1/projects/%s/spans?sort=start_time&order=asc".formatted(sent.project()))
                        .get("data");
        assertThat(skeleton)
                .isEqualTo(
                        Api.json(
                                """
                                {'trace': {'id': '%s', 'trace_id': '%s', 'project_id': '%s',
                                  'start_time': '2026-01-01T00:00:00+00:00',
                                  'end_time': '2026-01-01T00:00:00.004000+00:00', 'num_spans': 3},
                                 'columns': {
                                  'id': ['%s', '%s', '%s'],
                                  'span_id': ['%s', '%s', '%s'],
                                  'parent_id': [null, '%s', '%s'],
                                  'name': ['root ☕', 'span 3', 'span 2'],
                                  'kind': ['agent', 'llm', 'unknown'],
                                  'status': ['UNSET', 'OK', 'ERROR'],
                                  'start_us': [0, 999, 1999],
                                  'duration_us': [3999, 1000, 1000],
                                  'tokens': [null, 10, null],
                                  'cost': [null, null, null],
                                  'error': [null, null, 'boom']},
                                 'next_cursor': null}
                                """
                                        .formatted(
                                                trace.get("id").asString(),
                                                sent.traceId(1),
                                                trace.get("project_id").asString(),
                                                spans.at("/0/id").asString(),
                                                spans.at("/1/id").asString(),
                                                spans.at("/2/id").asString(),
                                                sent.spanId(1),
                                                sent.spanId(3),
                                                sent.spanId(2),
                                                sent.spanId(1),
                                                sent.spanId(1))));
    }

    @Test
    void pages_coverEverySpanOnce() {
        Telemetry sent = Telemetry.of(server);
        for (int span = 1; span <= 25; span++) {
            sent.span(1, span, span / 4, MS);
        }
        sent.send();
        List<String> whole = spanIds(page(sent, "limit=25"));
        assertThat(whole).hasSize(25).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 4, 7, 24}) {
            List<String> paged = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = page(sent, "limit=%d&cursor=%s".formatted(limit, cursor));
                paged.addAll(spanIds(page));
                cursor =
                        page.get("next_cursor").isNull()
                                ? ""
                                : encode(page.get("next_cursor").asString());
            } while (!cursor.isEmpty());
            assertThat(paged).as("limit " + limit).isEqualTo(whole);
        }
    }

    @Test
    void costs_areThoseOfTheSpans() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, 4 * MS, span -> span.kind("AGENT"))
                        .span(1, 2, MS, 2 * MS, span -> call(span, "gpt-4o"))
                        .span(1, 3, 2 * MS, 3 * MS, span -> call(span, "unheard-of"))
                        .send();
        JsonNode columns = page(sent, "").get("columns");
        String call = columns.at("/id/1").asString();
        assertThat(columns.at("/cost/1"))
                .isEqualTo(api.query(COST.formatted(call)).at("/node/costSummary/total/cost"));
        assertThat(columns.at("/cost/0").isNull()).isTrue();
        assertThat(columns.at("/cost/1").asDouble()).isPositive();
        assertThat(columns.at("/cost/2").isNull()).isTrue();
    }

    @Test
    void trace_isFoundByGlobalId() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        JsonNode byTraceId = page(sent, "");
        String id = encode(byTraceId.at("/trace/id").asString());
        assertThat(api.get("/v1/traces/%s/skeleton".formatted(id))).isEqualTo(byTraceId);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/traces/unknown/skeleton, 404",
        "/v1/traces/UHJvamVjdDox/skeleton, 404",
        "/v1/traces/VHJhY2U6OTk5OTk5OTk=/skeleton, 404",
        "/v1/traces/unknown/skeleton?limit=0, 422",
        "/v1/traces/unknown/skeleton?limit=50001, 422"
    })
    void badRequest_isRefused(String path, int status) {
        assertThat(server.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void malformedCursor_isRefused() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        String path = "/v1/traces/%s/skeleton?cursor=x".formatted(sent.traceId(1));
        assertThat(server.get(path).statusCode()).isEqualTo(422);
    }

    private static void call(SpanDraft span, String model) {
        span.kind("LLM").attribute("llm.model_name", model).tokens(700, 300);
    }

    private JsonNode page(Telemetry sent, String query) {
        return api.get("/v1/traces/%s/skeleton?%s".formatted(sent.traceId(1), query));
    }

    private static List<String> spanIds(JsonNode page) {
        return page.at("/columns/span_id").valueStream().map(JsonNode::asString).toList();
    }
}
