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
    private static final long MS = 1_000_000;

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
                        + " {name meanScore} spanNotes {id} trace {id}}}}}}"
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
                        : "{getProjectByName(name: \"%s\") {%s}}".formatted(sent.project(), fields);
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
}
