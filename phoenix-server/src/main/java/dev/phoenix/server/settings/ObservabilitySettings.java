package dev.phoenix.server.settings;

import java.net.URI;
import java.util.Optional;

/**
 * What the server tells about itself.
 *
 * @param databaseLevel level of the loggers below the database layer
 * @param prometheus whether metrics are served on {@code prometheusPort}
 * @param httpCollector where own traces go over HTTP
 * @param grpcCollector where own traces go over gRPC
 */
public record ObservabilitySettings(
        LoggingMode mode,
        LoggingLevel level,
        LoggingLevel databaseLevel,
        boolean prometheus,
        int prometheusPort,
        Optional<URI> httpCollector,
        Optional<URI> grpcCollector) {

    static ObservabilitySettings read(SettingsReader reader) {
        return new ObservabilitySettings(
                reader.choice("PHOENIX_LOGGING_MODE", LoggingMode.DEFAULT),
                reader.choice("PHOENIX_LOGGING_LEVEL", LoggingLevel.INFO),
                reader.choice("PHOENIX_DB_LOGGING_LEVEL", LoggingLevel.WARNING),
                reader.flag("PHOENIX_ENABLE_PROMETHEUS", false),
                reader.port("PHOENIX_PROMETHEUS_PORT", 9090),
                reader.collector(
                        "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_HTTP_ENDPOINT"),
                reader.collector(
                        "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_GRPC_ENDPOINT"));
    }

    ObservabilitySettings withPrometheusPort(int port) {
        return new ObservabilitySettings(
                mode, level, databaseLevel, prometheus, port, httpCollector, grpcCollector);
    }
}
