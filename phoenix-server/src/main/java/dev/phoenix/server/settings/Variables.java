package dev.phoenix.server.settings;

import dev.phoenix.server.settings.Variable.Availability;
import dev.phoenix.server.settings.Variable.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All variables of the contract and our own: what is obeyed, what comes later, what belongs to
 * clients.
 */
public final class Variables {

    private static final List<Variable> ALL =
            Stream.of(
                            network(),
                            storage(),
                            ingest(),
                            observability(),
                            access(),
                            mail(),
                            features(),
                            clients())
                    .flatMap(List::stream)
                    .toList();

    private Variables() {}

    public static List<Variable> all() {
        return ALL;
    }

    public static Optional<Variable> find(String name) {
        return ALL.stream().filter(variable -> variable.matches(name)).findFirst();
    }

    private static List<Variable> network() {
        return List.of(
                present("PHOENIX_HOST", "bind address of HTTP and gRPC; loopback only when unset"),
                present("PHOENIX_PORT", "HTTP port, 6006"),
                present("PHOENIX_GRPC_PORT", "OTLP gRPC port, 4317"),
                present("PHOENIX_HOST_ROOT_PATH", "path prefix behind a proxy"),
                present("PHOENIX_ROOT_URL", "URL users reach the server at"),
                present("PHOENIX_ALLOWED_ORIGINS", "origins whose pages may read answers (CORS)"),
                present(
                        "PHOENIX_CSRF_TRUSTED_ORIGINS",
                        "the only origins whose pages may send requests; unset, other sites cannot"
                                + " act for people"),
                own("PHOENIX_TRUSTED_PROXIES", "addresses whose X-Forwarded-For is believed"),
                own(
                        "PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS",
                        "private hosts, addresses and ranges that URLs of users may lead to"),
                present("PHOENIX_TLS_ENABLED", "TLS on both listeners"),
                present(
                        "PHOENIX_TLS_ENABLED_FOR_HTTP",
                        "TLS on HTTP, instead of PHOENIX_TLS_ENABLED"),
                present(
                        "PHOENIX_TLS_ENABLED_FOR_GRPC",
                        "TLS on gRPC, instead of PHOENIX_TLS_ENABLED"),
                present("PHOENIX_TLS_CERT_FILE", "certificate"),
                present("PHOENIX_TLS_KEY_FILE", "private key"),
                present("PHOENIX_TLS_KEY_FILE_PASSWORD", "password of the private key"),
                present("PHOENIX_TLS_CA_FILE", "authorities of client certificates"),
                present("PHOENIX_TLS_VERIFY_CLIENT", "require client certificates"),
                own("PHOENIX_PROMETHEUS_PORT", "port of the metrics, 9090"));
    }

    private static List<Variable> storage() {
        return List.of(
                present("PHOENIX_WORKING_DIR", "folder of the SQLite database, ~/.phoenix"),
                present("PHOENIX_SQL_DATABASE_URL", "database, {PHOENIX_WORKING_DIR}/phoenix.db"),
                present("PHOENIX_SQL_DATABASE_SCHEMA", "PostgreSQL schema, created if missing"),
                present("PHOENIX_SQL_DATABASE_READ_REPLICA_URL", "PostgreSQL replica for reads"),
                present("PHOENIX_POSTGRES_HOST", "PostgreSQL host, instead of a URL"),
                present("PHOENIX_POSTGRES_PORT", "PostgreSQL port, 5432"),
                present("PHOENIX_POSTGRES_USER", "PostgreSQL user"),
                present("PHOENIX_POSTGRES_PASSWORD", "PostgreSQL password"),
                present("PHOENIX_POSTGRES_DB", "PostgreSQL database, the user's name"),
                later(
                        "PHOENIX_POSTGRES_USE_AWS_IAM_AUTH",
                        "AWS IAM tokens; TRUE stops the start until available"),
                later(
                        "PHOENIX_POSTGRES_USE_AZURE_MANAGED_IDENTITY",
                        "Azure tokens; TRUE stops the start until available"),
                later("PHOENIX_POSTGRES_AZURE_SCOPE", "scope of Azure tokens"),
                ignored("PHOENIX_POSTGRES_AWS_IAM_TOKEN_LIFETIME_SECONDS", "deprecated"),
                later("PHOENIX_LOG_SQL", "log SQL statements"),
                later(
                        "PHOENIX_MIGRATE_INDEX_CONCURRENTLY",
                        "build PostgreSQL indexes without blocking writes"),
                present("PHOENIX_DANGEROUSLY_DISABLE_MIGRATIONS", "leave the schema as it is"),
                present("PHOENIX_LOG_MIGRATIONS", "log each migration"),
                present(
                        "PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES",
                        "size of the database's disk, watched with one of the next two"),
                present(
                        "PHOENIX_DATABASE_USAGE_EMAIL_WARNING_THRESHOLD_PERCENTAGE",
                        "usage that is warned of in the log and by mail"),
                present(
                        "PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE",
                        "usage that stops inserts and updates"),
                present("PHOENIX_DEFAULT_RETENTION_POLICY_DAYS", "days to keep traces, 0 for ever"),
                own("PHOENIX_DATABASE_POOL_SIZE", "database connections in total, 10"),
                own("PHOENIX_READ_TIMEOUT_SECONDS", "longest time of one query, 30"));
    }

