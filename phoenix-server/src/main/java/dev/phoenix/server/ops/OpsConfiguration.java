package dev.phoenix.server.ops;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

    /** The only clock; everything that asks for the time is given it. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    PrometheusRegistry prometheusRegistry() {
        return new PrometheusRegistry();
    }
}
