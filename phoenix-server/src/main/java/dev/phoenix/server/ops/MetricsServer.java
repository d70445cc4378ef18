package dev.phoenix.server.ops;

import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.ObservabilitySettings;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The metrics on a port of their own, which can be kept from users of the product. */
@Component
class MetricsServer implements SmartLifecycle {

    private final NetworkSettings network;
    private final ObservabilitySettings observability;
    private final PrometheusRegistry registry;
    private final List<HTTPServer> servers = new ArrayList<>();

    MetricsServer(
            NetworkSettings network,
            ObservabilitySettings observability,
            PrometheusRegistry registry) {
        this.network = network;
        this.observability = observability;
        this.registry = registry;
    }

    @Override
    public void start() {
        if (observability.prometheus()) {
            network.bindAddresses().stream().map(this::listen).forEach(servers::add);
        }
    }

    @Override
    public void stop() {
        servers.forEach(HTTPServer::stop);
        servers.clear();
    }

    @Override
    public boolean isRunning() {
        return !servers.isEmpty();
    }

    private HTTPServer listen(InetAddress address) {
        try {
            return HTTPServer.builder()
                    .inetAddress(address)
                    .port(observability.prometheusPort())
                    .registry(registry)
                    // The reference product answers on every path.
                    .defaultHandler(new MetricsHandler(registry))
                    .buildAndStart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
