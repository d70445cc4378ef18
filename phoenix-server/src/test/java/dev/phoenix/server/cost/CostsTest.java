package dev.phoenix.server.cost;

import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.Telemetry.SpanDraft;
import dev.phoenix.server.kit.TestServer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What spans cost, from the exporter to the APIs. */
@ServerTest
class CostsTest {

    private static final String SUMMARY =
            "{prompt {tokens cost} completion {tokens cost} total {tokens cost}}";
    private static final String ENTRIES = "{tokenType isPrompt value {tokens cost}}";

    private final TestServer server;
    private final Api api;
    private final Models models;

    CostsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.models = new Models(api);
    }

    @Test
    void span_showsItsCostByType() {
        String model = models.create(2, 10);
        Telemetry telemetry =
                Telemetry.of(server)
                        .span(
                                1,
                                1,
                                0,
                                10,
                                call(model, 1000, 100)
                                        .andThen(
                                                span ->
                                                        span.attribute(
                                                                "llm.token_count.prompt_details.cache_read",
                                                                500)))
                        .send();

        JsonNode span = span(telemetry, 1);

        assertThat(span.get("costSummary"))
                .isEqualTo(
                        json(
                                """
                                {'prompt': {'tokens': 1000.0, 'cost': 0.002},
                                 'completion': {'tokens': 100.0, 'cost': 0.001},
                                 'total': {'tokens': 1100.0, 'cost': 0.003}}"""));
        assertThat(span.get("costDetailSummaryEntries"))
                .isEqualTo(
                        json(
                                """
                                [{'tokenType': 'cache_read', 'isPrompt': true, 'value': {'tokens': 500.0, 'cost': 0.001}},
                                 {'tokenType': 'input', 'isPrompt': true, 'value': {'tokens': 500.0, 'cost': 0.001}},
                                 {'tokenType': 'output', 'isPrompt': false, 'value': {'tokens': 100.0, 'cost': 0.001}}]"""));
    }

    @Test
    void noPrice_isNotAPriceOfZero() {
        String free = models.create(0, 0);
        Telemetry telemetry =
                Telemetry.of(server)
                        .span(1, 1, 0, 10, call("nobody-knows-this-model", 5, 6))
                        .span(2, 2, 0, 10, call(free, 5, 6))
                        .span(3, 3, 0, 10, span -> span.kind("CHAIN"))
                        .send();

        assertThat(span(telemetry, 1).get("costSummary"))
                .isEqualTo(
                        json(
                                """
                                {'prompt': {'tokens': 5.0, 'cost': null}, 'completion': {'tokens': 6.0, 'cost': null},
                                 'total': {'tokens': 11.0, 'cost': null}}"""));
        assertThat(trace(telemetry, 1).at("/costSummary/total"))
                .isEqualTo(json("{'tokens': 11.0, 'cost': null}"));
        assertThat(span(telemetry, 2).at("/costSummary/total"))
                .isEqualTo(json("{'tokens': 11.0, 'cost': 0.0}"));
        assertThat(trace(telemetry, 2).at("/costSummary/total"))
                .isEqualTo(json("{'tokens': 11.0, 'cost': 0.0}"));
        assertThat(span(telemetry, 3).get("costSummary").isNull()).isTrue();
        assertThat(trace(telemetry, 3).at("/costSummary/total"))
                .isEqualTo(json("{'tokens': null, 'cost': null}"));
    }

    @Test
    void tracesSessionsAndProjects_sumUp_howeverOftenASpanIsSent() {
        String model = models.create(1, 4);
        String session = server.projectName();
        Telemetry telemetry = Telemetry.of(server);
        for (int i = 0; i < 2; i++) {
            telemetry
                    .span(1, 1, 0, 10, span -> span.attribute("session.id", session))
                    .span(1, 2, 1, 9, call(model, 1_000_000, 0).andThen(span -> span.parent(1)))
                    .span(1, 3, 2, 9, call("nobody-knows-this-model", 7, 0))
                    .send();
            telemetry
                    .span(
                            2,
                            4,
                            0,
                            10,
                            call(model, 0, 500_000)
                                    .andThen(span -> span.attribute("session.id", session)))
                    .send();
        }

        assertThat(trace(telemetry, 1).get("costSummary"))
                .isEqualTo(
                        json(
                                """
                                {'prompt': {'tokens': 1000007.0, 'cost': 1.0}, 'completion': {'tokens': null, 'cost': null},
                                 'total': {'tokens': 1000007.0, 'cost': 1.0}}"""));
        assertThat(trace(telemetry, 1).get("costDetailSummaryEntries"))
                .isEqualTo(
                        json(
                                "[{'tokenType': 'input', 'isPrompt': true, 'value': {'tokens': 1000007.0, 'cost': 1.0}}]"));
        JsonNode expected =
                json(
                        """
                        {'prompt': {'tokens': 1000007.0, 'cost': 1.0}, 'completion': {'tokens': 500000.0, 'cost': 2.0},
                         'total': {'tokens': 1500007.0, 'cost': 3.0}}""");
        JsonNode found =
                api.query(
                        """
                        query($session: String!, $project: String!) {
                          getProjectSessionById(sessionId: $session) {costSummary %s costDetailSummaryEntries %s}
                          getProjectByName(name: $project) {costSummary %s
                            past: costSummary(timeRange: {end: "2000-01-01T00:00:00Z"}) {total {tokens cost}}}
                        }"""
                                .formatted(SUMMARY, ENTRIES, SUMMARY),
                        Map.of("session", session, "project", telemetry.project()));
        assertThat(found.at("/getProjectSessionById/costSummary")).isEqualTo(expected);
        assertThat(found.at("/getProjectSessionById/costDetailSummaryEntries")).hasSize(2);
        assertThat(found.at("/getProjectByName/costSummary")).isEqualTo(expected);
        assertThat(found.at("/getProjectByName/past/total"))
                .isEqualTo(json("{'tokens': null, 'cost': null}"));
    }

    @Test
    void cumulativeEntries_coverEverythingBelow() {
        String model = models.create(1, 4);
        Telemetry telemetry =
                Telemetry.of(server)
                        .span(1, 1, 0, 10, span -> span.kind("AGENT"))
                        .span(1, 2, 0, 10, span -> span.parent(1))
                        .span(1, 3, 0, 10, call(model, 10, 0).andThen(span -> span.parent(2)))
                        .span(1, 4, 0, 10, call(model, 20, 0).andThen(span -> span.parent(3)))
                        .span(1, 5, 0, 10, call(model, 40, 0))
                        .send();

        assertThat(cumulativeTokens(telemetry, 1)).isEqualTo(30);
        assertThat(cumulativeTokens(telemetry, 3)).isEqualTo(30);
        assertThat(cumulativeTokens(telemetry, 4)).isEqualTo(20);
        assertThat(cumulativeTokens(telemetry, 5)).isEqualTo(40);
    }

    @Test
    void spansAndSessions_areSortedByCost() {
        String model = models.create(1, 1);
        Telemetry telemetry = Telemetry.of(server);
        for (int i = 1; i <= 3; i++) {
            String session = telemetry.project() + i;
            telemetry.span(
                    i,
                    i,
                    i,
                    10,
                    call(model, i * 1000, 0)
                            .andThen(span -> span.attribute("session.id", session)));
        }
        telemetry.span(4, 4, 4, 10, span -> span.kind("CHAIN")).send();

        assertThat(sorted(telemetry, "spans", "tokenCostTotal", "desc", "name"))
                .containsExactly("span 3", "span 2", "span 1", "span 4");
        assertThat(sorted(telemetry, "spans", "tokenCostTotal", "asc", "name"))
                .containsExactly("span 1", "span 2", "span 3", "span 4");
        assertThat(sorted(telemetry, "sessions", "costTotal", "desc", "sessionId"))
                .containsExactly(
                        telemetry.project() + 3, telemetry.project() + 2, telemetry.project() + 1);
    }

    @Test
    void spans_areSortedByWhatTheyAndThoseBelowThemCost() {
        String model = models.create(1, 1);
        Telemetry telemetry =
                Telemetry.of(server)
                        .span(1, 1, 0, 10, span -> span.kind("AGENT"))
                        .span(1, 2, 1, 10, span -> span.parent(1))
                        .span(1, 3, 2, 10, call(model, 10, 0).andThen(span -> span.parent(2)))
                        .span(1, 4, 3, 10, call(model, 20, 0).andThen(span -> span.parent(1)))
                        .span(2, 5, 4, 10, call(model, 15, 0).andThen(span -> span.parent(6)))
                        .span(2, 6, 5, 10, span -> span.parent(5))
                        .span(3, 7, 6, 10)
                        .send();

        assertThat(sorted(telemetry, "spans", "cumulativeTokenCostTotal", "desc", "name"))
                .containsExactly(
                        "span 1", "span 4", "span 6", "span 5", "span 3", "span 2", "span 7");
        assertThat(sorted(telemetry, "spans", "cumulativeTokenCostTotal", "asc", "name"))
                .containsExactly(
                        "span 2", "span 3", "span 5", "span 6", "span 4", "span 1", "span 7");
    }

    @Test
    void pricesOfTheShippedList_applyByProvider() {
        Telemetry telemetry =
                Telemetry.of(server)
                        .span(
                                1,
                                1,
                                0,
                                10,
                                call("gpt-4o-2024-08-06", 1_000_000, 1_000_000)
                                        .andThen(span -> span.attribute("llm.provider", "openai")))
                        .send();

        assertThat(span(telemetry, 1).at("/costSummary/total/cost").asDouble()).isEqualTo(12.5);
    }

    private static Consumer<SpanDraft> call(String model, int prompt, int completion) {
        return span -> span.tokens(prompt, completion).attribute("llm.model_name", model);
    }

    private JsonNode span(Telemetry telemetry, int span) {
        return api.query(
                        "{getSpanByOtelId(spanId: \"%s\") {costSummary %s costDetailSummaryEntries %s}}"
                                .formatted(telemetry.spanId(span), SUMMARY, ENTRIES))
                .get("getSpanByOtelId");
    }

    private JsonNode trace(Telemetry telemetry, int trace) {
        return api.query(
                        "{getTraceByOtelId(traceId: \"%s\") {costSummary %s costDetailSummaryEntries %s}}"
                                .formatted(telemetry.traceId(trace), SUMMARY, ENTRIES))
                .get("getTraceByOtelId");
    }

    private double cumulativeTokens(Telemetry telemetry, int span) {
        JsonNode entries =
                api.query(
                                "{getSpanByOtelId(spanId: \"%s\") {cumulativeCostDetailSummaryEntries %s}}"
                                        .formatted(telemetry.spanId(span), ENTRIES))
                        .at("/getSpanByOtelId/cumulativeCostDetailSummaryEntries");
        assertThat(entries).hasSize(1);
        return entries.get(0).at("/value/tokens").asDouble();
    }

    /** Page by page, so that cursors are used. */
    private List<String> sorted(
            Telemetry telemetry, String list, String column, String direction, String field) {
        String query =
                """
                query($after: String) {getProjectByName(name: "%s") {
                  %s(first: 1, after: $after, sort: {col: %s, dir: %s}) {pageInfo {hasNextPage endCursor} edges {node {%s}}}}}"""
                        .formatted(telemetry.project(), list, column, direction, field);
        List<String> found = new java.util.ArrayList<>();
        Map<String, String> variables = Map.of();
        JsonNode page;
        do {
            page = api.query(query, variables).at("/getProjectByName/" + list);
            StreamSupport.stream(page.get("edges").spliterator(), false)
                    .forEach(edge -> found.add(edge.at("/node/" + field).asString()));
            variables = Map.of("after", page.at("/pageInfo/endCursor").asString());
        } while (page.at("/pageInfo/hasNextPage").asBoolean());
        return found;
    }
}
