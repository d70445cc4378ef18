package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Errors and tokens of a span and all its descendants, in whatever order they arrive. */
@ServerTest
class CumulativeTest {

    private final TestServer server;
    private final Api api;

    CumulativeTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    /** A span to be sent; parents are numbers of spans, 0 for none, which may not exist. */
    private record Sent(int trace, int number, int parent, int error, int prompt, int completion) {

        void draft(Telemetry telemetry) {
            telemetry.span(
                    trace,
                    number,
                    number,
                    number + 1,
                    span -> {
                        if (parent != 0) {
                            span.parent(parent);
                        }
                        if (error == 1) {
                            span.error("failed");
                        }
                        if (prompt + completion > 0) {
                            span.tokens(prompt, completion);
                        }
                    });
        }
    }

    /** Failures as far as the API tells: whether there are any. */
    private record Sums(int error, int prompt, int completion) {}

    @Test
    void allOrdersOfATree_endInTheSameSums() {
        // 1 is the root of 2 and 3, 3 of 4 and 5.
        List<List<Integer>> orders = permutations(List.of(1, 2, 3, 4, 5));
        assertThat(orders).hasSize(120);
        Telemetry telemetry = Telemetry.of(server);
        int first = 0;
        for (List<Integer> order : orders) {
            for (int number : order) {
                new Sent(
                                first,
                                first + number,
                                number == 1 ? 0 : first + (number < 4 ? 1 : 3),
                                number == 4 ? 1 : 0,
                                number == 1 ? 0 : 10 * number,
                                number == 1 ? 0 : 1)
                        .draft(telemetry);
                telemetry.send();
            }
            first += 10;
        }
        Map<String, Sums> stored = stored(telemetry);
        for (int base = 0; base < first; base += 10) {
            assertThat(IntStream.rangeClosed(base + 1, base + 5).mapToObj(telemetry::spanId))
                    .extracting(stored::get)
                    .containsExactly(
                            new Sums(1, 140, 4),
                            new Sums(0, 20, 1),
                            new Sums(1, 120, 3),
                            new Sums(1, 40, 1),
                            new Sums(0, 50, 1));
        }
    }

