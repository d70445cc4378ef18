package dev.phoenix.server;

import dev.phoenix.server.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings a command line can give. */
final class SettingsFlags {

    private final Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "where to store (PHOENIX_SQL_DATABASE_URL)")
    void databaseUrl(@Nullable String url) {
        override("PHOENIX_SQL_DATABASE_URL", url);
    }

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "where to listen (PHOENIX_HOST)")
    void host(@Nullable String host) {
        override("PHOENIX_HOST", host);
    }

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port (PHOENIX_PORT)")
    void port(@Nullable String port) {
        override("PHOENIX_PORT", port);
    }

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            description = "OTLP gRPC port (PHOENIX_GRPC_PORT)")
    void grpcPort(@Nullable String port) {
        override("PHOENIX_GRPC_PORT", port);
    }

    @Option(names = "--read-only", description = "refuse every write (PHOENIX_READ_ONLY=TRUE)")
    void readOnly(boolean set) {
        overrideIf(set, "PHOENIX_READ_ONLY", "TRUE");
    }

    @Option(names = "--no-ui", description = "serve the APIs only (PHOENIX_ENABLE_UI=FALSE)")
    void noUi(boolean set) {
        overrideIf(set, "PHOENIX_ENABLE_UI", "FALSE");
    }

    @Option(
            names = "--no-internet",
            description =
                    "fetch nothing from the internet (PHOENIX_ALLOW_EXTERNAL_RESOURCES=FALSE)")
    void noInternet(boolean set) {
        overrideIf(set, "PHOENIX_ALLOW_EXTERNAL_RESOURCES", "FALSE");
    }

    @Option(names = "--debug", description = "log more (PHOENIX_LOGGING_LEVEL=debug)")
    void debug(boolean set) {
        overrideIf(set, "PHOENIX_LOGGING_LEVEL", "debug");
    }

    Settings over(Map<String, String> environment) {
        return Settings.load(environment, overrides);
    }

    private void override(String variable, @Nullable String value) {
        if (value != null) {
            overrides.put(variable, value);
        }
    }

    private void overrideIf(boolean set, String variable, String value) {
        override(variable, set ? value : null);
    }
}
