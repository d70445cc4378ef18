package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.fault.Network.Direction;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A network between exporters and the server that resets connections while a request or its answer
 * is under way: what the server stored without having been heard is sent again.
 */
final class BreakExporters implements Fault {

    /** About what a few requests take, so that some end in the middle and some behind it. */
    private static final long LONGEST_REQUESTS = 600_000;

    /** Less than a few answers take. */
    private static final long LONGEST_ANSWERS = 500;

    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final Duration LATENCY = Duration.ofMillis(20);

    @Override
    public String name() {
        return "exporters";
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        var random = new SplittableRandom(effort.seed());
        try (Rig rig = Rig.on(engine);
                RunningServer server = rig.startServer()) {
            for (Protocol protocol : Protocol.values()) {
                try (Network http = new Network(server.httpPort(), NEVER);
                        Network grpc = new Network(server.grpcPort(), NEVER);
                        Sender sender = protocol.sender(http.port(), grpc.port(), Rig.CONNECTIONS);
                        Exporter.Load load = rig.exporter().start(sender, Rig.CONNECTIONS)) {
                    load.awaitAcknowledged(10);
                    Network network = protocol == Protocol.GRPC ? grpc : http;
                    breakConnections(network, load, random, effort.of(4, 40));
                    report.require(
                            network.broken() > 0, "no connection of %s was broken", protocol);
                    report.fact("%d connections of %s reset", network.broken(), protocol);
                    network.delay(LATENCY);
                    load.awaitAcknowledged(effort.of(10, 100));
                    network.delay(Duration.ZERO);
                }
                rig.oracle().findLosses(report);
            }
            report.require(server.isAlive(), "the server ended");
            report.require(rig.exporter().resent() > 0, "nothing was sent again: nothing is shown");
            rig.settle(report, server);
        }
        return report;
    }

    private static void breakConnections(
            Network network, Exporter.Load load, SplittableRandom random, int rounds)
            throws Exception {
        for (int round = 0; round < rounds; round++) {
            int broken = network.broken();
            if (round % 2 == 0) {
                network.breakAfter(random.nextLong(LONGEST_REQUESTS), Direction.TO_SERVER);
            } else {
                network.breakAfter(random.nextLong(LONGEST_ANSWERS), Direction.FROM_SERVER);
            }
            for (int tries = 0; network.broken() == broken && tries < 100; tries++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            load.awaitAcknowledged(1);
        }
        network.breakNoMore();
    }
}
