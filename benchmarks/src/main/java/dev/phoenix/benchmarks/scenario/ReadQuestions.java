package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.History;
import dev.phoenix.benchmarks.scenario.ReadQuestion.Request;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The questions of the screens, about the largest project. */
final class ReadQuestions {

    private static final String SPAN =
            "{id spanKind name statusCode statusMessage startTime latencyMs tokenCountTotal spanId"
                    + " trace {id traceId} input {truncatedValue} output {truncatedValue}"
                    + " costSummary {total {cost}} spanAnnotations {id name label score}"
                    + " spanAnnotationSummaries {name meanScore labelFractions {label fraction}}}";
    private static final String PAGE = "{pageInfo {hasNextPage endCursor} edges {cursor node %s}}";

    private final History project;
    private final Map<Integer, String> roots;
    private final String month;
    private final String day;

    /** To search 100,000 spans, each for itself. */
    private final int textMs;

    ReadQuestions(Engine engine, ReadData data) {
        this.textMs = engine == Engine.SQLITE ? 500 : 2000;
        this.project = data.main();
        this.roots = data.rootsOfTraces();
        this.month = range(project.end().minus(Duration.ofDays(History.DAYS)), project.end());
        this.day = range(project.busiestDay(), project.busiestDay().plus(Duration.ofDays(1)));
    }

    List<ReadQuestion> all(RunningServer server) throws IOException {
        List<ReadQuestion> questions = new ArrayList<>();
        questions.add(projects());
        questions.add(firstLoad());
        questions.addAll(lists());
        questions.addAll(filters());
        for (Map.Entry<Integer, String> root : roots.entrySet()) {
            questions.add(trace(server, root.getKey(), root.getValue()));
        }
        questions.addAll(charts());
        return questions;
    }

    private static ReadQuestion projects() {
        return ReadQuestion.graphQl(
                "projects with statistics",
                50,
                "{projects(first: 10) {edges {node {id name endTime traceCount recordCount"
                        + " tokenCountTotal latencyMsQuantile(probability: 0.5) costSummary {total"
                        + " {cost}}}}}}");
    }

    private ReadQuestion firstLoad() {
        return ReadQuestion.graphQl(
                "project page, first load",
                150,
                of("id name startTime endTime streamingLastUpdatedAt"),
                of("spans(first: 30, timeRange: %s) %s".formatted(month, PAGE.formatted(SPAN))),
                of(
                        ("traceCount(timeRange: %1$s) costSummary(timeRange: %1$s) {total {cost}}"
                                        + " p50: latencyMsQuantile(probability: 0.5, timeRange: %1$s) p99:"
                                        + " latencyMsQuantile(probability: 0.99, timeRange: %1$s)"
                                        + " spanAnnotationNames traceAnnotationNames documentEvaluationNames")
                                .formatted(month)),
                of(
                        "spanCountTimeSeries(timeRange: %s) {data {timestamp okCount errorCount}}"
                                .formatted(month)));
    }

    private List<ReadQuestion> lists() {
        List<ReadQuestion> lists = new ArrayList<>();
        for (String column :
                List.of("startTime", "latencyMs", "tokenCountTotal", "tokenCostTotal")) {
            lists.add(
                    ReadQuestion.graphQl(
                            "100 spans by " + column,
                            30,
                            of(
                                    "spans(first: 100, sort: {col: %s, dir: desc}) %s"
                                            .formatted(column, PAGE.formatted(SPAN)))));
        }
        for (String column : List.of("startTime", "latencyMs")) {
            lists.add(
                    ReadQuestion.graphQl(
                            "100 traces by " + column,
                            30,
                            of(
                                    "traces(first: 100, sort: {col: %s, dir: desc}) %s"
                                            .formatted(
                                                    column,
                                                    PAGE.formatted(
                                                            "{id traceId startTime numSpans"
                                                                    + " rootSpan {name}}")))));
        }
        for (String column : List.of("startTime", "tokenCountTotal", "costTotal")) {
            lists.add(
                    ReadQuestion.graphQl(
                            "100 sessions by " + column,
                            30,
                            of(
                                    "sessions(first: 100, sort: {col: %s, dir: desc}) %s"
                                            .formatted(
                                                    column,
                                                    PAGE.formatted(
                                                            "{id sessionId startTime numTraces"
                                                                    + " tokenUsage {total}}")))));
        }
        lists.add(
                ReadQuestion.graphQl(
                        "100 spans by score",
                        150,
                        of(
                                "spans(first: 100, sort: {evalResultKey: {name: \"quality\", attr: score}, dir: desc}) %s"
                                        .formatted(PAGE.formatted(SPAN)))));
        return lists;
    }

