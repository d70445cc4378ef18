package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The most memory a server was seen to have while this was open. */
public final class MemoryWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final AtomicLong peak = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    public MemoryWatch(RunningServer server) {
        var unused =
                timer.scheduleAtFixedRate(
                        () -> look(server), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    public long peakBytes() {
        return peak.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look(RunningServer server) {
        try {
            peak.accumulateAndGet(server.residentBytes(), Math::max);
        } catch (IOException gone) {
            timer.shutdown();
        }
    }
}
