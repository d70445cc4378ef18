package dev.phoenix.server.ops;

import com.sun.management.OperatingSystemMXBean;
import dev.phoenix.server.settings.Version;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import org.springframework.stereotype.Component;

/**
 * Memory and processor of the container, or of the machine where there is none; and which version
 * runs.
 */
@Component
class MachineMetrics {

    MachineMetrics(PrometheusRegistry registry) {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        GaugeWithCallback.builder()
                .name("memory_usage_bytes")
                .help("Memory in use")
                .labelNames("type")
                .callback(
                        gauge -> {
                            gauge.call(
                                    system.getTotalMemorySize() - system.getFreeMemorySize(),
                                    "virtual");
                            gauge.call(
                                    system.getTotalSwapSpaceSize() - system.getFreeSwapSpaceSize(),
                                    "swap");
                        })
                .register(registry);
        GaugeWithCallback.builder()
                .name("cpu_usage_percent")
                .help("Processor in use")
                .callback(gauge -> gauge.call(system.getCpuLoad() * 100))
                .register(registry);
        Info.builder()
                .name("phoenix_server_info")
                .help("Version of this server and of the product it is compatible with")
                .labelNames("version", "compatible_with")
                .register(registry)
                .setLabelValues(Version.current().own(), Version.current().contract());
    }
}
