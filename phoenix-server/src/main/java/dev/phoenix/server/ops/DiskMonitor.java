package dev.phoenix.server.ops;

import dev.phoenix.server.db.DiskUsage;
import dev.phoenix.server.db.StorageLock;
import dev.phoenix.server.settings.DiskSettings;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Measures the database once a minute, if the settings say how large it may become. */
@Component
class DiskMonitor implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final DiskUsage usage;
    private final DiskSettings settings;
    private @Nullable ScheduledExecutorService timer;

    DiskMonitor(
            DiskUsage usage, StorageLock lock, DiskSettings settings, PrometheusRegistry registry) {
        this.usage = usage;
        this.settings = settings;
        GaugeWithCallback.builder()
                .name("database_disk_usage_bytes")
                .help("Size of the database when last measured")
                .callback(gauge -> gauge.call(usage.bytes()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("database_disk_usage_ratio")
                .help("Its share of the capacity")
                .callback(gauge -> gauge.call(usage.ratio()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("database_insertions_blocked")
                .help("1 while inserts and updates are refused")
                .callback(gauge -> gauge.call(lock.isLocked() ? 1 : 0))
                .register(registry);
    }

    @Override
    public boolean isAutoStartup() {
        return settings.watched();
    }

    @Override
    public void start() {
        usage.measure();
        timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("disk-monitor").factory());
        long seconds = INTERVAL.toSeconds();
        var _ = timer.scheduleWithFixedDelay(usage::measure, seconds, seconds, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    /** Before anything is let in. */
    @Override
    public int getPhase() {
        return -1;
    }
}
