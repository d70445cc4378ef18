package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
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
                                        true,
                                        Optional.empty()),
                                new DiskSettings(
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty()),
                                new IngestSettings(
                                        20_000, 587_202_560, 33_554_432, 134_217_728, true),
                                new ObservabilitySettings(
                                        LoggingMode.DEFAULT,
                                        LoggingLevel.INFO,
                                        LoggingLevel.WARNING,
                                        false,
                                        9090,
                                        Optional.empty(),
                                        Optional.empty()),
                                new ApiSettings(false, true),
                                new UiSettings(true, true, Optional.empty()),
                                new AuthSettings(
                                        false,
                                        Optional.empty(),
                                        List.of(),
                                        Optional.empty(),
                                        List.of(),
                                        false,
                                        false),
                                new PasswordSettings(
                                        true,
                                        false,
                                        Secret.of("admin"),
                                        OptionalInt.of(5),
                                        Duration.ofMinutes(15)),
                                new SessionSettings(
                                        Duration.ofMinutes(10), Duration.ofDays(7), false, "/"),
                                new AuditSettings(Duration.ofDays(365)),
                                new RetentionSettings(0),
                                new BrowserSettings(Set.of(), List.of(), List.of(), true),
                                new OutboundSettings(Set.of(), List.of()),
                                new TlsSettings(false, false, Optional.empty()),
                                new MailSettings(Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                new OidcSettings(List.of())));
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
                        Map.entry("PHOENIX_MASK_LEAKED_SECRETS", "false"),
                        Map.entry("PHOENIX_LOGGING_MODE", "structured"),
                        Map.entry("PHOENIX_LOGGING_LEVEL", "DEBUG"),
                        Map.entry("PHOENIX_DB_LOGGING_LEVEL", "critical"),
                        Map.entry("PHOENIX_ENABLE_PROMETHEUS", "TRUE"),
                        Map.entry("PHOENIX_PROMETHEUS_PORT", "9999"),
                        Map.entry("PHOENIX_READ_ONLY", "TRUE"),
                        Map.entry("PHOENIX_MASK_INTERNAL_SERVER_ERRORS", "FALSE"),
                        Map.entry("PHOENIX_ENABLE_UI", "FALSE"),
                        Map.entry("PHOENIX_AUDIT_LOG_RETENTION_DAYS", "30"),
                        Map.entry("PHOENIX_DEFAULT_RETENTION_POLICY_DAYS", "14"),
                        Map.entry(
                                "PHOENIX_SQL_DATABASE_READ_REPLICA_URL",
                                "postgresql://ann@replica/traces"),
                        Map.entry(
                                "PHOENIX_CSRF_TRUSTED_ORIGINS",
                                "https://Example.com:8443, https://other.example.com,"),
                        Map.entry("PHOENIX_ALLOWED_ORIGINS", "https://App.example.com:8443/"),
                        Map.entry("PHOENIX_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
                        Map.entry("PHOENIX_DISABLE_RATE_LIMIT", "TRUE"),
                        Map.entry(
                                "PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS",
                                "Ollama.internal, 192.168.0.0/16"),
                        Map.entry("PHOENIX_ALLOW_EXTERNAL_RESOURCES", "FALSE"),
                        Map.entry("PHOENIX_ENABLE_AUTH", "TRUE"),
                        Map.entry("PHOENIX_SECRET", "new-secret-0123456789-0123456789"),
                        Map.entry(
                                "PHOENIX_PREVIOUS_SECRETS",
                                "old-secret-0123456789-0123456789,"
                                        + " ancient-secret-0123456789-01234567"),
                        Map.entry("PHOENIX_ADMIN_SECRET", "admin-secret-0123456789-01234567"),
                        Map.entry("PHOENIX_ADMINS", "Ann = B=Ann@x.y ; Bo=bo@x.y;"),
                        Map.entry("PHOENIX_OAUTH2_Google_OIDC_CONFIG_URL", "https://x.y"),
                        Map.entry("PHOENIX_OAUTH2_Google_CLIENT_ID", "phoenix"),
                        Map.entry("PHOENIX_OAUTH2_Google_CLIENT_SECRET", "pw"),
                        Map.entry("PHOENIX_DISABLE_BASIC_AUTH", "TRUE"),
                        Map.entry("PHOENIX_ENABLE_STRONG_PASSWORD_POLICY", "TRUE"),
                        Map.entry("PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD", "first"),
                        Map.entry("PHOENIX_DISABLE_BRUTE_FORCE_LOGIN_PROTECTION", "TRUE"),
                        Map.entry("PHOENIX_PASSWORD_RESET_TOKEN_EXPIRY_MINUTES", "60"),
                        Map.entry("PHOENIX_ACCESS_TOKEN_EXPIRY_MINUTES", "0.5"),
                        Map.entry("PHOENIX_REFRESH_TOKEN_EXPIRY_MINUTES", "1440"),
                        Map.entry("PHOENIX_USE_SECURE_COOKIES", "TRUE"),
                        Map.entry("PHOENIX_COOKIES_PATH", "/phoenix"),
                        Map.entry("PHOENIX_SMTP_HOSTNAME", "mail.example.com"),
                        Map.entry("PHOENIX_SMTP_PORT", "465"),
                        Map.entry("PHOENIX_SMTP_USERNAME", "ann"),
                        Map.entry("PHOENIX_SMTP_PASSWORD", "pw"),
                        Map.entry("PHOENIX_SMTP_MAIL_FROM", "phoenix@example.com"),
                        Map.entry("PHOENIX_SMTP_VALIDATE_CERTS", "FALSE"),
                        Map.entry("PHOENIX_SUPPORT_EMAIL", "help@example.com"),
                        Map.entry("PHOENIX_MANAGEMENT_URL", "https://console.example.com"));
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
                                        false,
                                        Optional.of(
                                                new DatabaseUrl.Postgres(
                                                        "replica",
                                                        5432,
                                                        Optional.of("traces"),
                                                        Optional.of("ann"),
                                                        Optional.empty(),
                                                        Map.of()))),
                                new DiskSettings(
                                        OptionalDouble.of(0.5),
                                        OptionalDouble.of(70),
                                        OptionalDouble.of(90)),
                                new IngestSettings(1, 2, 3, 4, false),
                                new ObservabilitySettings(
                                        LoggingMode.STRUCTURED,
                                        LoggingLevel.DEBUG,
                                        LoggingLevel.CRITICAL,
                                        true,
                                        9999,
                                        Optional.of(URI.create("http://collector:4318")),
                                        Optional.of(URI.create("https://collector:4317"))),
                                new ApiSettings(true, false),
                                new UiSettings(
                                        false,
                                        false,
                                        Optional.of(URI.create("https://console.example.com"))),
                                new AuthSettings(
                                        true,
                                        Optional.of(Secret.of("new-secret-0123456789-0123456789")),
                                        List.of(
                                                Secret.of("old-secret-0123456789-0123456789"),
                                                Secret.of("ancient-secret-0123456789-01234567")),
                                        Optional.of(Secret.of("admin-secret-0123456789-01234567")),
                                        List.of(
                                                new AuthSettings.InitialAdmin("Ann = B", "ann@x.y"),
                                                new AuthSettings.InitialAdmin("Bo", "bo@x.y")),
                                        false,
                                        true),
                                new PasswordSettings(
                                        false,
                                        true,
                                        Secret.of("first"),
                                        OptionalInt.empty(),
                                        Duration.ofMinutes(60)),
                                new SessionSettings(
                                        Duration.ofSeconds(30),
                                        Duration.ofDays(1),
                                        true,
                                        "/phoenix"),
                                new AuditSettings(Duration.ofDays(30)),
                                new RetentionSettings(14),
                                new BrowserSettings(
                                        Set.of("example.com", "other.example.com"),
                                        List.of("https://app.example.com:8443"),
                                        List.of(range("10.0.0.0/8"), range("::1")),
                                        false),
                                new OutboundSettings(
                                        Set.of("ollama.internal"),
                                        List.of(range("192.168.0.0/16"))),
                                new TlsSettings(false, false, Optional.empty()),
                                new MailSettings(
                                        Optional.of(
                                                new MailSettings.Smtp(
                                                        "mail.example.com",
                                                        465,
                                                        Optional.of(
                                                                new MailSettings.Credentials(
                                                                        "ann", Secret.of("pw"))),
                                                        "phoenix@example.com",
                                                        false)),
                                        Optional.of("help@example.com")),
                                Optional.empty(),
                                new OidcSettings(
                                        List.of(
                                                new IdentityProvider(
                                                        "google",
                                                        "Google",
                                                        "phoenix",
                                                        new IdentityProvider.ClientProof
                                                                .SecretInHeader(Secret.of("pw")),
                                                        URI.create("https://x.y"),
                                                        true,
                                                        false,
                                                        false,
                                                        List.of("openid", "email", "profile"),
                                                        "email",
                                                        Optional.empty(),
                                                        Optional.empty())))));
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
                "PHOENIX_SMTP_PASSWORD|x|PHOENIX_SMTP_USERNAME and PHOENIX_SMTP_PASSWORD belong"
                        + " together, only PHOENIX_SMTP_PASSWORD is set: set both, or neither for a"
                        + " server that asks for none.",
                "PHOENIX_SMTP_MAIL_FROM|Ann <a@b.c>|PHOENIX_SMTP_MAIL_FROM must be a mail address,"
                        + " was 'Ann <a@b.c>': write it like phoenix@example.com.",
                "PHOENIX_CSRF_TRUSTED_ORIGINS|foo|PHOENIX_CSRF_TRUSTED_ORIGINS must be a"
                        + " comma-separated list of origins, had 'foo': write them like"
                        + " https://phoenix.example.com.",
                "PHOENIX_READ_ONLY|1|PHOENIX_READ_ONLY must be TRUE or FALSE, was '1': set one of"
                        + " the two or unset it.",
                "PHOENIX_PORT|abc|PHOENIX_PORT must be a whole number from 0 to 65535, was 'abc':"
                        + " correct it or unset it.",
                "PHOENIX_PORT|65536|PHOENIX_PORT must be a whole number from 0 to 65535, was"
                        + " '65536': correct it or unset it.",
                "PHOENIX_MAX_SPANS_QUEUE_SIZE|0|PHOENIX_MAX_SPANS_QUEUE_SIZE must be a whole number"
                        + " from 1 to 2147483647, was '0': correct it or unset it.",
                "PHOENIX_LOGGING_LEVEL|loud|PHOENIX_LOGGING_LEVEL must be one of debug, info,"
                        + " warning, error, critical, was 'loud': set one of them or unset it.",
                "PHOENIX_HOST_ROOT_PATH|phoenix|PHOENIX_HOST_ROOT_PATH must start with / and must"
                        + " not end with /, was 'phoenix': write it like /phoenix.",
                "PHOENIX_HOST_ROOT_PATH|/phoenix/|PHOENIX_HOST_ROOT_PATH must start with / and must"
                        + " not end with /, was '/phoenix/': write it like /phoenix.",
                "PHOENIX_ROOT_URL|example.com|PHOENIX_ROOT_URL must be a URL with http or https and"
                        + " a host, was 'example.com': write it like https://phoenix.example.com.",
                "PHOENIX_ENABLE_AUTH|TRUE|PHOENIX_SECRET must be set when PHOENIX_ENABLE_AUTH is"
                        + " TRUE, because it signs every token: set it to at least 32 random"
                        + " characters, such as the output of openssl rand -hex 32.",
                "PHOENIX_SECRET|only-letters-only-letters-only-letters|PHOENIX_SECRET must have at"
                        + " least 32 characters of ASCII without blanks, among them a digit and a"
                        + " lowercase letter, had no digit: set it to the output of openssl rand"
                        + " -hex 32.",
                "PHOENIX_SECRET|short1|PHOENIX_SECRET must have at least 32 characters of ASCII"
                        + " without blanks, among them a digit and a lowercase letter, had 6"
                        + " characters: set it to the output of openssl rand -hex 32.",
                "PHOENIX_ADMIN_SECRET|an-admin-secret-of-tests-0123456789|PHOENIX_ADMIN_SECRET"
                        + " needs a PHOENIX_SECRET that differs from it: set both, to different"
                        + " values.",
                "PHOENIX_ADMINS|Ann|PHOENIX_ADMINS must be a list like Ann"
                        + " Example=ann@example.com;Bo=bo@example.com, but has 'Ann': correct that"
                        + " entry.",
                "PHOENIX_ADMINS|Ann=ann@x.y;Bo=ANN@x.y|PHOENIX_ADMINS must name nobody twice, but"
                        + " 'Bo=ANN@x.y' repeats a name or an address: remove the second one.",
                "PHOENIX_ACCESS_TOKEN_EXPIRY_MINUTES|0|PHOENIX_ACCESS_TOKEN_EXPIRY_MINUTES must be"
                        + " a number of minutes above 0, was '0': correct it or unset it.",
                "PHOENIX_COOKIES_PATH|phoenix|PHOENIX_COOKIES_PATH must start with / and hold"
                        + " neither blanks nor semicolons, was 'phoenix': write it like /phoenix.",
                "PHOENIX_DISABLE_BASIC_AUTH|TRUE|PHOENIX_DISABLE_BASIC_AUTH is TRUE, but there is"
                        + " no other way to log in: configure an identity provider (PHOENIX_OAUTH2_...)"
                        + " or a directory (PHOENIX_LDAP_HOST), or unset it.",
                "PHOENIX_TLS_ENABLED_FOR_GRPC|TRUE|PHOENIX_TLS_CERT_FILE must be set when TLS is"
                        + " on: set it to the path of a PEM file.",
                "PHOENIX_ALLOWED_ORIGINS|*|PHOENIX_ALLOWED_ORIGINS must not be *, because every"
                        + " website could then act for whoever visits it: list the origins.",
                "PHOENIX_ALLOWED_ORIGINS|app|PHOENIX_ALLOWED_ORIGINS must be a comma-separated list"
                        + " of origins, had 'app': write them like https://app.example.com.",
                "PHOENIX_TRUSTED_PROXIES|proxy|PHOENIX_TRUSTED_PROXIES must be a comma-separated"
                        + " list of addresses and ranges, had 'proxy': write them like 10.0.0.0/8.",
                "PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS|http://x|PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS"
                        + " must be a comma-separated list of host names, addresses and ranges, had"
                        + " 'http://x': write them like ollama.internal or 10.1.0.0/16, without scheme"
                        + " and port.",
                "PHOENIX_AUDIT_LOG_RETENTION_DAYS|-1|PHOENIX_AUDIT_LOG_RETENTION_DAYS must be a"
                        + " whole number from 0 to 36500, was '-1': correct it or unset it.",
                "PHOENIX_SQL_DATABASE_READ_REPLICA_URL|sqlite:///x|PHOENIX_SQL_DATABASE_READ_REPLICA_URL"
                        + " must lead to a PostgreSQL replica of the database: correct it or unset it.",
                "PHOENIX_POSTGRES_HOST|db|PHOENIX_POSTGRES_USER must be set when"
                        + " PHOENIX_POSTGRES_HOST is: set it, or use PHOENIX_SQL_DATABASE_URL instead.",
                "PHOENIX_SQL_DATABASE_SCHEMA|pg_x|PHOENIX_SQL_DATABASE_SCHEMA must have at most 63"
                        + " characters, no quotes and not start with pg_, was 'pg_x': choose a plain"
                        + " name like phoenix.",
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
                        "%s must be a port number, was 'tcp://10.0.0.1:6006', which Kubernetes sets"
                                + " for every Service whose name makes this variable: rename that"
                                + " Service, set enableServiceLinks: false on the pod, or set %s"
                                + " yourself.",
                        variable, variable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc|false|PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD does not keep the rule: Password"
                        + " must be at least 4 characters long. Set it to one that does.",
                "abc def|false|PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD does not keep the rule:"
                        + " Password must contain only printable ASCII characters and no"
                        + " whitespace. Set it to one that does.",
                "longer-than-twelve1|true|PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD does not keep the"
                        + " rule of PHOENIX_ENABLE_STRONG_PASSWORD_POLICY: Password must be at least"
                        + " one uppercase letter, and at least one special character of"
                        + " !@#$%^&*()_+. Set it to one that does."
            })
    void weakFirstPassword_isRefused(String password, boolean strong, String sentence) {
        Map<String, String> environment =
                Map.of(
                        "PHOENIX_ENABLE_AUTH",
                        "true",
                        "PHOENIX_SECRET",
                        "new-secret-0123456789-0123456789",
                        "PHOENIX_ENABLE_STRONG_PASSWORD_POLICY",
                        String.valueOf(strong),
                        "PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD",
                        password);
        assertThatThrownBy(() -> Settings.load(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "https://phoenix.example.com, , true",
        "http://phoenix.example.com, , false",
        "https://phoenix.example.com, FALSE, false"
    })
    void cookies_areSecureWhereTheRootUrlIs(String url, String told, boolean secure) {
        Map<String, String> environment = new HashMap<>(Map.of("PHOENIX_ROOT_URL", url));
        if (told != null) {
            environment.put("PHOENIX_USE_SECURE_COOKIES", told);
        }
        assertThat(Settings.load(environment).sessions().secureCookies()).isEqualTo(secure);
    }

    @ParameterizedTest
    @CsvSource({
        ", , false",
        ", /phoenix, false",
        "https://example.com, , false",
        "https://example.com/, , false",
        "https://example.com/phoenix, /phoenix, false",
        "https://example.com/phoenix/, /phoenix, false",
        "https://example.com/phoenix, , true",
        "https://example.com, /phoenix, true",
        "https://example.com/phoenix2, /phoenix, true"
    })
    void rootUrlAndRootPath_nameOnePath(String url, String path, boolean two) {
        Map<String, String> environment = new HashMap<>();
        if (url != null) {
            environment.put("PHOENIX_ROOT_URL", url);
        }
        if (path != null) {
            environment.put("PHOENIX_HOST_ROOT_PATH", path);
        }
        assertThat(Settings.load(environment).network().isAtTwoPaths()).isEqualTo(two);
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

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}
