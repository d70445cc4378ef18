package dev.phoenix.core.config;

import java.util.List;
import java.util.Locale;

/** The variables a client reads, each also as a system property. */
enum Variable {
    PHOENIX_ENDPOINT,
    PHOENIX_COLLECTOR_ENDPOINT,
    PHOENIX_BASE_URL,
    PHOENIX_HOST,
    PHOENIX_PORT,
    PHOENIX_GRPC_PORT,
    PHOENIX_PROJECT,
    PHOENIX_PROJECT_NAME,
    PHOENIX_API_KEY,
    PHOENIX_CLIENT_HEADERS,
    OTEL_EXPORTER_OTLP_ENDPOINT,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS,
    OTEL_EXPORTER_OTLP_PROTOCOL,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL;

    /** PHOENIX_BASE_URL is left out: it never keeps the file from being read. */
    static final List<Variable> LOCATION =
            List.of(
                    PHOENIX_ENDPOINT,
                    PHOENIX_COLLECTOR_ENDPOINT,
                    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
                    OTEL_EXPORTER_OTLP_ENDPOINT,
                    PHOENIX_HOST,
                    PHOENIX_PORT,
                    PHOENIX_GRPC_PORT);

    static final List<Variable> API_CREDENTIALS = List.of(PHOENIX_API_KEY, PHOENIX_CLIENT_HEADERS);

    static final List<Variable> EXPORT_CREDENTIALS =
            List.of(PHOENIX_API_KEY, PHOENIX_CLIENT_HEADERS, OTEL_EXPORTER_OTLP_HEADERS);

    static final List<Variable> PROJECT = List.of(PHOENIX_PROJECT, PHOENIX_PROJECT_NAME);

    /**
     * {@code phoenix.api-key}, and for OpenTelemetry its own {@code otel.exporter.otlp.headers}.
     */
    String property() {
        String name = name().toLowerCase(Locale.ROOT);
        return name.startsWith("otel_")
                ? name.replace('_', '.')
                : "phoenix." + name.substring("phoenix_".length()).replace('_', '-');
    }

    /** Whether it was this variable, wherever it was set, that gave a value. */
    boolean isNamedBy(Provenance source) {
        if (source instanceof Provenance.SystemProperty fromProperty) {
            return fromProperty.name().equals(property());
        }
        if (source instanceof Provenance.EnvironmentVariable fromEnvironment) {
            return fromEnvironment.name().equals(name());
        }
        return source instanceof Provenance.EnvFile fromFile && fromFile.variable().equals(name());
    }
}
