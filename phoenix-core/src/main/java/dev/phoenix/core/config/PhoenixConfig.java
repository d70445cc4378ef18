package dev.phoenix.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the Phoenix server is, how to authenticate and which project to write to.
 *
 * <pre>{@code
 * PhoenixConfig config = PhoenixConfig.load();
 * config.apiBaseUrl();      // http://localhost:6006
 * config.traceEndpoint();   // http://localhost:6006/v1/traces
 * config.projectName();     // default
 * }</pre>
 *
 * <p>Sources, strongest first: the {@link Builder}, JVM system properties ({@code
 * phoenix.api-key}), the environment ({@code PHOENIX_API_KEY}), the nearest trusted {@code
 * .env.phoenix} file in the working directory or above, defaults. They compete in groups, not one
 * variable at a time: as soon as the process says anything about credentials, location or project,
 * the file is not asked about that group. The one exception: if the process only has a variable
 * that is a guess for the purpose and the file has the one made for it ({@code PHOENIX_ENDPOINT}
 * for the API, {@code PHOENIX_COLLECTOR_ENDPOINT} for traces), the file wins.
 *
 * <p>Values are looked up when they are asked for, so that a broken setting only concerns those who
 * need it. Accessors throw {@link PhoenixConfigException} for a value from code or process that
 * cannot be used; the same value in a file is passed over with a warning. Warnings go to the {@link
 * System.Logger} {@code phoenix.config}, once per process, and never contain values.
 */
public final class PhoenixConfig {

    private static final String DEFAULT_PROJECT = "default";

    private final Optional<URI> explicitEndpoint;
    private final Optional<Integer> explicitGrpcPort;
    private final Location location;
    private final Credentials credentials;
    private final Project project;

    private PhoenixConfig(Builder builder) {
        Tier process = new Tier.Process(builder.properties, builder.environment);
        Tier file = new Tier.File(builder.discover ? builder.envFile() : Optional.empty());
        explicitEndpoint = text(builder.endpoint).map(PhoenixConfig::explicitUrl);
        explicitGrpcPort = Optional.ofNullable(builder.grpcPort).map(PhoenixConfig::explicitPort);
        location = new Location(process, file);
        credentials =
                new Credentials(
                        process, file, text(builder.apiKey), HeaderText.checked(builder.headers));
        project = new Project(process, file, text(builder.projectName));
    }

