package dev.phoenix.server.db;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Requests run on virtual threads, and one that reads SQLite stays in native code with the platform
 * thread that carries it. As many carriers are added as may be busy so: whatever reads, there are
 * always as many left as the machine has processors.
 */
final class SpareCarriers implements AutoCloseable {

    /** What the scheduler allows. */
    private static final int MOST = 256;

    private final int carriers;

    private SpareCarriers(int carriers) {
        this.carriers = carriers;
    }

    static SpareCarriers add(int readers) {
        return new SpareCarriers(change(readers));
    }

    @Override
    public void close() {
        change(-carriers);
    }

    private static synchronized int change(int by) {
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int before = scheduler.getParallelism();
        int after = Math.min(before + by, MOST);
        scheduler.setParallelism(after);
        return after - before;
    }
}
