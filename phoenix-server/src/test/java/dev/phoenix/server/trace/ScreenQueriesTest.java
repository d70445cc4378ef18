package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The screens ask the database as often for thirty rows as for two. */
class ScreenQueriesTest {

    private static final int FEW = 2;
    private static final int MANY = 30;
    private static final int TRACE_PAGE = 500;
    private static final Map<Telemetry, String> SPAN_PAGES = new HashMap<>();
    private static final long MS = 1_000_000;
    private static final String TIMES =
            "{start: \"2026-01-01T00:00:00Z\", end: \"2026-01-02T00:00:00Z\"}";
    private static final String RANGE = "timeRange: TIMES, filterCondition: \"latency_ms > 0\"";

    private static TestServer server;
    private static Telemetry few;
    private static Telemetry many;

    @BeforeAll
    static void start() {
        server = TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_ENABLE_PROMETHEUS", "true"));
        few = telemetry(FEW);
        many = telemetry(MANY);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spans table|20|spans(first: 50) {pageInfo {hasNextPage} edges {cursor node {id"
                        + " spanKind name metadata userId statusCode latencyMs tokenCountTotal spanId"
                        + " trace {id traceId costSummary {total {cost}} traceAnnotationSummaries {name"
                        + " count}} input {truncatedValue} output {value} spanAnnotations {id name user"
                        + " {username}} spanNotes {id} documentRetrievalMetrics {evaluationName ndcg"
                        + " precision hit} documentEvaluations {name} costSummary {total {cost}}"
                        + " costDetailSummaryEntries {tokenType} spanAnnotationSummaries {name"
                        + " meanScore} numChildSpans project {id}}}}",
                "traces table|24|spans(first: 50) {edges {node {id parentId"
                        + " cumulativeTokenCountTotal trace {id traceId userId numSpans errorCount"
                        + " rootSpan {id} errorsByType {count} spanCountsByKind {count} costSummary"
                        + " {total {cost}} costDetailSummaryEntries {tokenType} traceAnnotations {name}"
                        + " session {id}} descendants(first: 50) {edges {node {id spanKind name"
                        + " propagatedStatusCode input {truncatedValue} spanAnnotations {name}"
                        + " documentRetrievalMetrics {hit} trace {traceId}}}}}}}",
                "sessions table|14|sessions(first: 50) {edges {node {id sessionId userId numTraces"
                        + " firstInput {truncatedValue} lastOutput {truncatedValue} tokenUsage {total}"
                        + " p50: traceLatencyMsQuantile(probability: 0.5) p99:"
                        + " traceLatencyMsQuantile(probability: 0.99) costSummary {total {cost}}"
                        + " sessionAnnotationSummaries {name} sessionAnnotations {name}}}}",
                "project header|24|name startTime endTime hasTraces streamingLastUpdatedAt"
                        + " traceCount recordCount tokenCountTotal costSummary {total {cost}} p50:"
                        + " latencyMsQuantile(probability: 0.5) p99: latencyMsQuantile(probability:"
                        + " 0.99) spanAnnotationNames traceAnnotationNames sessionAnnotationNames"
                        + " sessionCount averageSessionDurationMs averageTracesPerSession"
                        + " sessionDurationMsQuantile(probability: 0.5)",
                "projects list|20|{projects(first: 50, filter: {col: name, value: \"PROJECT\"}) {edges {node"
                        + " {id name endTime hasTraces traceCount recordCount sessionCount"
                        + " tokenCountTotal latencyMsQuantile(probability: 0.5) costSummary {total"
                        + " {cost}} traceRetentionPolicy {name}}}}}",
                "session page|20|{getProjectSessionById(sessionId: \"PROJECT-page\") {numTraces"
                        + " tokenUsage {total} costSummary {total {cost}} sessionAnnotations {name}"
                        + " traces(first: 50) {edges {node {traceId startTime latencyMs numSpans"
                        + " costSummary {total {cost}} traceAnnotations {name} rootSpan {id spanKind"
                        + " statusCode input {value} output {value} attributes spanAnnotations {name"
                        + " score}}}}}}}",
                "trace page|20|{getTraceByOtelId(traceId: \"TRACE\") {traceId latencyMs numSpans"
                        + " costSummary {total {cost}} traceAnnotations {name} traceAnnotationSummaries"
                        + " {name} spans(first: 1000) {edges {node {id name spanKind statusCode startTime"
                        + " endTime parentId latencyMs tokenCountTotal propagatedStatusCode"
                        + " cumulativeTokenCountTotal costSummary {total {cost}} spanAnnotationSummaries"
                        + " {name meanScore} spanNotes {id} trace {id}}}}}}",
                "spans aside|40|description traceCount(RANGE) recordCount(RANGE)"
                        + " costSummary(RANGE) {total {cost} prompt {cost} completion {cost}} p50:"
                        + " latencyMsQuantile(probability: 0.5, RANGE) p99:"
                        + " latencyMsQuantile(probability: 0.99, RANGE) spanAnnotationNames"
                        + " traceAnnotationNames documentEvaluationNames"
                        + " spanAnnotationSummary(annotationName: \"q\", RANGE) {meanScore"
                        + " labelFractions {label fraction}} traceAnnotationSummary(annotationName:"
                        + " \"q\", RANGE) {count} documentEvaluationSummary(evaluationName: \"q\","
                        + " RANGE) {averageNdcg averagePrecision meanReciprocalRank hitRate}"
                        + " annotationConfigs(names: [\"q\"]) {edges {node {__typename}}}"
                        + " traceRetentionPolicy {name}",
                "sessions aside|20|sessionCount(timeRange: TIMES)"
                        + " averageSessionDurationMs(timeRange: TIMES) averageTracesPerSession(timeRange:"
                        + " TIMES) p50: sessionDurationMsQuantile(probability: 0.5, timeRange: TIMES)"
                        + " p99: sessionDurationMsQuantile(probability: 0.99, timeRange: TIMES)"
                        + " sessionAnnotationNames sessionAnnotationSummary(annotationName: \"q\") {count}",
                "sessions with sums|20|sessions(first: 50) {edges {node {firstInput {value} lastOutput"
                        + " {value} tokenUsage {prompt completion} numTracesWithError"
                        + " costDetailSummaryEntries {tokenType value {tokens cost}} project {id}}}}",
                "metrics|30|spanCountTimeSeries(timeRange: TIMES) {data {timestamp}}"
                        + " traceCountTimeSeries(timeRange: TIMES) {data {timestamp}}"
                        + " traceCountByStatusTimeSeries(timeRange: TIMES) {data {timestamp}}"
                        + " traceLatencyMsPercentileTimeSeries(timeRange: TIMES) {data {p50}}"
                        + " traceTokenCountTimeSeries(timeRange: TIMES) {data {timestamp}}"
                        + " traceTokenCostTimeSeries(timeRange: TIMES) {data {timestamp}}"
                        + " spanAnnotationScoreTimeSeries(timeRange: TIMES) {names}"
                        + " spanAnnotationMetricsTimeSeries(timeRange: TIMES, annotationName: \"q\")"
                        + " {names} topModelsByCost(timeRange: TIMES) {name}"
                        + " topModelsByTokenCount(timeRange: TIMES) {name}",
                "trace drawer|24|{getProjectByName(name: \"PROJECT\") {trace(traceId: \"TRACE\") {id"
                        + " projectSessionId latencyMs costSummary {total {cost}} numSpans spans(first:"
                        + " 1000) {edges {node {id spanId name spanKind statusCode startTime endTime"
                        + " parentId latencyMs tokenCountTotal spanAnnotationSummaries {name"
                        + " meanScore}}}} rootSpans: spans(first: 1, filterCondition: \"parent_span is"
                        + " None\") {edges {node {statusCode id spanId parentId}}}}}}",
                "span page|30|{getSpanByOtelId(spanId: \"SPAN\") {id name statusCode statusMessage"
                        + " startTime endTime latencyMs parentId spanKind context {traceId spanId}"
                        + " attributes metadata numDocuments tokenPromptDetails {cacheRead cacheWrite"
                        + " audio} input {value mimeType} output {value mimeType} events {name message"
                        + " timestamp attributes} spanAnnotations {id name label score annotatorKind"
                        + " createdAt user {username}} edited: spanAnnotations(filter: {exclude:"
                        + " {names: [\"note\"]}}) {id} spanNotes {id explanation user {username}}"
                        + " spanAnnotationSummaries {name meanScore labelFractions {label}}"
                        + " documentEvaluations {id name documentPosition user {username}}"
                        + " documentRetrievalMetrics {evaluationName ndcg precision reciprocalRank hit}"
                        + " descendants(first: 50) {edges {node {id}}} numChildSpans costSummary"
                        + " {total {cost}} costDetailSummaryEntries {tokenType}"
                        + " cumulativeCostDetailSummaryEntries {tokenType} project {id"
                        + " annotationConfigs {edges {node {__typename}}}} trace {id traceId}}}",
                "session turns|24|{getProjectSessionById(sessionId: \"PROJECT-page\") {traces(first:"
                        + " 50) {edges {node {traceId rootSpan {id name startTime endTime latencyMs"
                        + " attributes input {value mimeType truncatedValue} output {value mimeType"
                        + " truncatedValue} cumulativeTokenCountTotal project {id}"
                        + " spanAnnotationSummaries {name meanScore} trace {id costSummary {total"
                        + " {cost}} traceAnnotationSummaries {name} traceAnnotations(filter: {include:"
                        + " {names: [\"user_feedback\"]}}) {label}}}}}}}}"
            })
    void screen_asksAsOftenForManyRowsAsForFew(String screen, int atMost, String fields)
            throws Exception {
        long ofFew = queries(few, fields);
        long ofMany = queries(many, fields);
        assertThat(ofMany).as(screen).isEqualTo(ofFew).isLessThanOrEqualTo(atMost);
    }

    /** The least of some: what the server does in the background is counted, too. */
    private static long queries(Telemetry sent, String fields) throws Exception {
        String query =
                fields.startsWith("{")
                        ? fields.replace("PROJECT", sent.project())
                                .replace("TRACE", sent.traceId(TRACE_PAGE))
                                .replace("SPAN", SPAN_PAGES.get(sent))
                        : "{getProjectByName(name: \"%s\") {%s}}"
                                .formatted(sent.project(), fields.replace("RANGE", RANGE))
                                .replace("TIMES", TIMES);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++) {
            long before = counted();
            new Api(server).query(query);
            least = Math.min(least, counted() - before);
        }
        return least;
    }

    private static long counted() throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://localhost:%d/metrics"
                                .formatted(server.settings().observability().prometheusPort()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("phoenix_database_queries_total "))
                    .mapToLong(
                            line ->
                                    (long)
                                            Double.parseDouble(
                                                    line.substring(line.indexOf(' ') + 1)))
                    .sum();
        }
    }

    private static Telemetry telemetry(int traces) {
        Telemetry sent = Telemetry.of(server);
        for (int trace = 1; trace <= traces; trace++) {
            int first = trace * 10;
            String session = sent.project() + "-" + trace;
            sent.span(
                            trace,
                            first,
                            trace * MS,
                            (trace + 5) * MS,
                            span ->
                                    span.kind("RETRIEVER")
                                            .attribute("session.id", session)
                                            .attribute("input.value", "x".repeat(300))
                                            .attribute("retrieval.documents.0.document.id", "d")
                                            .error("no"))
                    .span(
                            trace,
                            first + 1,
                            trace * MS,
                            (trace + 4) * MS,
                            span -> span.parent(first).tokens(3, 4));
        }
        sent.span(TRACE_PAGE, 5000, 0, MS);
        for (int i = 1; i <= traces; i++) {
            sent.span(TRACE_PAGE, 5000 + i, i, MS, span -> span.parent(5000).tokens(1, 1))
                    .span(
                            TRACE_PAGE + i,
                            6000 + i,
                            i,
                            MS,
                            span -> span.attribute("session.id", sent.project() + "-page"));
            Telemetry.of(server, sent.project() + "-" + i).span(1, 1, 0, MS).send();
        }
        sent.send();
        new Api(server).query("{projectCount}");
        SPAN_PAGES.put(sent, spanPage(sent, traces));
        for (int trace = 1; trace <= traces; trace++) {
            annotate(sent, trace);
        }
        return sent;
    }

    private static void annotate(Telemetry sent, int trace) {
        String result = "\"name\": \"q\", \"annotator_kind\": \"CODE\", \"result\": {\"score\": 1}";
        server.post(
                "/v1/span_annotations?sync=true",
                "application/json",
                "{\"data\": [{\"span_id\": \"%s\", %s}]}"
                        .formatted(sent.spanId(trace * 10), result));
        server.post(
                "/v1/document_annotations?sync=true",
                "application/json",
                "{\"data\": [{\"span_id\": \"%s\", \"document_position\": 0, %s}]}"
                        .formatted(sent.spanId(trace * 10), result));
    }

    /** In a project of its own, so that it is on no other screen; returns its id. */
    private static String spanPage(Telemetry sent, int documents) {
        Telemetry page = Telemetry.of(server, sent.project() + "-span");
        page.span(
                        1,
                        1,
                        0,
                        MS,
                        span -> {
                            span.kind("RETRIEVER");
                            for (int i = 0; i < documents; i++) {
                                span.attribute("retrieval.documents." + i + ".document.id", "d" + i)
                                        .event("failed", i, Map.of("exception.type", "E" + i));
                            }
                        })
                .send();
        for (int i = 0; i < documents; i++) {
            annotateSpanPage(page.spanId(1), i);
        }
        return page.spanId(1);
    }

    private static void annotateSpanPage(String spanId, int i) {
        String span = "\"span_id\": \"%s\"".formatted(spanId);
        String result =
                ", \"name\": \"q%d\", \"annotator_kind\": \"CODE\", \"result\": {\"label\": \"l\"}"
                        .formatted(i);
        stored("span_annotations", "[{" + span + result + "}]");
        stored(
                "document_annotations",
                "[{%s%s, \"document_position\": %d}]".formatted(span, result, i));
        stored("span_notes", "{%s, \"note\": \"note %d\"}".formatted(span, i));
    }

    private static void stored(String path, String data) {
        var answer =
                server.post(
                        "/v1/" + path + "?sync=true",
                        "application/json",
                        "{\"data\": " + data + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
