package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * That what is acknowledged has reached the disk, which no killed process shows: requests are sent
 * one at a time, and the log of the database must be synced at least once for each.
 */
final class CountSyncs implements Fault {

    /** Statistics of a connection arrive within a second of its last transaction. */
    private static final int LATEST_STATISTICS_MILLIS = 20_000;

    @Override
    public String name() {
        return "syncs";
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        int count = effort.of(30, 300);
        try (Rig rig = Rig.on(engine);
                RunningServer server = rig.startServer();
                Sender sender = Rig.sender(server, 0)) {
            // The first request of all also stores its project.
            rig.exporter().sendOne(sender);
            int before = rig.ledger().requests();
            switch (engine) {
                case SQLITE -> traced(report, rig, server, sender, count);
                case POSTGRESQL -> counted(report, rig, sender, count);
            }
            report.fact("%d requests one at a time", rig.ledger().requests() - before);
            rig.settle(report, server);
        }
        return report;
    }

    private static void traced(
            Report report, Rig rig, RunningServer server, Sender sender, int count)
            throws Exception {
        String obstacle = SyncTrace.obstacle();
        if (obstacle != null) {
            report.fact("not counted: %s", obstacle);
            return;
        }
        try (SyncTrace trace = SyncTrace.of(server.pid())) {
            for (int i = 0; i < count; i++) {
                rig.exporter().sendOne(sender);
            }
            judge(report, trace.finish("phoenix.db-wal"), count);
        }
    }

    private static void counted(Report report, Rig rig, Sender sender, int count) throws Exception {
        Store store = rig.store();
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            String value = store.value("SHOW " + setting);
            report.require(value.equals("on"), "%s is %s", setting, value);
        }
        long before = walSyncs(store);
        for (int i = 0; i < count; i++) {
            rig.exporter().sendOne(sender);
        }
        long syncs = walSyncs(store) - before;
        for (int waited = 0; syncs < count && waited < LATEST_STATISTICS_MILLIS; waited += 100) {
            TimeUnit.MILLISECONDS.sleep(100);
            syncs = walSyncs(store) - before;
        }
        judge(report, syncs, count);
    }

    private static long walSyncs(Store store) throws SQLException {
        boolean inIoStatistics =
                Integer.parseInt(store.value("SHOW server_version_num")) >= 180_000;
        return Long.parseLong(
                store.value(
                        inIoStatistics
                                ? "SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal'"
                                : "SELECT wal_sync FROM pg_stat_wal"));
    }

    private static void judge(Report report, long syncs, int count) {
        report.fact("%,d syncs of the log for %,d acknowledged requests", syncs, count);
        report.require(syncs >= count, "some acknowledgements were not preceded by a sync");
    }
}