    private static List<Variable> ingest() {
        return List.of(
                present("PHOENIX_MAX_SPANS_QUEUE_SIZE", "spans received but not yet stored, 20000"),
                own("PHOENIX_MAX_SPANS_QUEUE_BYTES", "the memory they take, 560 MiB"),
                own("PHOENIX_MAX_REQUEST_BYTES", "size of a request as sent, 32 MiB"),
                own(
                        "PHOENIX_MAX_INFLATED_REQUEST_BYTES",
                        "size of a request after decompression, 128 MiB"),
                own(
                        "PHOENIX_MASK_LEAKED_SECRETS",
                        "whether API keys and environment variables that senders leak are hidden,"
                                + " true"));
    }

    private static List<Variable> observability() {
        return List.of(
                present("PHOENIX_LOGGING_MODE", "default or structured (JSON lines)"),
                present("PHOENIX_LOGGING_LEVEL", "debug, info, warning, error or critical"),
                present("PHOENIX_DB_LOGGING_LEVEL", "the same for the database layer, warning"),
                present("PHOENIX_ENABLE_PROMETHEUS", "serve metrics on their own port"),
                own(
                        "PHOENIX_AUDIT_LOG_RETENTION_DAYS",
                        "days to keep the audit log, 365; 0 for ever"),
                present(
                        "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_HTTP_ENDPOINT",
                        "export own traces over HTTP to this collector"),
                present(
                        "PHOENIX_SERVER_INSTRUMENTATION_OTLP_TRACE_COLLECTOR_GRPC_ENDPOINT",
                        "export own traces over gRPC to this collector"),
                later(
                        "PHOENIX_SERVER_INSTRUMENTATION_OTLP_LOG_COLLECTOR_HTTP_ENDPOINT",
                        "export own logs"),
                later(
                        "PHOENIX_SERVER_INSTRUMENTATION_OTLP_LOG_COLLECTOR_GRPC_ENDPOINT",
                        "export own logs"));
    }

