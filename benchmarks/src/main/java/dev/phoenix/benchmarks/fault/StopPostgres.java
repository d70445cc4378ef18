package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.InstalledPostgres;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An immediate stop of PostgreSQL under load, which is a crash, and its restart. */
final class StopPostgres implements Fault {

    /** Answers to what was committed before. */
    private static final Duration ON_THEIR_WAY = Duration.ofMillis(500);

    @Override
    public String name() {
        return "postgres-stop";
    }

    @Override
    public boolean concerns(Engine engine) {
        return engine == Engine.POSTGRESQL;
    }

    @Override
    public @Nullable String obstacle() throws IOException {
        return InstalledPostgres.newest() == null
                ? "no PostgreSQL is installed that could be stopped and started"
                : null;
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        var random = new SplittableRandom(effort.seed());
        int rounds = effort.of(2, 20);
        Duration longest = Duration.ZERO;
        try (Rig rig = Rig.on(engine);
                RunningServer server = rig.startServer()) {
            InstalledPostgres postgres = rig.store().installedPostgres();
            for (int round = 0; round < rounds; round++) {
                try (Sender sender = Rig.sender(server, round);
                        Exporter.Load load = rig.exporter().start(sender, Rig.CONNECTIONS)) {
                    load.awaitAcknowledged(10);
                    TimeUnit.MILLISECONDS.sleep(random.nextLong(200, 1_500));
                    postgres.stopImmediately();
                    requireSilence(report, rig, random.nextLong(500, 3_000));
                    report.require(server.isAlive(), "the server ended in round %d", round);
                    postgres.start();
                    Duration recovery = load.awaitAcknowledged(1);
                    longest = recovery.compareTo(longest) > 0 ? recovery : longest;
                }
                rig.oracle().findLosses(report);
            }
            report.fact(
                    "%d rounds; acknowledging again at most %,d ms after PostgreSQL was back",
                    rounds, longest.toMillis());
            rig.settle(report, server);
        }
        return report;
    }

    private static void requireSilence(Report report, Rig rig, long millis)
            throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ON_THEIR_WAY.toMillis());
        int before = rig.ledger().requests();
        TimeUnit.MILLISECONDS.sleep(millis);
        int more = rig.ledger().requests() - before;
        report.require(more == 0, "%d requests were acknowledged without a database", more);
    }
}
