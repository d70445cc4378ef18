package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is counted for traces, sessions, projects and in charts are the same spans. */
@ServerTest
class TotalsAgreeTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int ROUNDS = 25;
    private static final int TRACES = 3;

    private final TestServer server;
    private final Api api;

    TotalsAgreeTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    /** Parents are numbers, 0 for none. */
    private record Sent(
            int trace,
            int number,
            int parent,
            String kind,
            int prompt,
            int completion,
            @Nullable String response,
            long startNs) {

        void draft(Telemetry telemetry) {
            telemetry.span(
                    trace,
                    number,
                    startNs,
                    startNs + 30 * SECOND,
                    span -> {
                        span.attribute("session.id", telemetry.traceId(0));
                        if (parent != 0) {
                            span.parent(parent);
                        }
                        span.kind(kind);
                        if (kind.equals("CHAIN")) {
                            return;
                        }
                        span.attribute("llm.token_count.prompt", prompt)
                                .attribute("llm.token_count.completion", completion)
                                .attribute(
                                        kind.equals("LLM")
                                                ? "llm.model_name"
                                                : "embedding.model_name",
                                        kind.equals("LLM") ? "gpt-4o" : "text-embedding-3-small");
                        if (response != null) {
                            span.attribute("gen_ai.response.id", response);
                        }
                    });
        }
    }

    @Test
    void sums_ofAnySpansInAnyOrder_agree() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Telemetry telemetry = Telemetry.of(server);
            send(telemetry, spans(random), random);
            assertAgreement(telemetry, "seed " + seed);
        }
        assertThat(server.differences()).isEmpty();
    }

    /** Calls above calls, twins that say more or less, sums of what is below, embeddings. */
    private static List<Sent> spans(Random random) {
        List<Sent> spans = new ArrayList<>();
        for (int trace = 1; trace <= TRACES; trace++) {
            int first = spans.size();
            int size = 4 + random.nextInt(14);
            for (int i = 0; i < size; i++) {
                List<Sent> before = spans.subList(first, spans.size());
                int parent =
                        before.isEmpty() ? 0 : before.get(random.nextInt(before.size())).number;
                spans.add(span(trace, spans.size() + 1, parent, List.copyOf(before), random));
            }
            addUp(spans.subList(first, spans.size()), random);
        }
        return spans;
    }

    private static Sent span(int trace, int number, int parent, List<Sent> before, Random random) {
        long start = random.nextInt(600) * SECOND;
        int size = 10 * (1 + random.nextInt(4));
        List<Sent> named = before.stream().filter(span -> span.response != null).toList();
        return switch (random.nextInt(6)) {
            case 0 -> new Sent(trace, number, parent, "CHAIN", 0, 0, null, start);
            case 1 -> new Sent(trace, number, parent, "EMBEDDING", size, 0, null, start);
            case 2 -> new Sent(trace, number, parent, "LLM", size, size / 10, null, start);
            case 3, 4 -> {
                String response = "chatcmpl-%d-%d".formatted(number, random.nextLong());
                yield new Sent(trace, number, parent, "LLM", size, size / 10, response, start);
            }
            default -> {
                if (named.isEmpty()) {
                    yield new Sent(trace, number, parent, "LLM", size, 1, null, start);
                }
                Sent twin = named.get(random.nextInt(named.size()));
                yield new Sent(
                        trace,
                        number,
                        random.nextBoolean() ? twin.number : twin.parent,
                        "LLM",
                        twin.prompt - random.nextInt(3),
                        random.nextBoolean() ? 0 : twin.completion,
                        twin.response,
                        twin.startNs + random.nextInt(9));
            }
        };
    }

    /** What frameworks do that report the sum of their steps. */
    private static void addUp(List<Sent> trace, Random random) {
        for (int i = 0; i < trace.size(); i++) {
            Sent step = trace.get(i);
            List<Sent> below = trace.stream().filter(span -> span.parent == step.number).toList();
            if (step.kind.equals("CHAIN") && !below.isEmpty() && random.nextBoolean()) {
                trace.set(
                        i,
                        new Sent(
                                step.trace,
                                step.number,
                                step.parent,
                                "LLM",
                                below.stream().mapToInt(Sent::prompt).sum(),
                                below.stream().mapToInt(Sent::completion).sum(),
                                null,
                                step.startNs));
            }
        }
    }

    private static void send(Telemetry telemetry, List<Sent> spans, Random random) {
        List<Sent> shuffled = new ArrayList<>(spans);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int until = Math.min(shuffled.size(), from + 1 + random.nextInt(9));
            shuffled.subList(from, until).forEach(span -> span.draft(telemetry));
            telemetry.send();
            from = until;
        }
    }

    private void assertAgreement(Telemetry telemetry, String which) {
        JsonNode project =
                api.query(
                                """
                                query ($name: String!, $all: TimeRange!, $early: TimeRange, $late: TimeRange) {
                                  getProjectByName(name: $name) {
                                    tokenCountPrompt tokenCountCompletion
                                    filtered: tokenCountTotal(filterCondition: "latency_ms >= 0")
                                    early: tokenCountTotal(timeRange: $early) late: tokenCountTotal(timeRange: $late)
                                    costSummary {total {tokens cost}}
                                    filteredCost: costSummary(filterCondition: "latency_ms >= 0") {total {tokens cost}}
                                    traces(first: 9) {edges {node {
                                      tokenUsage {prompt completion} costSummary {total {tokens cost}}}}}
                                    sessions(first: 9) {edges {node {
                                      tokenUsage {prompt completion} costSummary {total {tokens cost}}}}}
                                    traceTokenCountTimeSeries(timeRange: $all) {
                                      data {promptTokenCount completionTokenCount promptTokenCountDetails {tokenCount}}}
                                    traceTokenCostTimeSeries(timeRange: $all) {data {totalCost}}}}\
                                """,
                                Map.of(
                                        "name",
                                        telemetry.project(),
                                        "all",
                                        Map.of("start", at(-60), "end", at(3600)),
                                        "early",
                                        Map.of("end", at(250)),
                                        "late",
                                        Map.of("start", at(250))))
                        .get("getProjectByName");
        double prompt = project.get("tokenCountPrompt").asDouble();
        double completion = project.get("tokenCountCompletion").asDouble();
        double tokens = prompt + completion;
        double cost = project.at("/costSummary/total/cost").asDouble();
        assertThat(tokens).as(which).isPositive();
        for (String level : List.of("traces", "sessions")) {
            JsonNode nodes = project.at("/" + level + "/edges");
            assertThat(sum(nodes, "/node/tokenUsage/prompt")).as(level + which).isEqualTo(prompt);
            assertThat(sum(nodes, "/node/tokenUsage/completion"))
                    .as(level + which)
                    .isEqualTo(completion);
            assertThat(sum(nodes, "/node/costSummary/total/tokens"))
                    .as(level + which)
                    .isEqualTo(tokens);
            assertThat(sum(nodes, "/node/costSummary/total/cost"))
                    .as(level + which)
                    .isCloseTo(cost, within(1e-9));
        }
        assertThat(project.get("filtered").asDouble()).as(which).isEqualTo(tokens);
        assertThat(project.get("early").asDouble() + project.get("late").asDouble())
                .as(which)
                .isEqualTo(tokens);
        assertThat(project.at("/costSummary/total/tokens").asDouble()).as(which).isEqualTo(tokens);
        assertThat(project.at("/filteredCost/total/tokens").asDouble()).as(which).isEqualTo(tokens);
        assertThat(project.at("/filteredCost/total/cost").asDouble())
                .as(which)
                .isCloseTo(cost, within(1e-9));
        JsonNode series = project.at("/traceTokenCountTimeSeries/data");
        assertThat(sum(series, "/promptTokenCount")).as(which).isEqualTo(prompt);
        assertThat(sum(series, "/promptTokenCountDetails/0/tokenCount"))
                .as(which)
                .isEqualTo(prompt);
        assertThat(sum(series, "/completionTokenCount")).as(which).isEqualTo(completion);
        assertThat(sum(project.at("/traceTokenCostTimeSeries/data"), "/totalCost"))
                .as(which)
                .isCloseTo(cost, within(1e-9));
    }

    private static double sum(JsonNode list, String path) {
        return list.valueStream().mapToDouble(node -> node.at(path).asDouble(0)).sum();
    }

    private static String at(long second) {
        return Telemetry.EPOCH.plusSeconds(second).toString();
    }

    @Test
    void reportThatSaysMore_counts_besideAndAbove() {
        for (boolean fullerFirst : List.of(true, false)) {
            for (boolean nested : List.of(true, false)) {
                Telemetry telemetry = Telemetry.of(server);
                List<Sent> twins =
                        new ArrayList<>(
                                List.of(
                                        new Sent(1, 1, 0, "LLM", 100, 20, "response", 5),
                                        new Sent(
                                                1,
                                                2,
                                                nested ? 1 : 0,
                                                "LLM",
                                                101,
                                                0,
                                                "response",
                                                0)));
                if (!fullerFirst) {
                    Collections.reverse(twins);
                }
                for (Sent twin : twins) {
                    twin.draft(telemetry);
                    telemetry.send();
                }
                assertThat(repetitions(telemetry))
                        .isEqualTo(
                                Api.json(
                                        "[null, {'scope': 'TRACE', 'spanId': '%s'}]"
                                                .formatted(telemetry.spanId(1))));
                assertThat(total(telemetry)).isEqualTo(120);
                assertAgreement(telemetry, "");
            }
        }
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void twinsWithoutIds_tellWhomTheyRepeat() {
        Telemetry telemetry = Telemetry.of(server);
        new Sent(1, 1, 0, "LLM", 100, 20, null, 5).draft(telemetry);
        new Sent(1, 2, 1, "LLM", 100, 20, null, 6).draft(telemetry);
        telemetry.send();

        assertThat(repetitions(telemetry))
                .isEqualTo(
                        Api.json(
                                "[{'scope': 'SPANS_BELOW', 'spanId': '%s'}, null]"
                                        .formatted(telemetry.spanId(2))));
        assertAgreement(telemetry, "");
    }

    @Test
    void spansThatAnEarlierVersionLeftOut_countOnceTheyAreReadAnew() throws SQLException {
        Telemetry telemetry = Telemetry.of(server);
        new Sent(1, 1, 0, "LLM", 100, 20, null, 5).draft(telemetry);
        new Sent(1, 2, 1, "LLM", 7, 2, null, 6).draft(telemetry);
        telemetry.send();
        String project =
                api.query("{getProjectByName(name: \"%s\") {id}}".formatted(telemetry.project()))
                        .at("/getProjectByName/id")
                        .asString();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            String left = "(SELECT project_id FROM spans WHERE span_id = '%s')";
            statement.executeUpdate(
                    "UPDATE spans SET wraps_llm = 1 WHERE span_id = '%s'"
                            .formatted(telemetry.spanId(1)));
            statement.executeUpdate(
                    """
                    UPDATE project_rollups SET prompt_tokens = prompt_tokens - 100,
                        completion_tokens = completion_tokens - 20 WHERE project_id =\
                    """
                            + left.formatted(telemetry.spanId(1)));
        }
        assertThat(server.differences()).isNotEmpty();

        String job =
                api.query(
                                """
                                mutation($input: RederiveSpansInput!) {
                                  rederiveSpans(input: $input) {rederivation {id}}}\
                                """,
                                Map.of("input", Map.of("projectId", project)))
                        .at("/rederiveSpans/rederivation/id")
                        .asString();
        Await.await(
                Duration.ofSeconds(60),
                "DONE",
                () ->
                        api.query("{node(id: \"%s\") {... on Rederivation {state}}}".formatted(job))
                                .at("/node/state")
                                .asString());

        assertThat(total(telemetry)).isEqualTo(129);
        assertAgreement(telemetry, "");
        assertThat(server.differences()).isEmpty();
    }

    private double total(Telemetry telemetry) {
        return api.query(
                        "{getProjectByName(name: \"%s\") {tokenCountTotal}}"
                                .formatted(telemetry.project()))
                .at("/getProjectByName/tokenCountTotal")
                .asDouble();
    }

    private JsonNode repetitions(Telemetry telemetry) {
        return Api.json(
                List.of(1, 2).stream()
                        .map(
                                span ->
                                        api.query(
                                                        "{getSpanByOtelId(spanId: \"%s\") {repetition {scope spanId}}}"
                                                                .formatted(telemetry.spanId(span)))
                                                .at("/getSpanByOtelId/repetition")
                                                .toString())
                        .toList()
                        .toString());
    }
}
