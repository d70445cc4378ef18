package dev.phoenix.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and how telemetry is stored.
 *
 * @param urlVariable the variable that decided the URL: the one to change when it does not work
 * @param schema PostgreSQL schema of every table; SQLite has none
 * @param workingDirectory holds the SQLite file; created only when something is written there
 * @param poolSize connections to the database, in total
 * @param readTimeout how long one query may take
 * @param migrate whether the schema is brought up to date at start
 * @param logMigrations whether each migration is logged
 * @param readReplica a PostgreSQL that follows the other one; SQLite has none
 */
public record StorageSettings(
        DatabaseUrl url,
        String urlVariable,
        Optional<String> schema,
        Path workingDirectory,
        int poolSize,
        Duration readTimeout,
        boolean migrate,
        boolean logMigrations,
        Optional<DatabaseUrl.Postgres> readReplica) {

    private static final String REPLICA = "PHOENIX_SQL_DATABASE_READ_REPLICA_URL";

    static StorageSettings read(SettingsReader reader) {
        Path workingDirectory = workingDirectory(reader);
        return new StorageSettings(
                url(reader, workingDirectory),
                urlVariable(reader),
                reader.text("PHOENIX_SQL_DATABASE_SCHEMA").map(StorageSettings::checkSchema),
                workingDirectory,
                reader.integer("PHOENIX_DATABASE_POOL_SIZE", 10, 4, 1000),
                Duration.ofSeconds(reader.integer("PHOENIX_READ_TIMEOUT_SECONDS", 30, 1, 3600)),
                !reader.flag("PHOENIX_DANGEROUSLY_DISABLE_MIGRATIONS", false),
                reader.flag("PHOENIX_LOG_MIGRATIONS", true),
                reader.text(REPLICA).map(StorageSettings::replica));
    }

    private static DatabaseUrl.Postgres replica(String url) {
        try {
            if (DatabaseUrl.parse(url) instanceof DatabaseUrl.Postgres postgres) {
                return postgres;
            }
        } catch (SettingsException e) {
            throw new SettingsException(
                    String.valueOf(e.getMessage()).replace("PHOENIX_SQL_DATABASE_URL", REPLICA), e);
        }
        throw new SettingsException(
                REPLICA
                        + " must lead to a PostgreSQL replica of the database: correct it or unset"
                        + " it.");
    }

    /** These settings, but for the database that is a replica of the other one. */
    public StorageSettings ofReplica(DatabaseUrl.Postgres replica) {
        return new StorageSettings(
                replica,
                REPLICA,
                schema,
                workingDirectory,
                poolSize,
                readTimeout,
                false,
                logMigrations,
                Optional.empty());
    }

    private static Path workingDirectory(SettingsReader reader) {
        Optional<String> configured = reader.text("PHOENIX_WORKING_DIR");
        if (configured.isPresent() && !configured.get().startsWith("~")) {
            return Path.of(configured.get()).toAbsolutePath().normalize();
        }
        String home = reader.text("HOME").orElseGet(() -> System.getProperty("user.home", ""));
        if (!Path.of(home).isAbsolute()) {
            throw new SettingsException(
                    "PHOENIX_WORKING_DIR must be set to an absolute path, because this user has no"
                            + " home folder to put .phoenix in.");
        }
        return configured
                .map(path -> Path.of(home + path.substring(1)))
                .orElseGet(() -> Path.of(home, ".phoenix"));
    }

    private static String urlVariable(SettingsReader reader) {
        return Stream.of("PHOENIX_SQL_DATABASE_URL", "PHOENIX_POSTGRES_HOST")
                .filter(name -> reader.text(name).isPresent())
                .findFirst()
                .orElse("PHOENIX_WORKING_DIR");
    }

    private static DatabaseUrl url(SettingsReader reader, Path workingDirectory) {
        return reader.text("PHOENIX_SQL_DATABASE_URL")
                .map(DatabaseUrl::parse)
                .or(() -> reader.text("PHOENIX_POSTGRES_HOST").map(host -> postgres(host, reader)))
                .orElseGet(
                        () -> new DatabaseUrl.SqliteFile(workingDirectory.resolve("phoenix.db")));
    }

    private static DatabaseUrl postgres(String host, SettingsReader reader) {
        Optional<String> user = reader.text("PHOENIX_POSTGRES_USER");
        Optional<String> password = reader.text("PHOENIX_POSTGRES_PASSWORD");
        require(user, "PHOENIX_POSTGRES_USER");
        require(password, "PHOENIX_POSTGRES_PASSWORD");
        return new DatabaseUrl.Postgres(
                checkHost(host),
                reader.port("PHOENIX_POSTGRES_PORT", DatabaseUrl.Postgres.DEFAULT_PORT),
                reader.text("PHOENIX_POSTGRES_DB"),
                user,
                password.map(Secret::of),
                Map.of());
    }

    private static void require(Optional<String> value, String name) {
        if (value.isEmpty()) {
            throw new SettingsException(
                    "%s must be set when PHOENIX_POSTGRES_HOST is: set it, or use PHOENIX_SQL_DATABASE_URL instead."
                            .formatted(name));
        }
    }

    private static String checkHost(String host) {
        boolean hasPort = host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
        if (hasPort || host.contains("/")) {
            throw new SettingsException(
                    "PHOENIX_POSTGRES_HOST must be a host name or address alone, was '%s': put the port into PHOENIX_POSTGRES_PORT."
                            .formatted(host));
        }
        return host;
    }

    private static String checkSchema(String schema) {
        if (schema.length() > 63 || schema.startsWith("pg_") || schema.contains("\"")) {
            throw new SettingsException(
                    "PHOENIX_SQL_DATABASE_SCHEMA must have at most 63 characters, no quotes and not start with pg_, was '%s': choose a plain name like phoenix."
                            .formatted(schema));
        }
        return schema;
    }
}
