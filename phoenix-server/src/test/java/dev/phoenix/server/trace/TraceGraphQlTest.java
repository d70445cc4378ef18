package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class TraceGraphQlTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    TraceGraphQlTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void span_isShownWithEverythingItCarries() {
        String question = "é☕".repeat(60);
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        0,
                        3 * MS,
                        span ->
                                span.tokens(7, 3)
                                        .error("boom")
                                        .attribute("input.value", question)
                                        .attribute("input.mime_type", "text/plain")
                                        .attribute("output.value", "{\"a\":1}")
                                        .attribute("output.mime_type", "application/json")
                                        .attribute("llm.model_name", "gpt-5")
                                        .attribute("llm.token_count.prompt_details.cache_read", 4)
                                        .attribute("metadata", "{\"b\": [1, \"x\"]}")
                                        .attribute("user.id", "user-1")
                                        .attribute("retrieval.documents.0.document.id", "d")
                                        .event(
                                                "exception",
                                                1500,
                                                Map.of("exception.message", "bang"))
                                        .link(2, 9))
                .span(1, 2, MS, 2 * MS, span -> span.parent(1))
                .send();
        JsonNode span =
                api.query(
                                """
                                {getSpanByOtelId(spanId: "%s") {
                                  name spanKind statusCode statusMessage startTime endTime latencyMs spanId parentId
                                  context {traceId spanId} numChildSpans userId numDocuments modelName
                                  tokenCountTotal tokenCountPrompt tokenCountCompletion
                                  tokenPromptDetails {cacheRead cacheWrite audio}
                                  input {mimeType truncatedValue value} output {mimeType truncatedValue value}
                                  events {name message timestamp attributes}
                                  links {traceId spanId attributes} scope {name version}
                                  trace {traceId project {name}} project {name}
                                }}
                                """
                                        .formatted(sent.spanId(1)))
                        .get("getSpanByOtelId");
        assertThat(span)
                .isEqualTo(
                        Api.json(
                                """
                                {'name': 'span 1', 'spanKind': 'llm', 'statusCode': 'ERROR', 'statusMessage': 'boom',
                                 'startTime': '2026-01-01T00:00:00+00:00',
                                 'endTime': '2026-01-01T00:00:00.003000+00:00', 'latencyMs': 3.0,
                                 'spanId': '%2$s', 'parentId': null,
                                 'context': {'traceId': '%1$s', 'spanId': '%2$s'},
                                 'numChildSpans': 1, 'userId': 'user-1', 'numDocuments': 1, 'modelName': 'gpt-5',
                                 'tokenCountTotal': 10, 'tokenCountPrompt': 7, 'tokenCountCompletion': 3,
                                 'tokenPromptDetails': {'cacheRead': 4, 'cacheWrite': null, 'audio': null},
                                 'input': {'mimeType': 'text', 'truncatedValue': '%5$s', 'value': '%6$s'},
                                 'output': {'mimeType': 'json', 'truncatedValue': '{\\'a\\':1}', 'value': '{\\'a\\':1}'},
                                 'events': [{'name': 'exception', 'message': 'bang',
                                   'timestamp': '2026-01-01T00:00:00.000001+00:00',
                                   'attributes': {'exception.message': 'bang'}}],
                                 'links': [{'traceId': '%3$s', 'spanId': '%4$s', 'attributes': {'why': 'retry'}}],
                                 'scope': {'name': 'test-scope', 'version': '1.2'},
                                 'trace': {'traceId': '%1$s', 'project': {'name': '%7$s'}},
                                 'project': {'name': '%7$s'}}
                                """
                                        .formatted(
                                                sent.traceId(1),
                                                sent.spanId(1),
                                                sent.traceId(2),
                                                sent.spanId(9),
                                                "é☕".repeat(50),
                                                question,
                                                sent.project())
                                        .replace("\\'", "\\\"")));
    }

    @Test
    void payload_isShownAsJsonText() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(
                                1,
                                1,
                                0,
                                MS,
                                span ->
                                        span.attribute("a.b", 1)
                                                .attribute("metadata", "{\"k\": [1, \"x\"]}"))
                        .send();
        JsonNode span =
                api.query(
                                "{getSpanByOtelId(spanId: \"%s\") {attributes metadata resourceAttributes}}"
                                        .formatted(sent.spanId(1)))
                        .get("getSpanByOtelId");
        assertThat(Api.json(span.get("attributes").asString()))
                .isEqualTo(Api.json("{'a': {'b': 1}, 'metadata': {'k': [1, 'x']}}"));
        assertThat(Api.json(span.get("metadata").asString()))
                .isEqualTo(Api.json("{'k': [1, 'x']}"));
        assertThat(Api.json(span.get("resourceAttributes").asString()).toString())
                .contains("checkout");
    }

    @Test
    void spanWithoutAnything_isShownWithNulls() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 0).send();
        JsonNode span =
                api.query(
                                """
                                {getSpanByOtelId(spanId: "%s") {
                                  latencyMs numChildSpans userId numDocuments modelName tokenCountTotal tokenCountPrompt
                                  tokenPromptDetails {cacheRead} input {value} output {value} metadata events {name} links {traceId}
                                }}
                                """
                                        .formatted(sent.spanId(1)))
                        .get("getSpanByOtelId");
        assertThat(span)
                .isEqualTo(
                        Api.json(
                                """
                                {'latencyMs': 0.0, 'numChildSpans': 0, 'userId': null, 'numDocuments': 0, 'modelName': null,
                                 'tokenCountTotal': null, 'tokenCountPrompt': null,
                                 'tokenPromptDetails': {'cacheRead': null}, 'input': null, 'output': null,
                                 'metadata': null, 'events': [], 'links': []}
                                """));
    }

    @Test
    void rootSpan_isTheEarliestWhoseParentNeverArrived() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 3, 9)
                        .span(1, 2, 2, 9, span -> span.parent(99))
                        .span(1, 3, 1, 9, span -> span.parent(2))
                        .span(2, 4, 0, 9, span -> span.parent(4))
                        .span(3, 5, 0, 9)
                        .send();
        JsonNode traces =
                api.query(
                                "{getProjectByName(name: \"%s\") {traces(first: 9) {edges {node {traceId rootSpan {name}}}}}}"
                                        .formatted(sent.project()))
                        .at("/getProjectByName/traces/edges");
        Map<String, String> roots = new HashMap<>();
        traces.forEach(
                edge ->
                        roots.put(
                                edge.at("/node/traceId").asString(),
                                edge.at("/node/rootSpan/name").asString("none")));
        assertThat(roots)
                .isEqualTo(
                        Map.of(
                                sent.traceId(1), "span 2",
                                sent.traceId(2), "none",
                                sent.traceId(3), "span 5"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4 3 2 1",
        "'sort: {col: startTime, dir: asc}', 1 2 3 4",
        "'sort: {col: latencyMs, dir: desc}', 1 4 3 2",
        "'timeRange: {start: \"2026-01-01T00:00:00.002Z\"}', 4 3",
        "'timeRange: {end: \"2026-01-01T00:00:00.002+00:00\"}', 2 1"
    })
    void traces_arePagedInAnyOrder(String arguments, String expected) {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, 9 * MS)
                        .send()
                        .span(2, 2, MS, 2 * MS)
                        .send()
                        .span(3, 3, 2 * MS, 4 * MS)
                        .send()
                        .span(4, 4, 2 * MS, 4 * MS)
                        .send();
        assertThat(pages(sent, "traces", "traceId", arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4 3 2 1",
        "'sort: {dir: asc}', 1 2 3 4",
        "'sort: {col: startTime, dir: asc}', 1 2 3 4",
        "'sort: {col: endTime, dir: asc}', 2 3 4 1",
        "'sort: {col: latencyMs, dir: desc}', 1 4 3 2",
        "'sort: {col: tokenCountTotal, dir: desc}', 3 2 4 1",
        "'sort: {col: tokenCountTotal, dir: asc}', 2 3 1 4",
        "'sort: {col: tokenCountPrompt, dir: desc}', 2 3 4 1",
        "'sort: {col: tokenCountCompletion, dir: asc}', 2 3 1 4",
        "'timeRange: {start: \"2026-01-01T00:00:00.002Z\"}', 4 3"
    })
    void spans_arePagedInAnyOrder(String arguments, String expected) {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, 9 * MS)
                        .send()
                        .span(2, 2, MS, 2 * MS, span -> span.tokens(5, 1))
                        .send()
                        .span(3, 3, 2 * MS, 4 * MS, span -> span.tokens(4, 6))
                        .send()
                        .span(4, 4, 2 * MS, 4 * MS)
                        .send();
        assertThat(pages(sent, "spans", "spanId", arguments)).isEqualTo(expected);
    }

    @Test
    void spansOfATrace_comeByStartTime() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 2, 9)
                        .span(1, 2, 1, 9)
                        .span(1, 3, 0, 9)
                        .span(2, 4, 0, 9)
                        .send();
        JsonNode trace =
                api.query(
                                "{getTraceByOtelId(traceId: \"%s\") {numSpans errorCount latencyMs projectSessionId session {id} tokenUsage {total} spans(first: 2) {pageInfo {hasNextPage hasPreviousPage} edges {node {name}}}}}"
                                        .formatted(sent.traceId(1)))
                        .get("getTraceByOtelId");
        assertThat(trace)
                .isEqualTo(
                        Api.json(
                                """
                                {'numSpans': 3, 'errorCount': 0, 'latencyMs': 9.0E-6, 'projectSessionId': null,
                                 'session': null, 'tokenUsage': {'total': 0.0},
                                 'spans': {'pageInfo': {'hasNextPage': true, 'hasPreviousPage': false},
                                  'edges': [{'node': {'name': 'span 3'}}, {'node': {'name': 'span 2'}}]}}
                                """));
    }

    @Test
    void traceOfAnotherProject_isNotFoundInThisOne() {
        Telemetry mine = Telemetry.of(server).span(1, 1, 0, 9).send();
        Telemetry other = Telemetry.of(server).span(1, 1, 0, 9).send();
        String query = "{getProjectByName(name: \"%s\") {trace(traceId: \"%s\") {traceId}}}";
        assertThat(
                        api.query(query.formatted(mine.project(), mine.traceId(1)))
                                .at("/getProjectByName/trace/traceId")
                                .asString())
                .isEqualTo(mine.traceId(1));
        assertThat(
                        api.query(query.formatted(mine.project(), other.traceId(1)))
                                .at("/getProjectByName/trace")
                                .isNull())
                .isTrue();
    }

    @Test
    void unknownIds_areNull() {
        assertThat(
                        api.query(
                                "{getSpanByOtelId(spanId: \"x\") {id} getTraceByOtelId(traceId: \"x\") {id}}"))
                .isEqualTo(Api.json("{'getSpanByOtelId': null, 'getTraceByOtelId': null}"));
    }

    @Test
    void cursorOfAnotherOrder_isRefused() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 9).span(2, 2, 0, 9).send();
        JsonNode page = page(sent, "traces", "traceId", "first: 1");
        String query =
                "{getProjectByName(name: \"%s\") {traces(first: 1, after: \"%s\", sort: {col: latencyMs, dir: asc}) {edges {node {id}}}}}"
                        .formatted(sent.project(), page.at("/pageInfo/endCursor").asString());
        assertThat(api.error(query).at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    /** The numbers of the nodes on all pages, whatever the size of a page. */
    private String pages(Telemetry sent, String list, String id, String arguments) {
        String expected = "";
        for (int first = 4; first >= 1; first--) {
            List<String> numbers = new ArrayList<>();
            JsonNode page;
            String after = "";
            do {
                page = page(sent, list, id, "first: %d %s %s".formatted(first, arguments, after));
                page.get("edges")
                        .forEach(
                                edge ->
                                        numbers.add(
                                                edge.at("/node/" + id)
                                                        .asString()
                                                        .replaceFirst(".*0", "")));
                after = "after: \"%s\"".formatted(page.at("/pageInfo/endCursor").asString(""));
            } while (page.at("/pageInfo/hasNextPage").asBoolean());
            String joined = String.join(" ", numbers);
            assertThat(expected.isEmpty() ? joined : expected)
                    .as("first " + first)
                    .isEqualTo(joined);
            expected = joined;
        }
        return expected;
    }

    private JsonNode page(Telemetry sent, String list, String id, String arguments) {
        String query =
                "{getProjectByName(name: \"%s\") {list: %s(%s) {pageInfo {hasNextPage endCursor} edges {node {%s}}}}}";
        return api.query(query.formatted(sent.project(), list, arguments, id))
                .at("/getProjectByName/list");
    }
}
