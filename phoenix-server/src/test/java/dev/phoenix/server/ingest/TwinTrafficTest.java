package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.ingest.TwinTraffic.Sent;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Traffic in which it is known which calls were made: what is counted is what one reporter alone
 * would have sent, in whatever order and requests the reports come, and when they come again.
 */
@ServerTest
class TwinTrafficTest {

    private static final int ROUNDS = 30;

    private final TestServer server;
    private final Api api;

    TwinTrafficTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    private record Counted(
            Map<String, Double> traces, double project, double session, long projectCost) {}

    @Test
    void callsThatWereMade_count_once() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            TwinTraffic traffic = TwinTraffic.of(seed);
            Telemetry reported = Telemetry.of(server);
            Telemetry alone = Telemetry.of(server);
            send(reported, traffic.reports(), new Random(seed));
            traffic.truth().forEach(span -> span.draft(alone, alone.traceId(0)));
            alone.send();
            assertThat(counted(reported)).as("seed %d", seed).isEqualTo(counted(alone));
        }
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void reportsToTwoServers_countOnce() {
        assumeTrue(server.engine() == Engine.POSTGRESQL, "SQLite has one server");
        try (TestServer other =
                TestServer.start(
                        server.testEngine(),
                        Map.of("PHOENIX_SQL_DATABASE_URL", server.databaseUrl()))) {
            for (int seed = ROUNDS; seed < ROUNDS + 6; seed++) {
                TwinTraffic traffic = TwinTraffic.of(seed);
                Telemetry reported = Telemetry.of(server);
                Telemetry alone = Telemetry.of(server);
                send(reported, traffic.reports(), new Random(seed), other);
                traffic.truth().forEach(span -> span.draft(alone, alone.traceId(0)));
                alone.send();
                assertThat(counted(reported)).as("seed %d", seed).isEqualTo(counted(alone));
            }
        }
        assertThat(server.differences()).isEmpty();
    }

    /** Shuffled, in requests of a few spans, some of them twice, in turn to the servers. */
    private static void send(
            Telemetry first, List<Sent> spans, Random random, TestServer... others) {
        List<Sent> shuffled = new ArrayList<>(spans);
        spans.stream().filter(span -> random.nextInt(5) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        List<Telemetry> senders = new ArrayList<>(List.of(first));
        Arrays.stream(others).map(first::on).forEach(senders::add);
        for (int from = 0; from < shuffled.size(); ) {
            int until = Math.min(shuffled.size(), from + 1 + random.nextInt(12));
            Telemetry telemetry = senders.get(random.nextInt(senders.size()));
            shuffled.subList(from, until)
                    .forEach(span -> span.draft(telemetry, telemetry.traceId(0)));
            telemetry.send();
            from = until;
        }
    }

    private Counted counted(Telemetry telemetry) {
        JsonNode project =
                api.query(
                                """
                                {getProjectByName(name: "%s") {
                                  tokenCountTotal costSummary {total {cost}}
                                  traces(first: 100) {edges {node {traceId tokenUsage {total}}}}
                                  sessions(first: 10) {edges {node {tokenUsage {total}}}}}}\
                                """
                                        .formatted(telemetry.project()))
                        .get("getProjectByName");
        Map<String, Double> traces = new TreeMap<>();
        for (JsonNode edge : project.at("/traces/edges")) {
            String number = edge.at("/node/traceId").asString().substring(16);
            // Traces above 100 hold nothing but a report of a call that another trace has, too.
            if (Integer.parseInt(number, 16) < 100) {
                traces.put(number, edge.at("/node/tokenUsage/total").asDouble());
            }
        }
        return new Counted(
                traces,
                project.get("tokenCountTotal").asDouble(),
                project.at("/sessions/edges/0/node/tokenUsage/total").asDouble(),
                Math.round(project.at("/costSummary/total/cost").asDouble() * 1e9));
    }
}
