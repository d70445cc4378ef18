package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A call that several spans report counts once, in whatever order and requests they come. */
@ServerTest
class CallsCountOnceTest {

    private static final long SECOND = 1_000_000_000L;

    private final TestServer server;
    private final Api api;

    CallsCountOnceTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    /** Parents are numbers of spans, 0 for none. */
    private record Sent(
            int trace,
            int number,
            int parent,
            int prompt,
            int completion,
            @Nullable String response,
            @Nullable String output) {

        static Sent call(int trace, int number, int parent, int prompt, @Nullable String response) {
            return new Sent(trace, number, parent, prompt, prompt / 10, response, null);
        }

        static Sent step(int trace, int number, int parent) {
            return new Sent(trace, number, parent, 0, 0, null, null);
        }

        void draft(Telemetry telemetry, @Nullable String session) {
            telemetry.span(
                    trace,
                    number,
                    number * SECOND,
                    number * SECOND + 60 * SECOND,
                    span -> {
                        if (parent != 0) {
                            span.parent(parent);
                        }
                        if (prompt > 0) {
                            span.tokens(prompt, completion).attribute("llm.model_name", "gpt-4o");
                        } else {
                            span.kind("CHAIN");
                        }
                        if (response != null) {
                            span.attribute("gen_ai.response.id", response);
                        }
                        if (output != null) {
                            span.attribute("output.value", output);
                        }
                        if (session != null) {
                            span.attribute("session.id", session);
                        }
                    });
        }
    }

    /** Everything that is counted, comparable between orders of arrival. */
    private record Counted(
            Map<Integer, Double> spans,
            Map<Integer, String> repetitions,
            Map<Integer, Double> traces,
            double project,
            double session,
            double cost) {}

    /** Nested twins, sibling twins, a twin in another trace, sums over two levels. */
    private static List<Sent> calls() {
        return List.of(
                Sent.step(1, 1, 0),
                Sent.call(1, 2, 1, 100, null),
                Sent.call(1, 3, 2, 100, "response-a"),
                Sent.call(1, 4, 1, 50, "response-b"),
                new Sent(1, 5, 1, 50, 5, "response-b", "yes"),
                Sent.call(2, 6, 0, 50, "response-b"),
                Sent.call(2, 7, 0, 300, null),
                Sent.step(2, 8, 7),
                Sent.call(2, 9, 8, 120, "response-c"),
                Sent.call(2, 10, 8, 180, null),
                Sent.call(3, 11, 0, 7, "response-d"),
                Sent.call(3, 12, 11, 8, "response-e"));
    }

