package dev.phoenix.server.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be configured, read and checked before anything starts. */
public record Settings(
        NetworkSettings network,
        StorageSettings storage,
        DiskSettings disk,
        IngestSettings ingest,
        ObservabilitySettings observability,
        ApiSettings api,
        UiSettings ui,
        AuthSettings auth,
        PasswordSettings passwords,
        SessionSettings sessions,
        AuditSettings audit,
        RetentionSettings retention,
        BrowserSettings browser,
        OutboundSettings outbound,
        TlsSettings tls,
        MailSettings mail,
        Optional<LdapSettings> ldap,
        OidcSettings oidc) {

    /**
     * Switches that must not be passed over in silence: whoever sets them relies on what they
     * promise.
     */
    private static final Map<String, String> UNAVAILABLE =
            Map.of(
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

    /** Each part that there is, on its own, for registration as a bean. */
    public List<Record> parts() {
        return Stream.concat(
                        Stream.of(
                                network,
                                storage,
                                disk,
                                ingest,
                                observability,
                                api,
                                ui,
                                auth,
                                passwords,
                                sessions,
                                audit,
                                retention,
                                browser,
                                outbound,
                                tls,
                                mail,
                                oidc),
                        ldap.stream())
                .toList();
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
                ui,
                auth,
                passwords,
                sessions,
                audit,
                retention,
                browser,
                outbound,
                tls,
                mail,
                ldap,
                oidc);
    }

    private static Settings read(SettingsReader reader) {
        UNAVAILABLE.keySet().stream().sorted().forEach(name -> requireOff(reader, name));
        AuthSettings auth = AuthSettings.read(reader);
        NetworkSettings network = NetworkSettings.read(reader);
        TlsSettings tls = TlsSettings.read(reader);
        return new Settings(
                network,
                StorageSettings.read(reader),
                DiskSettings.read(reader),
                IngestSettings.read(reader),
                ObservabilitySettings.read(reader),
                ApiSettings.read(reader),
                UiSettings.read(reader),
                auth,
                PasswordSettings.read(reader, auth),
                SessionSettings.read(reader, network, tls),
                AuditSettings.read(reader),
                RetentionSettings.read(reader),
                BrowserSettings.read(reader),
                OutboundSettings.read(reader),
                tls,
                MailSettings.read(reader),
                LdapSettings.read(reader),
                OidcSettings.read(reader));
    }

    private static void requireOff(SettingsReader reader, String name) {
        if (reader.flag(name, false)) {
            throw new SettingsException(
                    "%s is TRUE, but %s is not available in this version: unset it, and keep the server where only trusted clients reach it."
                            .formatted(name, UNAVAILABLE.get(name)));
        }
    }
}
