package dev.phoenix.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Conditions where people meet them. */
@ServerTest
class FilterGraphQlTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;
    private final Telemetry sent;

    FilterGraphQlTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.sent = Telemetry.of(server);
    }

    /** Two traces of one session, and one of none. */
    private void send() {
        String session = sent.project() + "-session";
        sent.span(1, 1, 0, 10 * MS, span -> span.kind("CHAIN").attribute("session.id", session))
                .span(
                        1,
                        2,
                        MS,
                        3 * MS,
                        span -> span.parent(1).tokens(10, 5).attribute("tier", "gold"))
                .span(
                        2,
                        3,
                        20 * MS,
                        24 * MS,
                        span -> span.error("no").attribute("session.id", session))
                .span(
                        3,
                        4,
                        30 * MS,
                        31 * MS,
                        span -> span.tokens(1, 1).attribute("input.value", "A refund, please"))
                .send();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filterCondition: \"span_kind == 'llm'\" | span 4, span 2",
                "filterCondition: \"parent_id is None and latency_ms >= 4\" | span 3, span 1",
                "filterCondition: \"tier == 'gold' or 'REFUND' in input.value\" | span 4, span 2",
                "filterCondition: \"llm.token_count.prompt > 5\" | span 2",
                "filterCondition: \"llm.token_count.prompt > 5\", sort: {col: latencyMs, dir: asc}"
                        + " | span 2",
                "traceFilterCondition: \"error_count > 0\" | span 3",
                "filterCondition: \"latency_ms < 5\", traceFilterCondition: \"num_spans > 1\" |"
                        + " span 2",
                "filterCondition: \"  \" | span 4, span 3, span 2, span 1"
            })
    void spans_areChosen(String arguments, String expected) {
        send();
        assertThat(
                        names(
                                project(
                                        "spans(first: 10, %s) { edges { node { name } } }"
                                                .formatted(arguments),
                                        "spans"),
                                "name"))
                .isEqualTo(List.of(expected.split(", ")));
    }

    @Test
    void listsOfTracesSessionsAndSpansOfATrace_areChosen() {
        send();
        assertThat(
                        names(
                                project(
                                        "traces(first: 10, filterCondition: \"'refund' in input\")"
                                                + " { edges { node { traceId } } }",
                                        "traces"),
                                "traceId"))
                .containsExactly(sent.traceId(3));
        assertThat(
                        project(
                                        "sessions(first: 10, sessionFilterCondition:"
                                                + " \"num_traces_with_error > 0\") { edges { node { id"
                                                + " } } }",
                                        "sessions")
                                .path("edges"))
                .hasSize(1);
        assertThat(
                        project(
                                        "sessions(first: 10, sessionFilterCondition: \"num_traces >"
                                                + " 2\") { edges { node { id } } }",
                                        "sessions")
                                .path("edges"))
                .isEmpty();
        JsonNode trace =
                project(
                        "trace(traceId: \"%s\") { spans(first: 10, filterCondition: \"latency_ms < 5\") { edges { node { name } } } }"
                                .formatted(sent.traceId(1)),
                        "trace");
        assertThat(names(trace.path("spans"), "name")).containsExactly("span 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "recordCount(filterCondition: \"span_kind == 'LLM'\") | 2",
                "recordCount(sessionFilterCondition: \"num_traces == 2\") | 3",
                "traceCount(filterCondition: \"span_kind == 'LLM'\") | 2",
                "traceCount(sessionFilterCondition: \"num_traces == 2\") | 2",
                "sessionCount(sessionFilterCondition: \"num_traces == 2\") | 1",
                "sessionCount(sessionFilterCondition: \"num_traces == 3\") | 0",
                "tokenCountTotal(filterCondition: \"tier == 'gold'\") | 15.0",
                "tokenCountPrompt(filterCondition: \"latency_ms < 2\") | 1.0",
                "latencyMsQuantile(probability: 0.5, filterCondition: \"span_kind == 'LLM'\") |"
                        + " 5.5",
                "latencyMsQuantile(probability: 1, sessionFilterCondition: \"num_traces == 2\") |"
                        + " 10.0",
                "spanLatencyMsQuantile(probability: 0, filterCondition: \"span_kind == 'LLM'\") |"
                        + " 1.0",
                "spanLatencyMsQuantile(probability: 0.5, filterCondition: \"name == 'none'\") |"
                        + " null"
            })
    void sums_areOfWhatIsChosen(String field, String expected) {
        send();
        assertThat(project("found: " + field, "found")).hasToString(expected);
    }

    @Test
    void costs_areOfWhatIsChosen() {
        send();
        JsonNode cost =
                project(
                        "found: costSummary(filterCondition: \"name == 'none'\") { total { tokens }"
                                + " }",
                        "found");
        assertThat(cost.at("/total/tokens").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recordCount(filterCondition: \"latency_ms > '5'\") | character 1: latency_ms is a"
                        + " number",
                "traceCount(sessionFilterCondition: \"nope == 1\") | character 1: nope is not"
                        + " known",
                "spans(first: 1, traceFilterCondition: \"((\") { edges { cursor } } | character 3:"
                        + " expected a value",
                "recordCount(filterCondition: \"name == 'a'\", sessionFilterCondition: \"num_traces"
                        + " > 1\") | filterCondition and sessionFilterCondition cannot be used together"
            })
    void wrongConditions_areBadRequests(String field, String message) {
        send();
        JsonNode error = api.error(query(field));
        assertThat(error.path("message").asString()).startsWith(message);
        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void validation_tellsWhatIsWrongAndWhatMayBe() {
        send();
        annotate("Quality");
        assertThat(validation("Span", "name == 'x' and r"))
                .isEqualTo(
                        Api.json(
                                "{'isValid': false, 'warnings': [], 'errorMessage': 'character 17:"
                                        + " r is an attribute, not a condition: compare it, as in r is"
                                        + " not None'}"));
        assertThat(validation("Span", "annotations['q'].score > 1")).isEqualTo(valid(""));
        assertThat(validation("Span", "")).isEqualTo(valid(""));
        assertThat(validation("Trace", "trace_annotations['quality'].score > 1"))
                .isEqualTo(valid("'no annotation is named quality; did you mean Quality?'"));
        assertThat(validation("Trace", "trace_annotations['Quality'].score > 1"))
                .isEqualTo(valid(""));
        assertThat(validation("Session", "num_traces > 1")).isEqualTo(valid(""));
        assertThat(validation("Session", "latency_ms > 1").path("isValid").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parent_id is None | true",
                "None == parent_id | true",
                "parent_span is None | true",
                "not (parent_span is not None) | true",
                "parent_id is None and name == 'x' | true",
                "parent_id is None or name == 'x' | false",
                "parent_id is None or parent_span is None | true",
                "not (parent_id is not None or name == 'x') | true",
                "not (parent_id is None) | false",
                "name == 'x' | false",
                "name == 'x' and False | true",
                "parent_id is | false"
            })
    void analysis_knowsConditionsOnRoots(String condition, boolean roots) {
        send();
        JsonNode analysis =
                project(
                        "found: analyzeSpanFilterCondition(condition: \"%s\") { selectsRootSpansOnly }"
                                .formatted(condition),
                        "found");
        assertThat(analysis.path("selectsRootSpansOnly").asBoolean()).isEqualTo(roots);
    }

    @Test
    void vocabularies_areTypesNamesAndWhatWasSeen() {
        send();
        annotate("Quality");
        JsonNode spans = vocabulary("spanFilterVocabulary");
        assertThat(term(spans, "tier"))
                .isEqualTo(
                        Api.json(
                                "{'name': 'tier', 'type': 'string', 'category': 'attribute',"
                                        + " 'iterableName': null, 'insertText': 'tier'}"));
        assertThat(term(spans, "llm.token_count.prompt").path("insertText").asString())
                .isEqualTo("llm.token_count.prompt");
        assertThat(term(spans, "trace_annotations['Quality'].score").path("type").asString())
                .isEqualTo("number");
        JsonNode traces = vocabulary("traceFilterVocabulary");
        assertThat(term(traces, "spans").path("insertText").asString())
                .isEqualTo("any(x.name == '' for x in spans)");
        assertThat(term(traces, "input.value").path("insertText").asString())
                .isEqualTo("attributes['input.value']");
        JsonNode sessions = vocabulary("sessionFilterVocabulary");
        assertThat(term(sessions, "any_input").path("type").asString()).isEqualTo("containment");
        for (JsonNode term : spans) {
            if (term.path("category").asString().equals("attribute")) {
                String condition = term.path("insertText").asString() + " is not None";
                assertThat(validation("Span", condition).path("isValid").asBoolean())
                        .as(condition)
                        .isTrue();
            }
        }
    }

    @Test
    void tenThousandNestings_areAnsweredNotFailed() {
        send();
        String condition = "(".repeat(10_000);
        assertThat(validation("Span", condition).path("errorMessage").asString())
                .contains("nest at most 200 levels");
        String deep = "not ".repeat(190) + "(latency_ms > 1)";
        assertThat(
                        project(
                                        "found: recordCount(filterCondition: \"%s\")"
                                                .formatted(deep),
                                        "found")
                                .asInt())
                .isEqualTo(3);
        String wide = "x == 1" + " or x == 1".repeat(400) + " or latency_ms == 10";
        assertThat(
                        project(
                                        "found: recordCount(filterCondition: \"%s\")"
                                                .formatted(wide),
                                        "found")
                                .asInt())
                .isEqualTo(1);
    }

    private void annotate(String name) {
        var response =
                server.post(
                        "/v1/trace_annotations?sync=true",
                        "application/json",
                        """
                        {"data": [{"trace_id": "%s", "name": "%s", "annotator_kind": "HUMAN", "result": {"score": 1}}]}\
                        """
                                .formatted(sent.traceId(1), name));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private JsonNode vocabulary(String field) {
        return project(
                "found: %s { name type category iterableName insertText }".formatted(field),
                "found");
    }

    private static JsonNode term(JsonNode terms, String name) {
        return StreamSupport.stream(terms.spliterator(), false)
                .filter(term -> term.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + terms));
    }

    private static JsonNode valid(String warning) {
        return Api.json(
                "{'isValid': true, 'warnings': [%s], 'errorMessage': null}".formatted(warning));
    }

    private JsonNode validation(String grain, String condition) {
        return api.query(
                        "query ($condition: String!) { project: getProjectByName(name: \"%s\") { found: validate%sFilterCondition(condition: $condition) { isValid warnings errorMessage } } }"
                                .formatted(sent.project(), grain),
                        Map.of("condition", condition))
                .at("/project/found");
    }

    private JsonNode project(String field, String name) {
        return api.query(query(field)).path("project").path(name);
    }

    private String query(String field) {
        return "{ project: getProjectByName(name: \"%s\") { %s } }"
                .formatted(sent.project(), field);
    }

    private static List<String> names(JsonNode connection, String field) {
        return StreamSupport.stream(connection.path("edges").spliterator(), false)
                .map(edge -> edge.path("node").path(field).asString())
                .toList();
    }
}
