package dev.phoenix.server.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that can be configured, read and checked before anything starts. */
public record Settings(
        NetworkSettings network,
        StorageSettings storage,
        DiskSettings disk,
        IngestSettings ingest,
        ObservabilitySettings observability,
        ApiSettings api,
        UiSettings ui) {

    /**
     * Switches that must not be passed over in silence: whoever sets them relies on what they
     * promise.
     */
    private static final Map<String, String> UNAVAILABLE =
            Map.of(
                    "PHOENIX_ENABLE_AUTH", "authentication",
                    "PHOENIX_TLS_ENABLED", "TLS",
                    "PHOENIX_TLS_ENABLED_FOR_HTTP", "TLS",
                    "PHOENIX_TLS_ENABLED_FOR_GRPC", "TLS",
                    "PHOENIX_POSTGRES_USE_AWS_IAM_AUTH", "AWS IAM authentication",
                    "PHOENIX_POSTGRES_USE_AZURE_MANAGED_IDENTITY", "Azure managed identity");

    public static Settings load(Map<String, String> environment) {
        return read(new SettingsReader(environment));
    }

    /** Reads the environment with some variables replaced, as the command line does. */
    public static Settings load(Map<String, String> environment, Map<String, String> overrides) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(overrides);
        return load(variables);
    }

    /** Each part on its own, for registration as a bean. */
    public List<Record> parts() {
        return List.of(network, storage, disk, ingest, observability, api, ui);
    }

    /** These settings with other ports, as chosen by the system where 0 was asked for. */
    public Settings withPorts(int port, int grpcPort, int prometheusPort) {
        return new Settings(
                network.withPorts(port, grpcPort),
                storage,
                disk,
                ingest,
                observability.withPrometheusPort(prometheusPort),
                api,
                ui);
    }

    private static Settings read(SettingsReader reader) {
        UNAVAILABLE.keySet().stream().sorted().forEach(name -> requireOff(reader, name));
        return new Settings(
                NetworkSettings.read(reader),
                StorageSettings.read(reader),
                DiskSettings.read(reader),
                IngestSettings.read(reader),
                ObservabilitySettings.read(reader),
                ApiSettings.read(reader),
                UiSettings.read(reader));
    }

    private static void requireOff(SettingsReader reader, String name) {
        if (reader.flag(name, false)) {
            throw new SettingsException(
                    "%s is TRUE, but %s is not available in this version: unset it, and keep the server where only trusted clients reach it."
                            .formatted(name, UNAVAILABLE.get(name)));
        }
    }
}
