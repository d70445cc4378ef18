package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** {@code kill -9} of the server under load, and a start on what it left. */
final class KillServer implements Fault {

    private static final Duration READY = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final int ROUNDS_PER_RECOUNT = 10;

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        var random = new SplittableRandom(effort.seed());
        int rounds = effort.of(1, 50);
        List<Duration> ready = new ArrayList<>();
        report.fact("%d rounds", rounds);
        try (Rig rig = Rig.on(engine)) {
            for (int round = 0; round < rounds; round++) {
                try (RunningServer server = rig.startServer()) {
                    ready.add(server.startTime());
                    if (round > 0) {
                        rig.oracle().findLosses(report);
                    }
                    if (round > 0 && round % ROUNDS_PER_RECOUNT == 0) {
                        rig.oracle().recount(report);
                    }
                    killUnderLoad(rig, server, round, random.nextLong(300, 2_000));
                }
            }
            try (RunningServer server = rig.startServer()) {
                ready.add(server.startTime());
                rig.oracle().findLosses(report);
                rig.settle(report, server);
            }
        }
        judge(report, ready.removeFirst().toMillis(), ready, effort);
        return report;
    }

    private static void killUnderLoad(Rig rig, RunningServer server, int round, long millis)
            throws Exception {
        try (Sender sender = Rig.sender(server, round);
                Exporter.Load load = rig.exporter().start(sender, Rig.CONNECTIONS)) {
            load.awaitAcknowledged(1);
            TimeUnit.MILLISECONDS.sleep(millis);
            server.kill();
        }
    }

    /**
     * In the short form a machine that takes as long for a start without a crash is told, and not
     * the server's fault.
     */
    private static void judge(
            Report report, long withoutCrash, List<Duration> ready, Effort effort) {
        List<Long> millis = ready.stream().map(Duration::toMillis).sorted().toList();
        report.fact(
                "ready after median %,d ms, longest %,d ms (%,d ms without a crash)",
                millis.get(millis.size() / 2), millis.getLast(), withoutCrash);
        long limit =
                effort.full()
                        ? READY.toMillis()
                        : Math.max(READY.toMillis(), withoutCrash + RECOVERY.toMillis());
        long late = millis.stream().filter(time -> time >= limit).count();
        report.require(
                late == 0, "%d of %d starts took longer than %,d ms", late, millis.size(), limit);
    }
}