    @Test
    void anyOrderInAnyRequests_countsTheSame() {
        Map<Integer, Double> traces = Map.of(1, 165.0, 2, 385.0, 3, 15.0);
        Counted first = null;
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Telemetry telemetry = Telemetry.of(server);
            String session = telemetry.traceId(0);
            send(telemetry, calls(), session, random);
            Counted counted = counted(telemetry, session);
            first = first == null ? counted : first;
            assertThat(counted).as("seed %d", seed).isEqualTo(first);
            assertThat(counted.traces).containsExactlyInAnyOrderEntriesOf(withCompletions(traces));
        }
        assertThat(server.differences()).isEmpty();
    }

    /** A completion is a tenth of the prompt. */
    private static Map<Integer, Double> withCompletions(Map<Integer, Double> prompts) {
        Map<Integer, Double> totals = new TreeMap<>();
        prompts.forEach((trace, any) -> totals.put(trace, 0.0));
        totals.put(1, 150.0 + 15);
        totals.put(2, 350.0 + 35);
        totals.put(3, 15.0);
        return totals;
    }

    @Test
    void totalsOfSessionAndProject_countACallOfTwoTracesOnce() {
        Telemetry telemetry = Telemetry.of(server);
        String session = telemetry.traceId(0);
        calls().forEach(span -> span.draft(telemetry, session));
        telemetry.send();
        Counted counted = counted(telemetry, session);
        assertThat(counted.session).isEqualTo(165.0 + 385 + 15 - 55);
        assertThat(counted.project).isEqualTo(counted.session);
    }

    @Test
    void twoSendersAtOnce_countOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            Telemetry telemetry = Telemetry.of(server);
            List<Callable<Void>> senders = new ArrayList<>();
            for (int sender = 1; sender <= 4; sender++) {
                int number = sender;
                Telemetry own = telemetry.on(server);
                senders.add(
                        () -> {
                            for (int i = 0; i < 5; i++) {
                                Sent.call(10 * i + number, 10 * i + number, 0, 100, "response-" + i)
                                        .draft(own, null);
                                own.send();
                            }
                            return null;
                        });
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Void> sender : threads.invokeAll(senders)) {
                    sender.get();
                }
            }
            assertThat(project(telemetry).get("tokenCountTotal").asDouble()).isEqualTo(550.0);
        }
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void idThatEverySpanNames_provesNothing() {
        Telemetry telemetry = Telemetry.of(server);
        for (int number = 1; number <= 20; number++) {
            Sent.call(number, number, 0, 100, "always the same").draft(telemetry, null);
            telemetry.send();
        }
        assertThat(project(telemetry).get("tokenCountTotal").asDouble()).isEqualTo(20 * 110.0);
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void answerOfProviderInOutput_namesTheCall() {
        Telemetry telemetry = Telemetry.of(server);
        String answer = "{\"id\": \"msg_0123456789\", \"model\": \"claude\", \"content\": []}";
        new Sent(1, 1, 0, 200, 20, null, answer).draft(telemetry, null);
        Sent.call(2, 2, 0, 200, "msg_0123456789").draft(telemetry, null);
        telemetry.send();
        assertThat(project(telemetry).get("tokenCountTotal").asDouble()).isEqualTo(220.0);
    }

    private static void send(Telemetry telemetry, List<Sent> spans, String session, Random random) {
        List<Sent> shuffled = new ArrayList<>(spans);
        spans.stream().filter(span -> random.nextInt(4) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int until = Math.min(shuffled.size(), from + 1 + random.nextInt(6));
            shuffled.subList(from, until).forEach(span -> span.draft(telemetry, session));
            telemetry.send();
            from = until;
        }
    }

    private Counted counted(Telemetry telemetry, String session) {
        JsonNode project = project(telemetry);
        Map<Integer, Double> spans = new TreeMap<>();
        Map<Integer, String> repetitions = new TreeMap<>();
        for (JsonNode edge : project.at("/spans/edges")) {
            JsonNode span = edge.get("node");
            int number = Integer.parseInt(span.get("name").asString().substring("span ".length()));
            spans.put(number, span.get("cumulativeTokenCountTotal").asDouble());
            JsonNode repetition = span.get("repetition");
            if (!repetition.isNull()) {
                repetitions.put(
                        number,
                        repetition.get("scope").asString()
                                + " of "
                                + repetition.get("spanId").asString().substring(8));
            }
        }
        Map<Integer, Double> traces = new TreeMap<>();
        for (JsonNode edge : project.at("/traces/edges")) {
            JsonNode trace = edge.get("node");
            traces.put(
                    Integer.parseInt(trace.get("traceId").asString().substring(16), 16),
                    trace.at("/tokenUsage/total").asDouble());
        }
        return new Counted(
                spans,
                repetitions,
                traces,
                project.get("tokenCountTotal").asDouble(),
                session(telemetry, session),
                Math.round(project.at("/costSummary/total/cost").asDouble() * 1e9));
    }

    private JsonNode project(Telemetry telemetry) {
        return api.query(
                        """
                        {getProjectByName(name: "%s") {
                          tokenCountTotal costSummary {total {cost}}
                          spans(first: 100) {edges {node {name cumulativeTokenCountTotal repetition {scope spanId}}}}
                          traces(first: 100) {edges {node {traceId tokenUsage {total}}}}}}\
                        """
                                .formatted(telemetry.project()))
                .get("getProjectByName");
    }

    private double session(Telemetry telemetry, String session) {
        JsonNode edges =
                api.query(
                                """
                                {getProjectByName(name: "%s") {sessions(first: 10) {
                                  edges {node {sessionId tokenUsage {total}}}}}}\
                                """
                                        .formatted(telemetry.project()))
                        .at("/getProjectByName/sessions/edges");
        for (JsonNode edge : edges) {
            if (edge.at("/node/sessionId").asString().equals(session)) {
                return edge.at("/node/tokenUsage/total").asDouble();
            }
        }
        return -1;
    }
}
