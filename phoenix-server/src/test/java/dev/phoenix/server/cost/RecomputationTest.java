package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Costs of stored spans after prices changed. */
class RecomputationTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INSTALLED_POSTGRESQL")
    void history_followsNewPrices_onlyWhereAsked(TestEngine engine) {
        try (TestServer server = TestServer.start(engine, Map.of())) {
            Api api = new Api(server);
            Models models = new Models(api);
            String name = Models.newName();
            String other = models.create(1, 1);
            String id = models.create(Models.input(name, 1, 1)).get("id").asString();
            Telemetry here =
                    Telemetry.of(server)
                            .span(1, 1, 0, 1, span -> span.kind("AGENT"))
                            .span(1, 2, 0, 1, span -> call(span, name))
                            .span(1, 3, 0, 1, span -> call(span, other))
                            .span(2, 4, 9_000_000_000L, 9_000_000_001L, span -> call(span, name))
                            .send();
            Telemetry elsewhere =
                    Telemetry.of(server).span(1, 1, 0, 1, span -> call(span, name)).send();
            models.update(id, Models.input(name, 5, 5));

            JsonNode early =
                    finished(
                            api,
                            recompute(
                                    api,
                                    Map.of(
                                            "projectId",
                                            projectId(api, here),
                                            "timeRange",
                                            Map.of("end", "2026-01-01T00:00:05Z"))));

            assertThat(early.get("state").asString()).isEqualTo("DONE");
            assertThat(early.get("progress").asDouble()).isEqualTo(1);
            assertThat(early.get("examinedSpans").asInt()).isEqualTo(2);
            assertThat(early.get("changedSpans").asInt()).isEqualTo(1);
            assertThat(traceCost(api, here, 1)).isEqualTo(6);
            assertThat(traceCost(api, here, 2)).isEqualTo(1);
            assertThat(traceCost(api, elsewhere, 1)).isEqualTo(1);
            assertThat(spanCost(api, here, 2)).isEqualTo(5);
            assertThat(spanCost(api, here, 3)).isEqualTo(1);

            JsonNode all = finished(api, recompute(api, Map.of("modelId", id)));

            assertThat(all.get("changedSpans").asInt()).isEqualTo(2);
            assertThat(traceCost(api, here, 2)).isEqualTo(5);
            assertThat(traceCost(api, elsewhere, 1)).isEqualTo(5);

            models.delete(id);
            assertThat(
                            finished(api, recompute(api, Map.of("modelId", id)))
                                    .get("changedSpans")
                                    .asInt())
                    .isEqualTo(3);
            assertThat(traceCost(api, here, 2)).isNull();
            assertThat(traceCost(api, here, 1)).isEqualTo(1);
            assertThat(finished(api, recompute(api, Map.of())).get("changedSpans").asInt())
                    .isZero();
            assertThat(
                            api.query("{costRecomputations {edges {node {state}}}}")
                                    .at("/costRecomputations/edges"))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INSTALLED_POSTGRESQL")
    void job_goesOnAfterARestart(TestEngine engine) {
        Map<String, String> database =
                Map.of("PHOENIX_SQL_DATABASE_URL", engine.newDatabase(folder));
        int spans = 6_000;
        String job;
        String traceId;
        try (TestServer first = TestServer.start(engine, database)) {
            Api api = new Api(first);
            Models models = new Models(api);
            String name = Models.newName();
            String id = models.create(Models.input(name, 1, 1)).get("id").asString();
            traceId = calls(first, name, spans).traceId(1);
            models.update(id, Models.input(name, 2, 2));
            job = recompute(api, Map.of());
            JsonNode begun = await(api, job, node -> node.get("changedSpans").asInt() > 0);
            assertThat(begun.get("state").asString()).isEqualTo("RUNNING");
        }
        try (TestServer second = TestServer.start(engine, database)) {
            JsonNode done = finished(new Api(second), job);

            assertThat(done.get("state").asString()).isEqualTo("DONE");
            assertThat(done.get("changedSpans").asInt()).isEqualTo(spans);
            assertThat(done.get("examinedSpans").asInt()).isEqualTo(spans);
            assertThat(traceCost(new Api(second), traceId)).isEqualTo(2.0 * spans);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void serversOnOneDatabase_shareTheJobsAndThePrices(TestEngine engine) {
        try (TestServer first = TestServer.start(engine, Map.of());
                TestServer second =
                        TestServer.start(
                                engine, Map.of("PHOENIX_SQL_DATABASE_URL", first.databaseUrl()))) {
            Api api = new Api(first);
            Models models = new Models(api);
            String name = Models.newName();
            String id = models.create(Models.input(name, 1, 1)).get("id").asString();
            Telemetry telemetry = calls(first, name, 1_000);
            models.update(id, Models.input(name, 3, 3));
            Set<String> jobs = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                jobs.add(recompute(new Api(i % 2 == 0 ? first : second), Map.of()));
            }

            int changed = 0;
            for (String job : jobs) {
                changed += finished(api, job).get("changedSpans").asInt();
            }

            assertThat(changed).isEqualTo(1_000);
            assertThat(traceCost(new Api(second), telemetry, 1)).isEqualTo(3_000.0);
            assertThat(builtIns(api)).isEqualTo(builtIns(new Api(second)));
            // The prices that one server changed hold for spans that the other receives.
            Telemetry there = calls(second, name, 1);
            assertThat(traceCost(api, there, 1)).isEqualTo(3.0);
        }
    }

    /** Costs follow their spans to another project, whoever writes them meanwhile. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INSTALLED_POSTGRESQL")
    void tracesThatMoveMeanwhile_takeTheirCostsAlong(TestEngine engine) {
        int traces = 40;
        int calls = 60;
        try (TestServer server = TestServer.start(engine, Map.of())) {
            Api api = new Api(server);
            Models models = new Models(api);
            String name = Models.newName();
            String id = models.create(Models.input(name, 1, 1)).get("id").asString();
            Telemetry sent = Telemetry.of(server);
            for (int call = 0; call < traces * calls; call++) {
                sent.span(call % traces, call + 1, call, call + 1, span -> call(span, name));
            }
            sent.send();
            Telemetry there =
                    Telemetry.of(server).span(1, 1, 0, 1, span -> call(span, name)).send();
            List<String> jobs = new ArrayList<>();
            for (int trace = 0; trace < traces; trace++) {
                if (trace % 10 == 0) {
                    models.update(id, Models.input(name, 2 + trace, 1));
                    jobs.add(recompute(api, Map.of()));
                }
                assertThat(
                                server.post(
                                                "/v1/traces/transfer",
                                                "application/json",
                                                "{\"destination_project_identifier\": \"%s\", \"trace_identifiers\": [\"%s\"]}"
                                                        .formatted(
                                                                there.project(),
                                                                sent.traceId(trace)))
                                        .statusCode())
                        .isEqualTo(200);
            }
            for (String job : jobs) {
                assertThat(finished(api, job).get("state").asString()).isEqualTo("DONE");
            }

            assertThat(server.differences()).isEmpty();
            assertThat(
                            api.query(
                                            "{getProjectByName(name: \"%s\") {costSummary {total {cost}}}}"
                                                    .formatted(there.project()))
                                    .at("/getProjectByName/costSummary/total/cost")
                                    .asDouble())
                    .isEqualTo(32.0 * (traces * calls + 1));
        }
    }

    private static Telemetry calls(TestServer server, String model, int count) {
        Telemetry telemetry = Telemetry.of(server);
        for (int i = 0; i < count; i++) {
            telemetry.span(1, i + 1, i, i + 1, span -> call(span, model));
        }
        return telemetry.send();
    }

    private static void call(Telemetry.SpanDraft span, String model) {
        span.tokens(1_000_000, 0).attribute("llm.model_name", model);
    }

    private static String recompute(Api api, Map<String, Object> input) {
        return api.query(
                        "mutation($input: RecomputeCostsInput!) {recomputeCosts(input: $input) {recomputation {id state}}}",
                        Map.of("input", input))
                .at("/recomputeCosts/recomputation/id")
                .asString();
    }

    private static JsonNode finished(Api api, String job) {
        return await(
                api, job, node -> List.of("DONE", "FAILED").contains(node.get("state").asString()));
    }

    private static JsonNode await(
            Api api, String job, java.util.function.Predicate<JsonNode> condition) {
        Instant deadline = Instant.now().plus(DEADLINE);
        while (true) {
            JsonNode node =
                    api.query(
                                    "{node(id: \"%s\") {... on CostRecomputation {state progress examinedSpans changedSpans failure}}}"
                                            .formatted(job))
                            .get("node");
            if (condition.test(node)) {
                return node;
            }
            assertThat(Instant.now()).as(node.toString()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private static int builtIns(Api api) {
        return api.query("{generativeModels(first: 1000) {edges {node {id}}}}")
                .at("/generativeModels/edges")
                .size();
    }

    private static String projectId(Api api, Telemetry telemetry) {
        return api.query("{getProjectByName(name: \"%s\") {id}}".formatted(telemetry.project()))
                .at("/getProjectByName/id")
                .asString();
    }

    private static @Nullable Double traceCost(Api api, Telemetry telemetry, int trace) {
        return traceCost(api, telemetry.traceId(trace));
    }

    private static @Nullable Double traceCost(Api api, String traceId) {
        return cost(
                api.query(
                                "{getTraceByOtelId(traceId: \"%s\") {costSummary {total {cost}}}}"
                                        .formatted(traceId))
                        .at("/getTraceByOtelId/costSummary/total/cost"));
    }

    private static @Nullable Double spanCost(Api api, Telemetry telemetry, int span) {
        return cost(
                api.query(
                                "{getSpanByOtelId(spanId: \"%s\") {costSummary {total {cost}}}}"
                                        .formatted(telemetry.spanId(span)))
                        .at("/getSpanByOtelId/costSummary/total/cost"));
    }

    private static @Nullable Double cost(JsonNode cost) {
        return cost.isNull() ? null : (Double) cost.asDouble();
    }
}
