package dev.phoenix.server.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Connection parameters under libpq's names, and what the JDBC driver calls them. */
final class PostgresParameters {

    private static final Map<String, String> DRIVER_NAMES =
            Map.ofEntries(
                    Map.entry("sslmode", "sslmode"),
                    Map.entry("sslrootcert", "sslrootcert"),
                    Map.entry("sslcert", "sslcert"),
                    Map.entry("sslkey", "sslkey"),
                    Map.entry("sslpassword", "sslpassword"),
                    Map.entry("sslnegotiation", "sslNegotiation"),
                    Map.entry("channel_binding", "channelBinding"),
                    Map.entry("gssencmode", "gssEncMode"),
                    Map.entry("krbsrvname", "kerberosServerName"),
                    Map.entry("connect_timeout", "connectTimeout"),
                    Map.entry("application_name", "ApplicationName"),
                    Map.entry("options", "options"));

    /**
     * Set by Python users; the driver here does the same without being told, or has nothing like
     * it.
     */
    private static final Set<String> MEANINGLESS =
            Set.of(
                    "sslsni",
                    "sslcompression",
                    "client_encoding",
                    "fallback_application_name",
                    "keepalives",
                    "keepalives_idle",
                    "keepalives_interval",
                    "keepalives_count",
                    "tcp_user_timeout",
                    "target_session_attrs",
                    "load_balance_hosts",
                    "prepared_statement_cache_size",
                    "prepared_statement_name_func",
                    "statement_cache_size",
                    "command_timeout",
                    "timeout",
                    "async_fallback",
                    "server_settings");

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private PostgresParameters() {}

    static Map<String, String> toDriver(String variable, Map<String, String> parameters) {
        Map<String, String> properties = new LinkedHashMap<>();
        parameters.forEach(
                (name, value) -> {
                    if (name.equals("ssl")) {
                        properties.put("sslmode", sslMode(variable, value));
                    } else if (DRIVER_NAMES.containsKey(name)) {
                        properties.put(DRIVER_NAMES.get(name), checked(variable, name, value));
                    } else if (!MEANINGLESS.contains(name)) {
                        throw new SettingsException(
                                "%s has the parameter '%s', which is not supported: remove it, or use one of %s."
                                        .formatted(variable, name, supported()));
                    }
                });
        return Map.copyOf(properties);
    }

    private static String supported() {
        return String.join(", ", DRIVER_NAMES.keySet().stream().sorted().toList());
    }

    private static String checked(String variable, String name, String value) {
        return name.equals("sslmode") ? sslMode(variable, value) : value;
    }

    /** Also takes asyncpg's {@code ssl=true}. */
    private static String sslMode(String variable, String value) {
        if (value.equalsIgnoreCase("true")) {
            return "require";
        }
        if (value.equalsIgnoreCase("false")) {
            return "disable";
        }
        if (!SSL_MODES.contains(value)) {
            throw new SettingsException(
                    "%s has sslmode '%s', but it must be one of disable, allow, prefer, require, verify-ca, verify-full: use verify-full to check the server's certificate."
                            .formatted(variable, value));
        }
        return value;
    }
}
