package dev.phoenix.server.settings;

/**
 * What the server tells about itself.
 *
 * @param databaseLevel level of the loggers below the database layer
 * @param prometheus whether metrics are served on {@code prometheusPort}
 */
public record ObservabilitySettings(
        LoggingMode mode,
        LoggingLevel level,
        LoggingLevel databaseLevel,
        boolean prometheus,
        int prometheusPort) {

    static ObservabilitySettings read(SettingsReader reader) {
        return new ObservabilitySettings(
                reader.choice("PHOENIX_LOGGING_MODE", LoggingMode.DEFAULT),
                reader.choice("PHOENIX_LOGGING_LEVEL", LoggingLevel.INFO),
                reader.choice("PHOENIX_DB_LOGGING_LEVEL", LoggingLevel.WARNING),
                reader.flag("PHOENIX_ENABLE_PROMETHEUS", false),
                reader.port("PHOENIX_PROMETHEUS_PORT", 9090));
    }

    ObservabilitySettings withPrometheusPort(int port) {
        return new ObservabilitySettings(mode, level, databaseLevel, prometheus, port);
    }
}
