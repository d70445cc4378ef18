package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** In Spring AI 1 the model calls itself again after each tool and reports the total of all. */
@ServerTest
class RunningTotalsTest {

    private static final long SECOND = 1_000_000_000L;

    private final TestServer server;
    private final Api api;

    RunningTotalsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void loopWithTools_countsItsLastTotal_inAnyOrder() {
        Double cost = null;
        for (int seed = 0; seed < 8; seed++) {
            Telemetry telemetry = Telemetry.of(server);
            send(telemetry, loop("framework", 101, 221, 361), new Random(seed));
            JsonNode project = project(telemetry);
            assertThat(project.get("tokenCountTotal").asDouble()).isEqualTo(361 + 36.0);
            assertThat(project.at("/traces/edges/0/node/tokenUsage/total").asDouble())
                    .isEqualTo(361 + 36.0);
            assertThat(project.at("/sessions/edges/0/node/tokenUsage/total").asDouble())
                    .isEqualTo(361 + 36.0);
            double now = project.at("/costSummary/total/cost").asDouble();
            cost = cost == null ? (Double) now : cost;
            assertThat(now).isEqualTo(cost).isGreaterThan(0);
        }
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void callsOfLoop_areMarked() {
        Telemetry telemetry = Telemetry.of(server);
        send(telemetry, loop("framework", 101, 221), new Random(1));
        assertThat(
                        api.query(
                                        "{getSpanByOtelId(spanId: \"%s\") {repetition {scope spanId}}}"
                                                .formatted(telemetry.spanId(10)))
                                .at("/getSpanByOtelId/repetition"))
                .isEqualTo(
                        Api.json(
                                "{'scope': 'TRACE', 'spanId': '%s'}"
                                        .formatted(telemetry.spanId(11))));
    }

    @Test
    void version2_addsUpNothing() {
        Telemetry telemetry = Telemetry.of(server);
        send(telemetry, loop("execute_tool", 101, 221, 361), new Random(1));
        assertThat(project(telemetry).get("tokenCountTotal").asDouble())
                .isEqualTo(101 + 10 + 221 + 22 + 361 + 36.0);
    }

    @Test
    void totalsThatAreTooSmall_areCallsOfTheirOwn() {
        Telemetry telemetry = Telemetry.of(server);
        send(telemetry, loop("framework", 101, 120, 139), new Random(1));
        assertThat(project(telemetry).get("tokenCountTotal").asDouble())
                .isEqualTo(101 + 10 + 120 + 12 + 139 + 13.0);
        assertThat(server.differences()).isEmpty();
    }

    /** Calls with these prompts below one advisor, and a tool between each two. */
    private static List<Consumer<Telemetry>> loop(String operation, int... prompts) {
        List<Consumer<Telemetry>> spans = new ArrayList<>();
        spans.add(
                telemetry ->
                        telemetry.span(
                                1,
                                1,
                                0,
                                100 * SECOND,
                                span ->
                                        span.name("call")
                                                .attribute("session.id", telemetry.traceId(0))
                                                .attribute("gen_ai.operation.name", "framework")
                                                .attribute("gen_ai.system", "spring_ai")
                                                .attribute("spring.ai.kind", "advisor")));
        for (int i = 0; i < prompts.length; i++) {
            int call = i;
            long start = 10L * i * SECOND;
            spans.add(telemetry -> call(telemetry, call, start, prompts[call]));
            if (i < prompts.length - 1) {
                spans.add(telemetry -> tool(telemetry, call, start, operation));
            }
        }
        return spans;
    }

    private static void call(Telemetry telemetry, int number, long start, int prompt) {
        telemetry.span(
                1,
                10 + number,
                start,
                start + 5 * SECOND,
                span ->
                        span.name("chat gpt-4o-mini")
                                .parent(1)
                                .attribute("gen_ai.operation.name", "chat")
                                .attribute("gen_ai.system", "openai")
                                .attribute("gen_ai.request.model", "gpt-4o-mini")
                                .attribute(
                                        "gen_ai.response.id",
                                        "chatcmpl-" + telemetry.spanId(number))
                                .attribute("gen_ai.usage.input_tokens", Integer.toString(prompt))
                                .attribute(
                                        "gen_ai.usage.output_tokens", Integer.toString(prompt / 10))
                                .attribute(
                                        "spring.ai.model.request.tool.names", "[\"get_weather\"]"));
    }

    private static void tool(Telemetry telemetry, int number, long start, String operation) {
        telemetry.span(
                1,
                50 + number,
                start + 6 * SECOND,
                start + 7 * SECOND,
                span ->
                        span.name("tool_call get_weather")
                                .parent(1)
                                .attribute("gen_ai.operation.name", operation)
                                .attribute("gen_ai.system", "spring_ai")
                                .attribute("spring.ai.kind", "tool_call")
                                .attribute("spring.ai.tool.definition.name", "get_weather"));
    }

    private static void send(Telemetry telemetry, List<Consumer<Telemetry>> spans, Random random) {
        List<Consumer<Telemetry>> shuffled = new ArrayList<>(spans);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int until = Math.min(shuffled.size(), from + 1 + random.nextInt(3));
            shuffled.subList(from, until).forEach(span -> span.accept(telemetry));
            telemetry.send();
            from = until;
        }
    }

    private JsonNode project(Telemetry telemetry) {
        return api.query(
                        """
                        {getProjectByName(name: "%s") {
                          tokenCountTotal costSummary {total {cost}}
                          traces(first: 10) {edges {node {tokenUsage {total}}}}
                          sessions(first: 10) {edges {node {tokenUsage {total}}}}}}\
                        """
                                .formatted(telemetry.project()))
                .get("getProjectByName");
    }
}
