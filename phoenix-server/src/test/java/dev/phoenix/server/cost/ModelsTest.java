package dev.phoenix.server.cost;

import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** People's own models over GraphQL. */
@ServerTest
class ModelsTest {

    private static final String FIELDS =
            """
            id name provider providerKey namePattern kind startTime source lastUsedAt
            tokenPrices {tokenType kind costPerMillionTokens costPerToken}
            costSummary {total {tokens cost}} costDetailSummaryEntries {tokenType isPrompt value {tokens cost}}""";

    private final TestServer server;
    private final Api api;
    private final Models models;

    ModelsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.models = new Models(api);
    }

    @Test
    void createdModel_readsBackWhole() {
        String name = Models.newName();
        Map<String, Object> input = new HashMap<>(Models.input(name, 2.5, 10));
        input.put("provider", "azure");
        input.put("startTime", "2026-01-01T00:00:00Z");

        String id = models.create(input).get("id").asString();

        assertThat(node(id))
                .isEqualTo(
                        json(
                                """
                                {'id': '%s', 'name': '%s', 'provider': 'azure', 'providerKey': 'AZURE_OPENAI',
                                 'namePattern': '^%s$', 'kind': 'CUSTOM', 'startTime': '2026-01-01T00:00:00+00:00',
                                 'source': null, 'lastUsedAt': null,
                                 'tokenPrices': [
                                   {'tokenType': 'input', 'kind': 'PROMPT', 'costPerMillionTokens': 2.5, 'costPerToken': 2.5E-6},
                                   {'tokenType': 'output', 'kind': 'COMPLETION', 'costPerMillionTokens': 10.0, 'costPerToken': 1.0E-5}],
                                 'costSummary': {'total': {'tokens': null, 'cost': null}}, 'costDetailSummaryEntries': []}"""
                                        .formatted(id, name, name)));
    }

    @Test
    void change_appliesToTheNextSpan_andNotToEarlierOnes() {
        String name = Models.newName();
        String id = models.create(Models.input(name, 1, 1)).get("id").asString();
        Telemetry telemetry = Telemetry.of(server).span(1, 1, 0, 1, call(name)).send();
        models.update(id, Models.input(name, 3, 3));
        telemetry.span(1, 2, 0, 1, call(name)).send();
        models.delete(id);
        telemetry.span(1, 3, 0, 1, call(name)).send();

        assertThat(cost(telemetry, 1).asDouble()).isEqualTo(1);
        assertThat(cost(telemetry, 2).asDouble()).isEqualTo(3);
        assertThat(cost(telemetry, 3).isNull()).isTrue();
        assertThat(
                        api.error("{node(id: \"%s\") {id}}".formatted(id))
                                .at("/extensions/code")
                                .asString())
                .isEqualTo("NOT_FOUND");
        // Its name and pattern are free again.
        models.create(Models.input(name, 1, 1));
    }

    @Test
    void use_isSummedUpPerModel() {
        String name = Models.newName();
        String id = models.create(Models.input(name, 1, 1)).get("id").asString();
        Telemetry telemetry =
                Telemetry.of(server)
                        .span(1, 1, 0, 1, call(name))
                        .span(2, 2, 5_000_000_000L, 6_000_000_000L, call(name))
                        .send();
        Telemetry.of(server).span(1, 1, 0, 1, call(name)).send();

        JsonNode model =
                api.query(
                                """
                                query($id: ID!, $project: String!) {
                                  node(id: $id) {... on GenerativeModel {
                                    lastUsedAt
                                    all: costSummary {total {tokens cost}}
                                    early: costSummary(timeRange: {end: "2026-01-01T00:00:01Z"}) {total {tokens cost}}
                                    costDetailSummaryEntries {tokenType isPrompt value {tokens cost}}}}
                                  getProjectByName(name: $project) {id}}""",
                                Map.of("id", id, "project", telemetry.project()))
                        .get("node");

        assertThat(model)
                .isEqualTo(
                        json(
                                """
                                {'lastUsedAt': '2026-01-01T00:00:05+00:00',
                                 'all': {'total': {'tokens': 3000000.0, 'cost': 3.0}},
                                 'early': {'total': {'tokens': 2000000.0, 'cost': 2.0}},
                                 'costDetailSummaryEntries': [
                                   {'tokenType': 'input', 'isPrompt': true, 'value': {'tokens': 3000000.0, 'cost': 3.0}}]}"""));
        String project =
                api.query("{getProjectByName(name: \"%s\") {id}}".formatted(telemetry.project()))
                        .at("/getProjectByName/id")
                        .asString();
        assertThat(
                        api.query(
                                        "{node(id: \"%s\") {... on GenerativeModel {costSummary(projectId: \"%s\") {total {cost}}}}}"
                                                .formatted(id, project))
                                .at("/node/costSummary/total/cost")
                                .asDouble())
                .isEqualTo(2);
    }

    @Test
    void list_hasOwnModelsFirst_thenTheShippedOnesWithTheirSource() {
        String id = models.create(Models.input(Models.newName(), 1, 1)).get("id").asString();
        boolean found = false;
        boolean builtIn = false;
        String after = "";
        for (int page = 0; page < 10; page++) {
            JsonNode list =
                    api.query(
                                    "query($after: String) {generativeModels(first: 1000, after: $after) {pageInfo {hasNextPage endCursor} edges {node {id kind source providerKey provider}}}}",
                                    after.isEmpty() ? Map.of() : Map.of("after", after))
                            .get("generativeModels");
            for (JsonNode edge : list.get("edges")) {
                found |= edge.at("/node/id").asString().equals(id);
                boolean shipped = edge.at("/node/kind").asString().equals("BUILT_IN");
                assertThat(shipped || !builtIn).as("own models come first").isTrue();
                assertThat(edge.at("/node/source").isNull()).isEqualTo(!shipped);
                builtIn = shipped;
            }
            after = list.at("/pageInfo/endCursor").asString();
            if (!list.at("/pageInfo/hasNextPage").asBoolean()) {
                break;
            }
        }
        assertThat(found && builtIn).isTrue();
    }

    @Test
    void nonsense_isRefusedWithARule() {
        String name = Models.newName();
        assertRefused(Map.of("name", " "), "BAD_REQUEST", "name of a model must not be empty");
        assertRefused(Map.of("namePattern", "("), "BAD_REQUEST", "must be a regular expression");
        assertRefused(Map.of("namePattern", "a".repeat(1001)), "BAD_REQUEST", "1..1000 characters");
        assertRefused(Map.of("costs", List.of()), "BAD_REQUEST", "needs a price");
        assertRefused(
                Map.of("costs", List.of(Models.cost("cache_read", "PROMPT", 1))),
                "BAD_REQUEST",
                "need one for the token type input");
        assertRefused(
                Map.of("costs", List.of(Models.cost("reasoning", "COMPLETION", 1))),
                "BAD_REQUEST",
                "need one for the token type output");
        assertRefused(
                Map.of("costs", List.of(Models.cost("input", "PROMPT", -1))),
                "BAD_REQUEST",
                "must be 0..1000000000, was -1.0");
        assertRefused(
                Map.of(
                        "costs",
                        List.of(
                                Models.cost("input", "PROMPT", 1),
                                Models.cost("input", "PROMPT", 2))),
                "BAD_REQUEST",
                "two prices for input");
        models.create(Models.input(name, 1, 1));
        assertRefused(Map.of("name", name), "CONFLICT", "named " + name + " exists already");
        assertRefused(Map.of("namePattern", "^" + name + "$"), "CONFLICT", "name pattern");
    }

    @Test
    void shippedModels_cannotBeChanged() {
        String id = new GlobalIds(api).anyBuiltIn();

        JsonNode deleted =
                api.error("mutation {deleteModel(input: {id: \"%s\"}) {model {id}}}".formatted(id));

        assertThat(deleted.get("message").asString())
                .contains("built-in", "create a model of your own");
        assertThat(deleted.at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    private record GlobalIds(Api api) {

        String anyBuiltIn() {
            for (int first = 50; first <= 1000; first += 950) {
                for (JsonNode edge :
                        api.query(
                                        "{generativeModels(first: %d) {edges {node {id kind}}}}"
                                                .formatted(first))
                                .at("/generativeModels/edges")) {
                    if (edge.at("/node/kind").asString().equals("BUILT_IN")) {
                        return edge.at("/node/id").asString();
                    }
                }
            }
            throw new AssertionError("no built-in model is listed");
        }
    }

    private void assertRefused(Map<String, Object> wrong, String code, String message) {
        Map<String, Object> input = new HashMap<>(Models.input(Models.newName(), 1, 1));
        input.putAll(wrong);
        JsonNode answer =
                api.execute(
                        "mutation($input: CreateModelMutationInput!) {createModel(input: $input) {model {id}}}",
                        Map.of("input", input));
        assertThat(answer.at("/errors/0/message").asString()).contains(message);
        assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo(code);
    }

    private JsonNode node(String id) {
        return api.query("{node(id: \"%s\") {... on GenerativeModel {%s}}}".formatted(id, FIELDS))
                .get("node");
    }

    private JsonNode cost(Telemetry telemetry, int span) {
        return api.query(
                        "{getSpanByOtelId(spanId: \"%s\") {costSummary {total {cost}}}}"
                                .formatted(telemetry.spanId(span)))
                .at("/getSpanByOtelId/costSummary/total/cost");
    }

    private static java.util.function.Consumer<Telemetry.SpanDraft> call(String model) {
        return span -> span.tokens(1_000_000, 0).attribute("llm.model_name", model);
    }
}