    private List<ReadQuestion> filters() {
        String name = encode(project.project());
        String busiest =
                "&start_time=%s&end_time=%s"
                        .formatted(
                                encode(project.busiestDay().toString()),
                                encode(project.busiestDay().plus(Duration.ofDays(1)).toString()));
        return List.of(
                filtered("100 failed spans", 60, month, "status_code == 'ERROR'"),
                filtered(
                        "slow calls of a model within a day",
                        60,
                        day,
                        "span_kind == 'LLM' and latency_ms > 10000"),
                filtered(
                        "nothing matching in the project",
                        300,
                        month,
                        "span_kind == 'TOOL' and latency_ms > 3600000"),
                filtered(
                        "no call of as many tokens",
                        300,
                        month,
                        "llm.token_count.total > 1000000000"),
                filtered("no span that cost as much", 300, month, "total_cost > 1000000"),
                filtered("no call of a model", 300, month, "llm.model_name == 'unheard-of'"),
                ReadQuestion.rest(
                        "an attribute's value within a day",
                        500,
                        "/v1/projects/%s/spans?limit=100%s&attribute=%s"
                                .formatted(name, busiest, encode("code.lineno:77"))),
                filtered("text within a day", textMs, day, "'unfindable-text' in input.value"));
    }

    private ReadQuestion filtered(String name, int idleMs, String range, String condition) {
        return ReadQuestion.graphQl(
                name,
                idleMs,
                of(
                        "spans(first: 100, timeRange: %s, filterCondition: \"%s\") %s"
                                .formatted(range, condition, PAGE.formatted("{id name}"))));
    }

    /** The skeleton page by page, and the first details. */
    private ReadQuestion trace(RunningServer server, int size, String root) throws IOException {
        String asked = "{getSpanByOtelId(spanId: \"%s\") {trace {traceId}}}".formatted(root);
        String body =
                server.postJson(
                                "/graphql",
                                "{\"query\": \"%s\"}".formatted(asked.replace("\"", "\\\"")))
                        .body();
        String traceId = body.replaceAll(".*\"traceId\":\"([^\"]*)\".*", "$1");
        List<Request> requests = new ArrayList<>();
        String cursor = "";
        do {
            String path =
                    "/v1/traces/%s/skeleton?limit=50000&cursor=%s"
                            .formatted(traceId, encode(cursor));
            requests.add(new Request(false, path));
            String page = server.get(path).body();
            cursor =
                    page.contains("\"next_cursor\":null")
                            ? ""
                            : page.replaceAll("(?s).*\"next_cursor\":\"([^\"]*)\".*", "$1");
        } while (!cursor.isEmpty());
        requests.add(
                new Request(
                        true,
                        "{getSpanByOtelId(spanId: \"%s\") {id name attributes events {name} input {value} output {value} spanAnnotations {id} trace {id numSpans latencyMs costSummary {total {cost}} traceAnnotationSummaries {name}}}}"
                                .formatted(root)));
        int idleMs = size <= 100 ? 20 : size <= 10_000 ? 150 : 800;
        return new ReadQuestion("trace of %,d spans".formatted(size), idleMs, requests);
    }

    private List<ReadQuestion> charts() {
        List<ReadQuestion> charts = new ArrayList<>();
        Map.of(
                        "spanCountTimeSeries", "okCount errorCount unsetCount",
                        "traceCountByStatusTimeSeries", "okCount errorCount",
                        "traceLatencyMsPercentileTimeSeries", "p50 p95 p99 max",
                        "traceTokenCountTimeSeries", "promptTokenCount completionTokenCount",
                        "traceTokenCostTimeSeries", "totalCost",
                        "spanAnnotationScoreTimeSeries", "scoresWithLabels {label score}")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        chart ->
                                charts.add(
                                        ReadQuestion.graphQl(
                                                chart.getKey() + ", a month",
                                                80,
                                                of(
                                                        "%s(timeRange: %s) {data {timestamp %s}}"
                                                                .formatted(
                                                                        chart.getKey(),
                                                                        month,
                                                                        chart.getValue())))));
        charts.add(
                ReadQuestion.graphQl(
                        "topModelsByCost, a month",
                        80,
                        of("topModelsByCost(timeRange: %s) {name}".formatted(month))));
        return charts;
    }

    private String of(String fields) {
        return "{getProjectByName(name: \"%s\") {%s}}".formatted(project.project(), fields);
    }

    private static String range(Instant start, Instant end) {
        return "{start: \"%s\", end: \"%s\"}".formatted(start, end);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