    @Test
    void anyGraphInAnyBatches_equalsARecount() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Telemetry telemetry = Telemetry.of(server);
            List<Sent> spans = graph(random);
            send(telemetry, spans, random);
            Map<String, Sums> expected = new HashMap<>();
            recount(spans).forEach((number, sums) -> expected.put(telemetry.spanId(number), sums));
            assertThat(stored(telemetry)).as("seed %d: %s", seed, spans).isEqualTo(expected);
        }
        assertThat(server.differences()).isEmpty();
    }

    /** Parents are drawn from everywhere: later spans, other traces, the span itself, nowhere. */
    private static List<Sent> graph(Random random) {
        int size = 2 + random.nextInt(25);
        int traces = 1 + random.nextInt(2);
        boolean tangled = random.nextBoolean();
        List<Sent> spans = new ArrayList<>();
        for (int number = 1; number <= size; number++) {
            boolean llm = random.nextInt(3) > 0;
            spans.add(
                    new Sent(
                            random.nextInt(traces),
                            number,
                            random.nextInt(tangled ? size + 2 : number),
                            random.nextInt(4) == 0 ? 1 : 0,
                            llm ? random.nextInt(100) : 0,
                            llm ? random.nextInt(100) : 0));
        }
        return spans;
    }

    private static void send(Telemetry telemetry, List<Sent> spans, Random random) {
        List<Sent> shuffled = new ArrayList<>(spans);
        spans.stream().filter(span -> random.nextInt(5) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        int largest = 1 + random.nextInt(shuffled.size());
        for (int from = 0; from < shuffled.size(); ) {
            int until = Math.min(shuffled.size(), from + 1 + random.nextInt(largest));
            shuffled.subList(from, until).forEach(span -> span.draft(telemetry));
            telemetry.send();
            from = until;
        }
    }

    /** Each span is added to everything above it in its trace, once. */
    private static Map<Integer, Sums> recount(List<Sent> spans) {
        Map<Integer, Sent> byNumber = new HashMap<>();
        spans.forEach(span -> byNumber.put(span.number(), span));
        Map<Integer, Sums> sums = new HashMap<>();
        for (Sent span : spans) {
            Set<Integer> above = new HashSet<>();
            for (Sent at = span;
                    at != null && at.trace() == span.trace() && above.add(at.number()); ) {
                sums.merge(
                        at.number(),
                        new Sums(span.error(), span.prompt(), span.completion()),
                        (a, b) ->
                                new Sums(
                                        Math.max(a.error(), b.error()),
                                        a.prompt() + b.prompt(),
                                        a.completion() + b.completion()));
                at = byNumber.get(at.parent());
            }
        }
        return sums;
    }

    @Test
    void circleOfParents_hasOneSum() {
        Telemetry telemetry = Telemetry.of(server);
        new Sent(1, 1, 3, 0, 1, 0).draft(telemetry);
        telemetry.send();
        new Sent(1, 2, 1, 0, 10, 0).draft(telemetry);
        telemetry.send();
        new Sent(1, 3, 2, 1, 100, 0).draft(telemetry);
        telemetry.send();
        // Below the circle, and alone with itself.
        new Sent(1, 4, 2, 0, 1000, 0).draft(telemetry);
        new Sent(1, 5, 5, 0, 7, 0).draft(telemetry);
        telemetry.send();
        assertThat(stored(telemetry))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                telemetry.spanId(1), new Sums(1, 1111, 0),
                                telemetry.spanId(2), new Sums(1, 1111, 0),
                                telemetry.spanId(3), new Sums(1, 1111, 0),
                                telemetry.spanId(4), new Sums(0, 1000, 0),
                                telemetry.spanId(5), new Sums(0, 7, 0)));
    }

    @Test
    void failure_isPropagatedToAncestorsOnly() {
        Telemetry telemetry = Telemetry.of(server);
        telemetry
                .span(1, 1, 0, 9, span -> span.ok())
                .span(1, 2, 1, 8, span -> span.parent(1).error("failed"))
                .span(1, 3, 2, 3, span -> span.parent(2).tokens(5, 7))
                .send();
        JsonNode spans =
                query(
                        telemetry,
                        "name propagatedStatusCode cumulativeTokenCountTotal",
                        "sort: {col: cumulativeTokenCountTotal, dir: asc}");
        assertThat(spans)
                .isEqualTo(
                        Api.json(
                                """
                                [{'node': {'name': 'span 1', 'propagatedStatusCode': 'ERROR', 'cumulativeTokenCountTotal': 12.0}},
                                 {'node': {'name': 'span 2', 'propagatedStatusCode': 'ERROR', 'cumulativeTokenCountTotal': 12.0}},
                                 {'node': {'name': 'span 3', 'propagatedStatusCode': 'UNSET', 'cumulativeTokenCountTotal': 12.0}}]"""));
    }

    private Map<String, Sums> stored(Telemetry telemetry) {
        Map<String, Sums> stored = new HashMap<>();
        for (JsonNode edge :
                query(
                        telemetry,
                        """
                        spanId propagatedStatusCode cumulativeTokenCountPrompt
                        cumulativeTokenCountCompletion""",
                        "sort: {col: cumulativeTokenCountPrompt, dir: desc}")) {
            JsonNode span = edge.get("node");
            stored.put(
                    span.get("spanId").asString(),
                    new Sums(
                            span.get("propagatedStatusCode").asString().equals("ERROR") ? 1 : 0,
                            span.get("cumulativeTokenCountPrompt").asInt(),
                            span.get("cumulativeTokenCountCompletion").asInt()));
        }
        return stored;
    }

    private JsonNode query(Telemetry telemetry, String fields, String arguments) {
        return api.query(
                        "{getProjectByName(name: \"%s\") {spans(first: 1000, %s) {edges {node {%s}}}}}"
                                .formatted(telemetry.project(), arguments, fields))
                .at("/getProjectByName/spans/edges");
    }

    private static List<List<Integer>> permutations(List<Integer> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : items) {
            List<Integer> others = items.stream().filter(item -> !item.equals(first)).toList();
            for (List<Integer> rest : permutations(others)) {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }
}
