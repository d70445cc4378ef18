package dev.phoenix.server.ops;

import io.opentelemetry.api.trace.Tracer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

    @Bean
    PrometheusRegistry prometheusRegistry() {
        return new PrometheusRegistry();
    }

    @Bean
    Tracer tracer(OwnTraces ownTraces) {
        return ownTraces.tracer();
    }

    /** The edges of HTTP that lie outside of Spring. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> edges() {
        return tomcat -> {
            tomcat.addEngineValves(new VersionHeaders(), new SecurityHeaders());
            tomcat.addContextCustomizers(
                    context -> reportPlainly((StandardHost) context.getParent()));
        };
    }

    private static void reportPlainly(StandardHost host) {
        // Tomcat adds a valve of this class unless there is one.
        host.setErrorReportValveClass(PlainErrors.class.getName());
        host.getPipeline().addValve(new PlainErrors());
    }
}
