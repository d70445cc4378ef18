package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path HOME = Path.of(System.getProperty("user.home"));

    @Test
    void defaults_areThoseOfTheContract() {
        assertThat(Settings.load(Map.of()))
                .isEqualTo(
                        new Settings(
                                new NetworkSettings(
                                        Optional.empty(), 6006, 4317, "", Optional.empty()),
                                new StorageSettings(
                                        new DatabaseUrl.SqliteFile(
                                                HOME.resolve(".phoenix/phoenix.db")),
                                        "PHOENIX_WORKING_DIR",
                                        Optional.empty(),
                                        HOME.resolve(".phoenix"),
                                        10,
                                        Duration.ofSeconds(30),
                                        true,
                                        true),
                                new DiskSettings(
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty()),
                                new IngestSettings(20_000, 587_202_560, 33_554_432, 134_217_728),
                                new ObservabilitySettings(
                                        LoggingMode.DEFAULT,
                                        LoggingLevel.INFO,
                                        LoggingLevel.WARNING,
                                        false,
                                        9090,
                                        Optional.empty(),
                                        Optional.empty()),
                                new ApiSettings(false, true),
                                new UiSettings(true, true)));
    }

    @Test
    void everyVariable_isMapped() {
        Map<String, String> environment =
                Map.ofEntries(
                        Map.entry("PHOENIX_HOST", " 10.1.2.3 "),
                        Map.entry("PHOENIX_PORT", "7006"),
                        Map.entry(
                                "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_HTTP_ENDPOINT",
                                "collector:4318"),
                        Map.entry(
                                "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_GRPC_ENDPOINT",
                                "https://collector:4317"),
                        Map.entry("PHOENIX_GRPC_PORT", "7317"),
                        Map.entry("PHOENIX_HOST_ROOT_PATH", "/phoenix"),
                        Map.entry("PHOENIX_ROOT_URL", "https://example.com/phoenix"),
                        Map.entry("PHOENIX_SQL_DATABASE_URL", "postgresql://ann:pw@db:6543/traces"),
                        Map.entry("PHOENIX_SQL_DATABASE_SCHEMA", "observability"),
                        Map.entry("PHOENIX_WORKING_DIR", "/srv/phoenix"),
                        Map.entry("PHOENIX_DATABASE_POOL_SIZE", "20"),
                        Map.entry("PHOENIX_READ_TIMEOUT_SECONDS", "60"),
                        Map.entry("PHOENIX_DANGEROUSLY_DISABLE_MIGRATIONS", "true"),
                        Map.entry("PHOENIX_LOG_MIGRATIONS", "False"),
                        Map.entry("PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES", "0.5"),
                        Map.entry(
                                "PHOENIX_DATABASE_USAGE_EMAIL_WARNING_THRESHOLD_PERCENTAGE", "70"),
                        Map.entry(
                                "PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE",
                                "90.0"),
                        Map.entry("PHOENIX_MAX_SPANS_QUEUE_SIZE", "1"),
                        Map.entry("PHOENIX_MAX_SPANS_QUEUE_BYTES", "2"),
                        Map.entry("PHOENIX_MAX_REQUEST_BYTES", "3"),
                        Map.entry("PHOENIX_MAX_INFLATED_REQUEST_BYTES", "4"),
                        Map.entry("PHOENIX_LOGGING_MODE", "structured"),
                        Map.entry("PHOENIX_LOGGING_LEVEL", "DEBUG"),
                        Map.entry("PHOENIX_DB_LOGGING_LEVEL", "critical"),
                        Map.entry("PHOENIX_ENABLE_PROMETHEUS", "TRUE"),
                        Map.entry("PHOENIX_PROMETHEUS_PORT", "9999"),
                        Map.entry("PHOENIX_READ_ONLY", "TRUE"),
                        Map.entry("PHOENIX_MASK_INTERNAL_SERVER_ERRORS", "FALSE"),
                        Map.entry("PHOENIX_ENABLE_UI", "FALSE"),
                        Map.entry("PHOENIX_ALLOW_EXTERNAL_RESOURCES", "FALSE"));
        assertThat(Settings.load(environment))
                .isEqualTo(
                        new Settings(
                                new NetworkSettings(
                                        Optional.of("10.1.2.3"),
                                        7006,
                                        7317,
                                        "/phoenix",
                                        Optional.of(URI.create("https://example.com/phoenix"))),
                                new StorageSettings(
                                        new DatabaseUrl.Postgres(
                                                "db",
                                                6543,
                                                Optional.of("traces"),
                                                Optional.of("ann"),
                                                Optional.of(Secret.of("pw")),
                                                Map.of()),
                                        "PHOENIX_SQL_DATABASE_URL",
                                        Optional.of("observability"),
                                        Path.of("/srv/phoenix"),
                                        20,
                                        Duration.ofSeconds(60),
                                        false,
                                        false),
                                new DiskSettings(
                                        OptionalDouble.of(0.5),
                                        OptionalDouble.of(70),
                                        OptionalDouble.of(90)),
                                new IngestSettings(1, 2, 3, 4),
                                new ObservabilitySettings(
                                        LoggingMode.STRUCTURED,
                                        LoggingLevel.DEBUG,
                                        LoggingLevel.CRITICAL,
                                        true,
                                        9999,
                                        Optional.of(URI.create("http://collector:4318")),
                                        Optional.of(URI.create("https://collector:4317"))),
                                new ApiSettings(true, false),
                                new UiSettings(false, false)));
    }

    @Test
    void commandLine_winsOverTheEnvironment() {
        assertThat(
                        Settings.load(Map.of("PHOENIX_PORT", "1"), Map.of("PHOENIX_PORT", "2"))
                                .network()
                                .port())
                .isEqualTo(2);
    }

    @Test
    void emptyValue_countsAsUnset() {
        assertThat(Settings.load(Map.of("PHOENIX_PORT", " ", "PHOENIX_SQL_DATABASE_URL", "")))
                .isEqualTo(Settings.load(Map.of()));
    }

    @Test
    void postgresVariables_makeADatabaseUrl() {
        Map<String, String> environment =
                Map.of(
                        "PHOENIX_POSTGRES_HOST", "db",
                        "PHOENIX_POSTGRES_USER", "ann",
                        "PHOENIX_POSTGRES_PASSWORD", "p@ss/wörd%",
                        "PHOENIX_POSTGRES_DB", "traces",
                        "PHOENIX_POSTGRES_PORT", "6543");
        assertThat(Settings.load(environment).storage().url())
                .isEqualTo(
                        new DatabaseUrl.Postgres(
                                "db",
                                6543,
                                Optional.of("traces"),
                                Optional.of("ann"),
                                Optional.of(Secret.of("p@ss/wörd%")),
                                Map.of()));
    }

    @Test
    void databaseUrl_winsOverPostgresVariables() {
        Map<String, String> environment =
                Map.of(
                        "PHOENIX_POSTGRES_HOST",
                        "db",
                        "PHOENIX_SQL_DATABASE_URL",
                        "sqlite:///:memory:");
        assertThat(Settings.load(environment).storage().url())
                .isEqualTo(new DatabaseUrl.SqliteMemory());
    }

    @Test
    void postgresPort_isNotReadWithoutAHost() {
        // A Kubernetes Service called phoenix-postgres sets this one.
        assertThat(Settings.load(Map.of("PHOENIX_POSTGRES_PORT", "tcp://10.0.0.1:5432")))
                .isEqualTo(Settings.load(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "True"})
    void boolean_ignoresCase(String value) {
        assertThat(Settings.load(Map.of("PHOENIX_READ_ONLY", value)).api().readOnly()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PHOENIX_READ_ONLY|1|PHOENIX_READ_ONLY must be TRUE or FALSE, was '1': set one of the two or unset it.",
                "PHOENIX_PORT|abc|PHOENIX_PORT must be a whole number from 0 to 65535, was 'abc': correct it or unset it.",
                "PHOENIX_PORT|65536|PHOENIX_PORT must be a whole number from 0 to 65535, was '65536': correct it or unset it.",
                "PHOENIX_MAX_SPANS_QUEUE_SIZE|0|PHOENIX_MAX_SPANS_QUEUE_SIZE must be a whole number from 1 to 2147483647, was '0': correct it or unset it.",
                "PHOENIX_LOGGING_LEVEL|loud|PHOENIX_LOGGING_LEVEL must be one of debug, info, warning, error, critical, was 'loud': set one of them or unset it.",
                "PHOENIX_HOST_ROOT_PATH|phoenix|PHOENIX_HOST_ROOT_PATH must start with / and must not end with /, was 'phoenix': write it like /phoenix.",
                "PHOENIX_HOST_ROOT_PATH|/phoenix/|PHOENIX_HOST_ROOT_PATH must start with / and must not end with /, was '/phoenix/': write it like /phoenix.",
                "PHOENIX_ROOT_URL|example.com|PHOENIX_ROOT_URL must be a URL with http or https and a host, was 'example.com': write it like https://phoenix.example.com.",
                "PHOENIX_ENABLE_AUTH|TRUE|PHOENIX_ENABLE_AUTH is TRUE, but authentication is not available in this version: unset it, and keep the server where only trusted clients reach it.",
                "PHOENIX_TLS_ENABLED_FOR_GRPC|TRUE|PHOENIX_TLS_ENABLED_FOR_GRPC is TRUE, but TLS is not available in this version: unset it, and keep the server where only trusted clients reach it.",
                "PHOENIX_POSTGRES_HOST|db|PHOENIX_POSTGRES_USER must be set when PHOENIX_POSTGRES_HOST is: set it, or use PHOENIX_SQL_DATABASE_URL instead.",
                "PHOENIX_SQL_DATABASE_SCHEMA|pg_x|PHOENIX_SQL_DATABASE_SCHEMA must have at most 63 characters, no quotes and not start with pg_, was 'pg_x': choose a plain name like phoenix.",
            })
    void wrongValue_isToldInOneSentence(String variable, String value, String sentence) {
        assertThatThrownBy(() -> Settings.load(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PHOENIX_PORT", "PHOENIX_GRPC_PORT", "PHOENIX_PROMETHEUS_PORT"})
    void portFromKubernetes_isExplained(String variable) {
        assertThatThrownBy(() -> Settings.load(Map.of(variable, "tcp://10.0.0.1:6006")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "%s must be a port number, was 'tcp://10.0.0.1:6006', which Kubernetes sets for every Service whose name makes this variable: rename that Service, set enableServiceLinks: false on the pod, or set %s yourself.",
                        variable, variable);
    }

    @Test
    void secrets_doNotShow() {
        Settings settings =
                Settings.load(
                        Map.of(
                                "PHOENIX_SQL_DATABASE_URL",
                                "postgresql://ann:hidden@db/x?sslpassword=hidden"));
        assertThat(settings.toString()).doesNotContain("hidden");
        assertThat(settings.storage().url().display()).isEqualTo("postgresql://ann@db:5432/x");
    }

    @Test
    void withoutHost_onlyThisMachineReachesTheServer() {
        assertThat(Settings.load(Map.of()).network().isPublic()).isFalse();
        assertThat(Settings.load(Map.of("PHOENIX_HOST", "0.0.0.0")).network().isPublic()).isTrue();
        assertThat(Settings.load(Map.of("PHOENIX_HOST", "localhost")).network().isPublic())
                .isFalse();
    }
}
