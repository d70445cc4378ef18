package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.fault.Network.Direction;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A network between the server and PostgreSQL that resets connections, delays or swallows what is
 * sent.
 */
final class BreakNetwork implements Fault {

    /** More than one transaction sends, so that some end in the middle and some at the commit. */
    private static final long LONGEST_LIFE = 600_000;

    /** What the server asks PostgreSQL for. */
    private static final Duration KEEPALIVE = Duration.ofSeconds(25);

    private static final int SILENT_SECONDS = 10;

    /** The rest of the 30 s that the server waits, and some for the other connections. */
    private static final Duration RECOVERY = Duration.ofSeconds(40);

    private static final Duration LATENCY = Duration.ofMillis(20);

    @Override
    public String name() {
        return "network";
    }

    @Override
    public boolean concerns(Engine engine) {
        return engine == Engine.POSTGRESQL;
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        try (Rig rig = Rig.on(engine);
                Network network = new Network(port(rig.store()), KEEPALIVE)) {
            Store way = rig.store().by(network.port());
            try (RunningServer server = rig.startServer(way);
                    Sender sender = Rig.sender(server, 1)) {
                try (Exporter.Load load = rig.exporter().start(sender, Rig.CONNECTIONS)) {
                    load.awaitAcknowledged(10);
                    breakConnections(report, network, load, effort);
                    rig.oracle().findLosses(report);
                    if (effort.full()) {
                        // Half a minute of waiting.
                        swallow(report, rig, network, load);
                        rig.oracle().findLosses(report);
                    }
                    delay(report, rig, network, effort);
                }
                report.require(server.isAlive(), "the server ended");
                rig.settle(report, server);
            }
        }
        return report;
    }

    private static void breakConnections(
            Report report, Network network, Exporter.Load load, Effort effort) throws Exception {
        var random = new SplittableRandom(effort.seed());
        int rounds = effort.of(6, 60);
        Duration longest = Duration.ZERO;
        for (int round = 0; round < rounds; round++) {
            int broken = network.broken();
            network.breakAfter(
                    random.nextLong(LONGEST_LIFE) / (round % 2 == 0 ? 1 : 100),
                    round % 2 == 0 ? Direction.TO_SERVER : Direction.FROM_SERVER);
            for (int tries = 0; network.broken() == broken && tries < 100; tries++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            Duration recovery = load.awaitAcknowledged(1);
            longest = recovery.compareTo(longest) > 0 ? recovery : longest;
        }
        network.breakNoMore();
        report.require(network.broken() > 0, "no connection was broken: nothing is shown");
        report.fact(
                "%d connections reset in %d rounds, acknowledging again at most %,d ms later",
                network.broken(), rounds, longest.toMillis());
    }

    private static void swallow(Report report, Rig rig, Network network, Exporter.Load load)
            throws Exception {
        network.fallSilent();
        TimeUnit.SECONDS.sleep(1);
        int before = rig.ledger().requests();
        TimeUnit.SECONDS.sleep(SILENT_SECONDS);
        int more = rig.ledger().requests() - before;
        report.require(more == 0, "%d requests were acknowledged over a silent network", more);
        network.speak();
        Duration recovery = load.awaitAcknowledged(1);
        report.fact("acknowledging %,d ms after a silence", recovery.toMillis());
        report.require(
                recovery.compareTo(RECOVERY) < 0,
                "acknowledging took longer than %s after a silence",
                RECOVERY);
    }

    private static void delay(Report report, Rig rig, Network network, Effort effort)
            throws InterruptedException {
        network.delay(LATENCY);
        int before = rig.ledger().requests();
        int seconds = effort.of(2, 20);
        TimeUnit.SECONDS.sleep(seconds);
        int more = rig.ledger().requests() - before;
        report.require(more > 0, "nothing was acknowledged with a latency of %s", LATENCY);
        report.fact(
                "%,d requests acknowledged in %d s with %d ms of latency each way",
                more, seconds, LATENCY.toMillis());
        network.delay(Duration.ZERO);
    }

    private static int port(Store store) {
        return URI.create(store.url()).getPort();
    }
}
