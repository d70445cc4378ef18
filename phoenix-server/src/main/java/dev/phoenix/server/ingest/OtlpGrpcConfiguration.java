package dev.phoenix.server.ingest;

import dev.phoenix.server.ingest.log.LogIngest;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.BindableService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The services of the gRPC port, one for each signal. */
@Configuration(proxyBeanMethods = false)
class OtlpGrpcConfiguration {

    @Bean
    BindableService traceService(TraceIngest traces, IngestSettings limits, Stages stages) {
        return new OtlpGrpcService<>(traces, limits, stages);
    }

    @Bean
    BindableService logsService(LogIngest logs, IngestSettings limits, Stages stages) {
        return new OtlpGrpcService<>(logs, limits, stages);
    }

    @Bean
    BindableService metricsService(MetricIngest metrics, IngestSettings limits, Stages stages) {
        return new OtlpGrpcService<>(metrics, limits, stages);
    }
}
