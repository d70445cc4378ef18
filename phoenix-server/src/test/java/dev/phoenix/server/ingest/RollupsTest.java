package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sums of sessions and time buckets, kept while spans arrive as badly as they can. */
@ServerTest
class RollupsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final TestServer server;
    private final Api api;

    RollupsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void hostileTraffic_leavesNoDifferences() throws Exception {
        hostileTraffic(List.of(server));
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void twoServersOnOneDatabase_leaveNoDifferences() throws Exception {
        try (TestServer second =
                TestServer.start(
                        server.testEngine(),
                        Map.of("PHOENIX_SQL_DATABASE_URL", server.databaseUrl()))) {
            hostileTraffic(List.of(server, second));
        }
        assertThat(server.differences()).isEmpty();
    }

    /**
     * Senders share traces, sessions and minutes, repeat each other's spans, and widen traces over
     * bounds of minutes and hours.
     */
    private static void hostileTraffic(List<TestServer> servers) throws Exception {
        String project = servers.getFirst().projectName();
        List<Telemetry> traffic = servers.stream().map(to -> Telemetry.of(to, project)).toList();
        List<Callable<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < 6; sender++) {
            Random random = new Random(sender);
            TestServer to = servers.get(sender % servers.size());
            senders.add(
                    () -> {
                        Telemetry telemetry = traffic.getFirst().on(to);
                        for (int request = 0; request < 15; request++) {
                            for (int span = 0; span < 20; span++) {
                                draft(telemetry, random);
                            }
                            telemetry.send();
                        }
                        return null;
                    });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        }
    }

    /** Whoever sends a span number first decides what is in it. */
    private static void draft(Telemetry telemetry, Random random) {
        int span = 1 + random.nextInt(800);
        int trace = span % 40;
        long start = random.nextInt(120) * 63 * SECOND;
        telemetry.span(
                trace,
                span,
                start,
                start + random.nextLong(2 * MINUTE),
                draft -> {
                    draft.parent(1 + random.nextInt(20) * 40 + trace);
                    if (random.nextInt(3) > 0) {
                        draft.tokens(random.nextInt(50), random.nextInt(50));
                    }
                    if (random.nextInt(9) == 0) {
                        draft.error("failed");
                    }
                    if (random.nextInt(5) == 0) {
                        draft.attribute("session.id", telemetry.project() + random.nextInt(7));
                    }
                });
    }

    @Test
    void ranges_countWhatStartsInThem() {
        Telemetry telemetry = Telemetry.of(server);
        List<Long> starts = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 1; i <= 300; i++) {
            long start = random.nextLong(5 * 60 * MINUTE);
            starts.add(start);
            telemetry.span(i, i, start, start + 5, span -> span.tokens(2, 1));
        }
        telemetry.send();
        for (int i = 0; i < 40; i++) {
            long from = random.nextLong(5 * 60 * MINUTE);
            long until =
                    i % 4 == 0
                            ? from + random.nextLong(MINUTE)
                            : random.nextLong(from, 6 * 60 * MINUTE);
            long expected = starts.stream().filter(at -> at >= from && at < until).count();
            JsonNode project =
                    api.query(
                                    """
                                    query ($name: String!, $range: TimeRange) {getProjectByName(name: $name) {
                                      recordCount(timeRange: $range) traceCount(timeRange: $range)
                                      tokenCountPrompt(timeRange: $range) tokenCountTotal(timeRange: $range)}}""",
                                    Map.of(
                                            "name",
                                            telemetry.project(),
                                            "range",
                                            Map.of("start", at(from), "end", at(until))))
                            .get("getProjectByName");
            assertThat(project)
                    .isEqualTo(
                            Api.json(
                                    "{'recordCount': %d, 'traceCount': %1$d, 'tokenCountPrompt': %d.0, 'tokenCountTotal': %d.0}"
                                            .formatted(expected, 2 * expected, 3 * expected)));
        }
    }

    private static String at(long nanos) {
        // Ranges carry microseconds.
        return Telemetry.EPOCH.plusNanos(nanos).toString();
    }

    @Test
    void quantilesOfManyRows_areCloseToTheExactOnes() {
        Telemetry telemetry = Telemetry.of(server);
        int size = 12_000;
        for (int i = 1; i <= size; i++) {
            long start = i * 10_000_000L;
            telemetry.span(i, i, start, start + (long) i * i);
        }
        telemetry.send();
        JsonNode project =
                api.query(
                                """
                                {getProjectByName(name: "%s") {
                                  low: latencyMsQuantile(probability: 0.1) high: spanLatencyMsQuantile(probability: 0.99)
                                  edge: latencyMsQuantile(probability: 0.5, timeRange: {start: "%s"})}}"""
                                        .formatted(telemetry.project(), at(500 * 10_000_000L)))
                        .get("getProjectByName");
        assertClose(project.get("low").asDouble(), exact(IntStream.rangeClosed(1, size), 0.1));
        assertClose(project.get("high").asDouble(), exact(IntStream.rangeClosed(1, size), 0.99));
        assertClose(project.get("edge").asDouble(), exact(IntStream.rangeClosed(500, size), 0.5));
    }

    private static double exact(IntStream roots, double probability) {
        long[] latencies = roots.mapToLong(root -> (long) root * root).toArray();
        return latencies[(int) ((latencies.length - 1) * probability)] / 1e6;
    }

    private static void assertClose(double estimated, double exact) {
        assertThat(estimated).isNotEqualTo(exact).isCloseTo(exact, within(exact / 50));
    }

    @Test
    void llmParentThatComesLate_countsAsInItsTrace() {
        Telemetry telemetry = Telemetry.of(server);
        telemetry.span(1, 1, 0, 9, span -> span.tokens(100, 10)).send();
        telemetry.span(1, 2, 0, 9, span -> span.parent(1).tokens(60, 6)).send();
        telemetry.span(1, 3, 0, 9, span -> span.parent(2).tokens(5, 0)).send();
        telemetry.span(1, 4, 0, 9, span -> span.parent(9)).send();
        telemetry.span(2, 5, 0, 9, span -> span.parent(1).tokens(1, 1)).send();
        JsonNode tokens =
                api.query(
                                "{getProjectByName(name: \"%s\") {tokenCountPrompt tokenCountCompletion}}"
                                        .formatted(telemetry.project()))
                        .get("getProjectByName");
        assertThat(tokens)
                .isEqualTo(Api.json("{'tokenCountPrompt': 166.0, 'tokenCountCompletion': 17.0}"));
    }
}