    private static List<Variable> access() {
        Stream<Variable> single =
                Stream.of(
                        present("PHOENIX_ENABLE_AUTH", "callers must say who they are"),
                        present("PHOENIX_SECRET", "signs tokens, derives encryption keys"),
                        own(
                                "PHOENIX_PREVIOUS_SECRETS",
                                "former values of PHOENIX_SECRET, comma separated, still accepted"),
                        present("PHOENIX_ADMIN_SECRET", "bearer token of the system user"),
                        present("PHOENIX_DISABLE_BASIC_AUTH", "no passwords"),
                        present(
                                "PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD",
                                "first password of the admin"),
                        present("PHOENIX_ADMINS", "admins created at start"),
                        present("PHOENIX_ENABLE_STRONG_PASSWORD_POLICY", "stricter passwords"),
                        present(
                                "PHOENIX_DISABLE_RATE_LIMIT",
                                "no limits of log-ins by address and of one caller's requests at once"),
                        present(
                                "PHOENIX_DISABLE_BRUTE_FORCE_LOGIN_PROTECTION",
                                "no lock after failed logins"),
                        present(
                                "PHOENIX_BRUTE_FORCE_LOGIN_PROTECTION_MAX_ATTEMPTS",
                                "failed logins before the lock"),
                        present("PHOENIX_USE_SECURE_COOKIES", "cookies over HTTPS only"),
                        present("PHOENIX_COOKIES_PATH", "path of cookies"),
                        present("PHOENIX_ACCESS_TOKEN_EXPIRY_MINUTES", "life of access tokens"),
                        present("PHOENIX_REFRESH_TOKEN_EXPIRY_MINUTES", "life of refresh tokens"),
                        present(
                                "PHOENIX_PASSWORD_RESET_TOKEN_EXPIRY_MINUTES",
                                "life of reset links"),
                        later(
                                "PHOENIX_ENABLE_OAUTH2_AUTHORIZATION_SERVER",
                                "log-in for CLI and MCP clients"),
                        later("PHOENIX_OAUTH2_GRANT_EXPIRY_DAYS", "life of a client's grant"),
                        later("PHOENIX_OAUTH2_CONSENT_ORIGIN_CHECK", "strict or off"),
                        later(
                                "PHOENIX_OAUTH2_DYNAMIC_CLIENT_REGISTRATION",
                                "who may register clients"),
                        later(
                                "PHOENIX_OAUTH2_ALLOWED_REDIRECT_HOSTS",
                                "hosts clients may redirect to"),
                        later("PHOENIX_OAUTH2_DCR_RATE_LIMIT_PER_HOUR", "registrations an hour"));
        Stream<Variable> identityProviders =
                IdentityProviderReader.SUFFIXES.stream()
                        .map(
                                suffix ->
                                        present(
                                                "PHOENIX_OAUTH2_<IDP>_" + suffix,
                                                "OpenID Connect provider"));
        Stream<Variable> ldap =
                Stream.of(
                                "HOST",
                                "PORT",
                                "TLS_MODE",
                                "TLS_VERIFY",
                                "TLS_CA_CERT_FILE",
                                "TLS_CLIENT_CERT_FILE",
                                "TLS_CLIENT_KEY_FILE",
                                "BIND_DN",
                                "BIND_PASSWORD",
                                "USER_SEARCH_BASE_DNS",
                                "USER_SEARCH_FILTER",
                                "ATTR_EMAIL",
                                "ATTR_DISPLAY_NAME",
                                "ATTR_MEMBER_OF",
                                "ATTR_UNIQUE_ID",
                                "GROUP_SEARCH_BASE_DNS",
                                "GROUP_SEARCH_FILTER",
                                "GROUP_SEARCH_FILTER_USER_ATTR",
                                "GROUP_ROLE_MAPPINGS",
                                "ALLOW_SIGN_UP")
                        .map(suffix -> present("PHOENIX_LDAP_" + suffix, "LDAP directory"));
        return Stream.of(single, identityProviders, ldap).flatMap(variables -> variables).toList();
    }

    private static List<Variable> mail() {
        return List.of(
                present("PHOENIX_SMTP_HOSTNAME", "mail server"),
                present("PHOENIX_SMTP_PORT", "its port, 587"),
                present("PHOENIX_SMTP_USERNAME", "its user"),
                present("PHOENIX_SMTP_PASSWORD", "its password"),
                present(
                        "PHOENIX_SMTP_MAIL_FROM",
                        "sender of mails, noreply@ the host of PHOENIX_ROOT_URL"),
                present("PHOENIX_SMTP_VALIDATE_CERTS", "check its certificate"),
                present("PHOENIX_SUPPORT_EMAIL", "address shown and copied where help is needed"),
                present(
                        "PHOENIX_MANAGEMENT_URL",
                        "where the server is hosted, a link for PHOENIX_ADMINS"));
    }

