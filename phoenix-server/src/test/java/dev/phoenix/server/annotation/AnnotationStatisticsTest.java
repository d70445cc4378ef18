package dev.phoenix.server.annotation;

import static dev.phoenix.server.annotation.Annotations.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class AnnotationStatisticsTest {

    private static final long MS = 1_000_000;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final TestServer server;
    private final Api api;
    private final Annotations annotations;

    AnnotationStatisticsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.annotations = new Annotations(server);
    }

    @Test
    void annotationsOfAProject_areSummedUpByNameAndTime() {
        Telemetry sent = annotated();
        JsonNode found =
                project(
                        sent,
                        """
                        spanAnnotationNames
                        spanAnnotationNameCounts {name count}
                        spanAnnotationMetricNames(timeRange: {})
                        spanAnnotationSummary(annotationName: "q") {count meanScore scoreCount labelCount labelFractions {label fraction}}
                        one: spanAnnotationSummary(annotationName: "q", filterCondition: "name == 'span 2'") {count meanScore}
                        noSession: spanAnnotationSummary(annotationName: "q", sessionFilterCondition: "num_traces > 0") {count}
                        noTrace: traceAnnotationSummary(annotationName: "q", filterCondition: "name == 'span 2'") {count}
                        none: spanAnnotationSummary(annotationName: "q", timeRange: {end: "2026-01-01T00:00:00Z"}) {count}
                        spanAnnotationScoreTimeSeries(timeRange: {start: "2026-01-01T00:00:00Z", end: "2026-01-01T02:00:00Z"}) {
                          names data {timestamp scoresWithLabels {label score}}}
                        spanAnnotationMetricsTimeSeries(timeRange: {start: "2026-01-01T00:00:00Z", end: "2026-01-01T01:00:00Z"}, annotationName: "q") {
                          names data {annotationSummaries {name count}}}
                        """);
        assertThat(found)
                .isEqualTo(
                        Api.json(
                                """
                                {'spanAnnotationNames': ['note', 'q', 'r'],
                                 'spanAnnotationNameCounts': [{'name': 'note', 'count': 1}, {'name': 'q', 'count': 3}, {'name': 'r', 'count': 1}],
                                 'spanAnnotationMetricNames': ['q', 'r'],
                                 'spanAnnotationSummary': {'count': 3, 'meanScore': 0.5, 'scoreCount': 2, 'labelCount': 3,
                                   'labelFractions': [{'label': 'bad', 'fraction': 0.3333333333333333}, {'label': 'good', 'fraction': 0.6666666666666666}]},
                                 'one': {'count': 1, 'meanScore': 0.0}, 'noSession': null, 'noTrace': null, 'none': null,
                                 'spanAnnotationScoreTimeSeries': {'names': ['q', 'r'], 'data': [
                                   {'timestamp': '2026-01-01T00:00:00+00:00', 'scoresWithLabels': [{'label': 'q', 'score': 1.0}]},
                                   {'timestamp': '2026-01-01T01:00:00+00:00', 'scoresWithLabels': [{'label': 'q', 'score': 0.0}, {'label': 'r', 'score': 7.0}]}]},
                                 'spanAnnotationMetricsTimeSeries': {'names': ['q'], 'data': [{'annotationSummaries': [{'name': 'q', 'count': 2}]}]}}
                                """));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 3",
        "'annotatorKinds: [HUMAN]', 1",
        "'annotatorKinds: [LLM, CODE]', 2",
        "'annotatorKinds: []', 0"
    })
    void series_areOfTheAnnotatorsAskedFor(String kinds, int expected) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        for (String kind : List.of("HUMAN", "LLM", "CODE")) {
            annotations.store(
                    "span",
                    "{'span_id': '%s', 'name': 'q', 'annotator_kind': '%s', 'identifier': '%s', 'result': {'score': 1}}"
                            .formatted(sent.spanId(1), kind, kind));
        }
        JsonNode series =
                project(
                                sent,
                                "series: spanAnnotationMetricsTimeSeries(timeRange: {start: \"2026-01-01T00:00:00Z\", end: \"2026-01-01T01:00:00Z\"} %s) {data {annotationSummaries {count}}}"
                                        .formatted(kinds))
                        .get("series");
        assertThat(series.at("/data/0/annotationSummaries/0/count").asInt()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "score, desc, 1 2 3 4",
        "score, asc, 2 1 4 3",
        "label, asc, 2 1 4 3",
        "label, desc, 1 2 3 4"
    })
    void spans_areSortedByAnnotations(String attribute, String direction, String expected) {
        Telemetry sent = annotated();
        List<String> listed = new ArrayList<>();
        String after = "null";
        for (int page = 0; page < 4; page++) {
            JsonNode found =
                    project(
                                    sent,
                                    "spans(first: 1, after: %s, sort: {evalResultKey: {name: \"q\", attr: %s}, dir: %s}) {pageInfo {hasNextPage endCursor} edges {node {name}}}"
                                            .formatted(after, attribute, direction))
                            .get("spans");
            listed.add(found.at("/edges/0/node/name").asString().replace("span ", ""));
            after = found.at("/pageInfo/endCursor").toString();
            assertThat(found.at("/pageInfo/hasNextPage").asBoolean()).isEqualTo(page < 3);
        }
        assertThat(String.join(" ", listed)).isEqualTo(expected);
        List<String> backwards = new ArrayList<>();
        String before = "null";
        for (int page = 0; page < 4; page++) {
            JsonNode found =
                    project(
                                    sent,
                                    "spans(first: 5, last: 1, before: %s, sort: {evalResultKey: {name: \"q\", attr: %s}, dir: %s}) {pageInfo {hasPreviousPage startCursor} edges {node {name}}}"
                                            .formatted(before, attribute, direction))
                            .get("spans");
            backwards.addFirst(found.at("/edges/0/node/name").asString().replace("span ", ""));
            before = found.at("/pageInfo/startCursor").toString();
            assertThat(found.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(page < 3);
        }
        assertThat(String.join(" ", backwards)).isEqualTo(expected);
    }

    @Test
    void sessions_areSortedByAnnotations() {
        Telemetry sent = Telemetry.of(server);
        for (int i = 1; i <= 3; i++) {
            String session = sent.project() + "-" + i;
            sent.span(i, i, i * MS, i * MS + 1, span -> span.attribute("session.id", session));
        }
        sent.send();
        for (int i = 1; i <= 2; i++) {
            annotations.store(
                    "session",
                    "{'session_id': '%s-%d', 'name': 's', 'annotator_kind': 'CODE', 'result': {'score': %d}}"
                            .formatted(sent.project(), i, i));
        }
        List<String> listed = new ArrayList<>();
        project(
                        sent,
                        "sessions(first: 5, sort: {annoResultKey: {name: \"s\", attr: score}, dir:"
                                + " desc}) {edges {node {sessionId}}}")
                .at("/sessions/edges")
                .forEach(edge -> listed.add(edge.at("/node/sessionId").asString()));
        assertThat(listed)
                .containsExactly(
                        sent.project() + "-2", sent.project() + "-1", sent.project() + "-3");
    }

    @Test
    void figuresOfSessions_areOfThoseThatFulfilACondition() {
        Telemetry sent = Telemetry.of(server);
        for (int i = 1; i <= 2; i++) {
            String session = sent.project() + "-" + i;
            sent.span(i, i, 0, i * MS, span -> span.attribute("session.id", session));
        }
        sent.send();
        annotations.store(
                "session",
                "{'session_id': '%s-2', 'name': 's', 'annotator_kind': 'CODE', 'result': {'score': 3}}"
                        .formatted(sent.project()));
        assertThat(
                        project(
                                sent,
                                """
                                all: averageSessionDurationMs
                                long: averageSessionDurationMs(sessionFilterCondition: "duration_ms > 1")
                                none: averageTracesPerSession(sessionFilterCondition: "duration_ms > 5")
                                median: sessionDurationMsQuantile(probability: 0.5, sessionFilterCondition: "duration_ms < 2")
                                sessionAnnotationSummary(annotationName: "s", sessionFilterCondition: "duration_ms > 1") {meanScore}
                                short: sessionAnnotationSummary(annotationName: "s", sessionFilterCondition: "duration_ms < 2") {count}
                                """))
                .isEqualTo(
                        Api.json(
                                "{'all': 1.5, 'long': 2.0, 'none': null, 'median': 1.0,"
                                        + " 'sessionAnnotationSummary': {'meanScore': 3.0}, 'short':"
                                        + " null}"));
    }

    @Test
    void retrievals_areMeasuredByTheScoresOfTheirDocuments() {
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        0,
                        MS,
                        span -> {
                            span.kind("RETRIEVER");
                            for (int i = 0; i < 3; i++) {
                                span.attribute(
                                        "retrieval.documents." + i + ".document.content", "d");
                            }
                        })
                .send();
        annotations.store(
                "document",
                span(
                        sent.spanId(1),
                        "relevance",
                        "'document_position': 1, 'result': {'score': 1}"));
        JsonNode metrics =
                api.query(
                                "{getSpanByOtelId(spanId: \"%s\") {documentRetrievalMetrics {evaluationName ndcg first: ndcg(k: 1) precision precision2: precision(k: 2) reciprocalRank hit}}}"
                                        .formatted(sent.spanId(1)))
                        .at("/getSpanByOtelId/documentRetrievalMetrics/0");
        assertThat(metrics.get("ndcg").asDouble()).isEqualTo(Math.log(2) / Math.log(3));
        assertThat(metrics.get("first").asDouble()).isZero();
        assertThat(metrics.get("precision").asDouble()).isEqualTo(1.0 / 3);
        assertThat(metrics.get("precision2").asDouble()).isEqualTo(0.5);
        assertThat(metrics.get("reciprocalRank").asDouble()).isEqualTo(0.5);
        assertThat(metrics.get("hit").asDouble()).isEqualTo(1);
        assertThat(
                        project(
                                sent,
                                "documentEvaluationNames documentEvaluationSummary(evaluationName:"
                                        + " \"relevance\") {evaluationName averagePrecision(k: 2)"
                                        + " countPrecision meanReciprocalRank hitRate countHit} other:"
                                        + " documentEvaluationSummary(evaluationName: \"relevance\","
                                        + " filterCondition: \"span_kind == 'LLM'\") {countHit}"))
                .isEqualTo(
                        Api.json(
                                """
                                {'documentEvaluationNames': ['relevance'],
                                 'documentEvaluationSummary': {'evaluationName': 'relevance', 'averagePrecision': 0.5,
                                   'countPrecision': 1, 'meanReciprocalRank': 0.5, 'hitRate': 1.0, 'countHit': 1}, 'other': null}
                                """));
    }

    /** Spans 1 and 2 with scores, 3 and 4 without; 1 and 4 within the first hour. */
    private Telemetry annotated() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(1, 1, 0, MS)
                        .span(1, 4, 1, MS)
                        .span(2, 2, HOUR, HOUR + MS)
                        .span(2, 3, HOUR + 1, HOUR + MS)
                        .send();
        annotations.store(
                "span", span(sent.spanId(1), "q", "'result': {'score': 1, 'label': 'good'}"));
        annotations.store(
                "span",
                span(sent.spanId(1), "q", "'identifier': 'i', 'result': {'label': 'good'}"));
        annotations.store(
                "span", span(sent.spanId(2), "q", "'result': {'score': 0, 'label': 'bad'}"));
        annotations.store("span", span(sent.spanId(2), "r", "'result': {'score': 7}"));
        server.post(
                "/v1/span_notes",
                "application/json",
                "{\"data\": {\"span_id\": \"%s\", \"note\": \"hm\"}}".formatted(sent.spanId(1)));
        return sent;
    }

    private JsonNode project(Telemetry sent, String fields) {
        return api.query("{getProjectByName(name: \"%s\") {%s}}".formatted(sent.project(), fields))
                .get("getProjectByName");
    }
}
