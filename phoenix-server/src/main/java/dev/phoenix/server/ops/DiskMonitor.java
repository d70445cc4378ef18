package dev.phoenix.server.ops;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.DiskUsage;
import dev.phoenix.server.db.StorageLock;
import dev.phoenix.server.settings.DiskSettings;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Measures the database once a minute, if the settings say how large it may become. */
@Component
class DiskMonitor extends BackgroundWorker {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final DiskUsage usage;
    private final StorageWarning warning;
    private final DiskSettings settings;

    DiskMonitor(
            DiskUsage usage,
            StorageWarning warning,
            StorageLock lock,
            DiskSettings settings,
            PrometheusRegistry registry) {
        super("disk-monitor", Pacing.UNLIMITED);
        this.usage = usage;
        this.warning = warning;
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
    protected Duration pass() {
        usage.measure();
        if (usage.isAboveWarning()) {
            warning.send(usage.ratio());
        }
        return INTERVAL;
    }

    /** A database that is full already is known to be before anything is let in. */
    @Override
    public void start() {
        usage.measure();
        super.start();
    }

    @Override
    public int getPhase() {
        return -1;
    }
}