    private static List<Variable> features() {
        return List.of(
                present(
                        "PHOENIX_ALLOW_EXTERNAL_RESOURCES",
                        "fetch things from the internet unasked"),
                present(
                        "PHOENIX_MASK_INTERNAL_SERVER_ERRORS",
                        "hide the cause of unexpected errors"),
                own("PHOENIX_READ_ONLY", "refuse every write"),
                own("PHOENIX_ENABLE_UI", "serve the web interface"),
                later("PHOENIX_ALLOWED_PROVIDERS", "model providers shown"),
                later("PHOENIX_ALLOWED_SANDBOX_PROVIDERS", "sandboxes for code"),
                later("PHOENIX_WASM_BINARY_PATH", "interpreter of the WASM sandbox"),
                later("PHOENIX_ENABLE_MCP_SERVER", "MCP endpoint"),
                later("PHOENIX_ENABLE_MCP_CODE_MODE", "MCP tools as code"),
                later("PHOENIX_DISABLE_AGENT_ASSISTANT", "hide the assistant"),
                later("PHOENIX_AGENTS_COLLECTOR_ENDPOINT", "export the assistant's traces"),
                later("PHOENIX_AGENTS_COLLECTOR_API_KEY", "key for that"),
                later("PHOENIX_AGENTS_ASSISTANT_PROJECT_NAME", "project of the assistant's traces"),
                later("PHOENIX_AGENTS_FORCE_TRACING", "always trace the assistant"),
                later("PHOENIX_AGENTS_DISABLE_WEB_ACCESS", "no web tools"),
                later("PHOENIX_AGENTS_DISABLE_BASH", "no shell tool"),
                later("PHOENIX_AGENTS_DISABLE_GITHUB", "no GitHub tools"),
                later("PHOENIX_AGENTS_GITHUB_MCP_URL", "own GitHub MCP server"),
                later(
                        "PHOENIX_AGENTS_ENABLE_MCP_CODE_MODE",
                        "code mode of the assistant's MCP connection"),
                later("PHOENIX_SKILLS_PATHS", "folders of skills"),
                ignored("PHOENIX_TELEMETRY_ENABLED", "usage analytics, which do not exist here"),
                ignored("PHOENIX_FULLSTORY_ORG", "usage analytics, which do not exist here"),
                ignored("PHOENIX_SCARF_SH_PIXEL_ID", "usage analytics, which do not exist here"),
                ignored("PHOENIX_FASTAPI_MIDDLEWARE_PATHS", "Python plug-ins"),
                ignored("PHOENIX_GQL_EXTENSION_PATHS", "Python plug-ins"),
                ignored("PHOENIX_GRPC_INTERCEPTOR_PATHS", "Python plug-ins"),
                ignored("PHOENIX_ENABLE_WEBSOCKETS", "deprecated"));
    }

    private static List<Variable> clients() {
        return Stream.of(
                        "PHOENIX_ENDPOINT",
                        "PHOENIX_BASE_URL",
                        "PHOENIX_COLLECTOR_ENDPOINT",
                        "PHOENIX_PROJECT",
                        "PHOENIX_PROJECT_NAME",
                        "PHOENIX_CLIENT_HEADERS",
                        "PHOENIX_API_KEY",
                        "PHOENIX_LOG_LEVEL",
                        "PHOENIX_DISCOVER_CONFIG",
                        "PHOENIX_NOTEBOOK_ENV",
                        "PHOENIX_EDITOR",
                        "PHOENIX_CLI_DANGEROUSLY_ENABLE_DELETES",
                        "PHOENIX_TEST_TRACKING",
                        "PHOENIX_TEST_REPETITIONS",
                        "PHOENIX_TEST_DATASET",
                        "PHOENIX_TEST_REPORT_DIR",
                        "PHOENIX_TEST_REPORTER",
                        "PHOENIX_TEST_REPORTER_MAX_ROWS",
                        "PHOENIX_TEST_VERBOSE",
                        "PHOENIX_TEST_COLOR",
                        "PHOENIX_TEST_SESSION")
                .map(
                        name ->
                                new Variable(
                                        name,
                                        Origin.CONTRACT,
                                        Availability.CLIENT,
                                        "read by clients"))
                .toList();
    }

    private static Variable present(String name, String purpose) {
        return new Variable(name, Origin.CONTRACT, Availability.PRESENT, purpose);
    }

    private static Variable later(String name, String purpose) {
        return new Variable(name, Origin.CONTRACT, Availability.LATER, purpose);
    }

    private static Variable ignored(String name, String purpose) {
        return new Variable(name, Origin.CONTRACT, Availability.IGNORED, purpose);
    }

    private static Variable own(String name, String purpose) {
        return new Variable(name, Origin.OWN, Availability.PRESENT, purpose);
    }
}