    /** The configuration of this process: system properties, environment and file. */
    public static PhoenixConfig load() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Makes the next {@link #load} look for {@code .env.phoenix} files again. */
    public static void clearEnvFileCache() {
        EnvFileDiscovery.forget();
    }

    /** The URL below which {@code v1/…} lives; may have a path, may end with a slash. */
    public URI apiBaseUrl() {
        Sourced<URI> url = sourcedApiBaseUrl();
        tell("API base URL", url.source(), Variable.PHOENIX_ENDPOINT);
        return url.value();
    }

    /** The full URL to which spans are posted over HTTP. */
    public URI traceEndpoint() {
        Sourced<URI> url = sourcedTraceEndpoint();
        tell("trace endpoint", url.source(), Variable.PHOENIX_COLLECTOR_ENDPOINT);
        return url.value();
    }

    /** The port for spans over gRPC, if one is set; servers listen on 4317 by default. */
    public OptionalInt grpcPort() {
        return sourcedGrpcPort().stream().mapToInt(Sourced::value).findFirst();
    }

    /** The OTLP protocol that OpenTelemetry's variables ask for, such as {@code grpc}. */
    public Optional<String> exportProtocol() {
        return location.exportProtocol();
    }

    public Optional<String> apiKey() {
        return credentials.apiKey().map(Sourced::value);
    }

    /**
     * The headers of an API request, names in lower case: those given in code, completed by those
     * of the surroundings, and {@code authorization} from the API key. A key given in code replaces
     * any other authorization, a key of the surroundings none.
     */
    public Map<String, String> headers() {
        return credentials.forApi();
    }

    /**
     * The headers of a span export, names in lower case. As {@link #headers}, but headers given in
     * code stand instead of those of the surroundings, to which {@code OTEL_EXPORTER_OTLP_HEADERS}
     * belongs here.
     */
    public Map<String, String> exportHeaders() {
        return credentials.forExport();
    }

    /** The project to write to, {@code default} if none is named. */
    public String projectName() {
        return project.name().map(Sourced::value).orElse(DEFAULT_PROJECT);
    }

    /** Where the answer for a setting comes from. */
    public Provenance source(Setting setting) {
        Optional<Provenance> source =
                switch (setting) {
                    case API_BASE_URL -> Optional.of(sourcedApiBaseUrl().source());
                    case TRACE_ENDPOINT -> Optional.of(sourcedTraceEndpoint().source());
                    case GRPC_PORT -> sourcedGrpcPort().map(Sourced::source);
                    case API_KEY -> credentials.apiKey().map(Sourced::source);
                    case HEADERS -> credentials.headersSource();
                    case PROJECT -> project.name().map(Sourced::source);
                };
        return source.orElseGet(Provenance.Default::new);
    }

    private Sourced<URI> sourcedApiBaseUrl() {
        return explicitEndpoint.map(Sourced::explicit).orElseGet(location::apiBaseUrl);
    }

    private Sourced<URI> sourcedTraceEndpoint() {
        return explicitEndpoint
                .map(url -> Sourced.explicit(Endpoints.traces(url)))
                .orElseGet(location::traceEndpoint);
    }

    private Optional<Sourced<Integer>> sourcedGrpcPort() {
        return explicitGrpcPort.map(Sourced::explicit).or(location::grpcPort);
    }

    private void tell(String what, Provenance source, Variable canonical) {
        boolean said =
                !(source instanceof Provenance.Explicit || source instanceof Provenance.Default);
        if (said && !canonical.isNamedBy(source)) {
            Notices.info("the " + what + " comes from " + source + "; " + canonical + " is unset");
        }
        if (source instanceof Provenance.EnvFile) {
            credentials
                    .givenOutsideFile()
                    .ifPresent(
                            giver ->
                                    Notices.warn(
                                            "credentials from "
                                                    + giver
                                                    + " go to the server named by "
                                                    + source));
        }
    }

    private static URI explicitUrl(String text) {
        return Endpoints.url(text)
                .orElseThrow(
                        () ->
                                new PhoenixConfigException(
                                        "the endpoint must be an http or https URL, for example"
                                                + " http://localhost:6006"));
    }

    private static int explicitPort(int port) {
        if (port < 1 || port > 0xffff) {
            throw new PhoenixConfigException(
                    "the gRPC port must be a port from 1 to 65535, was " + port);
        }
        return port;
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** Values given in code; null and blank ones leave a setting to its other sources. */
    public static final class Builder {

        private @Nullable String endpoint;
        private @Nullable String apiKey;
        private @Nullable String projectName;
        private @Nullable Integer grpcPort;
        private Map<String, String> headers = Map.of();
        private Map<String, String> environment = System.getenv();
        private Map<String, String> properties = strings(System.getProperties());
        private Path workingDirectory = Path.of("");
        private boolean discover = true;
        private FileOwner fileOwner = FileOwner.CURRENT_USER;

        private Builder() {}

        /** The API base URL; traces go to {@code /v1/traces} below it. */
        public Builder endpoint(@Nullable String url) {
            endpoint = url;
            return this;
        }

        public Builder apiKey(@Nullable String key) {
            apiKey = key;
            return this;
        }

        /** Names in any case; names and values as they are sent, nothing is decoded. */
        public Builder headers(Map<String, String> namesAndValues) {
            headers = Map.copyOf(namesAndValues);
            return this;
        }

        public Builder projectName(@Nullable String name) {
            projectName = name;
            return this;
        }

        /**
         * @param port from 1 to 65535
         */
        public Builder grpcPort(@Nullable Integer port) {
            grpcPort = port;
            return this;
        }

        /** The variables to read instead of those of this process. */
        public Builder env(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** The system properties to read instead of those of this process. */
        public Builder systemProperties(Map<String, String> namesAndValues) {
            properties = Map.copyOf(namesAndValues);
            return this;
        }

        /**
         * The folder to start looking for {@code .env.phoenix} in, instead of the working
         * directory.
         */
        public Builder cwd(Path folder) {
            workingDirectory = folder;
            return this;
        }

        /**
         * Whether to look for {@code .env.phoenix}; {@code PHOENIX_DISCOVER_CONFIG=false} forbids
         * it.
         */
        public Builder discover(boolean allowed) {
            discover = allowed;
            return this;
        }

        Builder fileOwner(FileOwner owner) {
            fileOwner = owner;
            return this;
        }

        /**
         * @throws PhoenixConfigException if a value given here cannot be used
         */
        public PhoenixConfig build() {
            return new PhoenixConfig(this);
        }

        private Optional<EnvFile> envFile() {
            String allowed = environment.getOrDefault("PHOENIX_DISCOVER_CONFIG", "").trim();
            return allowed.matches("(?i)false|0|no|off")
                    ? Optional.empty()
                    : EnvFileDiscovery.from(workingDirectory.toAbsolutePath(), fileOwner);
        }

        private static Map<String, String> strings(Properties properties) {
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(name -> name, properties::getProperty));
        }
    }
}
