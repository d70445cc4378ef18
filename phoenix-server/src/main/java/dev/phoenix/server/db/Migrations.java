package dev.phoenix.server.db;

import dev.phoenix.server.settings.SettingsException;
import dev.phoenix.server.settings.StorageSettings;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date. Several servers may try at once: one does it, the others wait. */
final class Migrations {

    /** Named apart from the database layer, whose level is for its problems. */
    private static final Logger log = LoggerFactory.getLogger("dev.phoenix.migrations");

    private final DatabaseSource source;
    private final StorageSettings settings;

    Migrations(DatabaseSource source, StorageSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    /** Returns the version of the schema. */
    String run() {
        try (AutoCloseable turn = source.lock()) {
            Flyway flyway = flyway();
            refuseNewerSchema(flyway);
            MigrateResult result = flyway.migrate();
            if (settings.logMigrations() && result.migrationsExecuted > 0) {
                log.info(
                        "migrated the schema to version {} in {} ms",
                        result.targetSchemaVersion,
                        result.getTotalMigrationTime());
            }
            return String.valueOf(flyway.info().current().getVersion());
        } catch (FlywayException | SQLException e) {
            throw explain(e);
        } catch (SettingsException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the migration lock cannot be given back", e);
        }
    }

    private Flyway flyway() {
        FluentConfiguration configuration =
                Flyway.configure()
                        .dataSource(source.migrating())
                        .locations(
                                "classpath:db/migration/"
                                        + source.engine().name().toLowerCase(Locale.ROOT))
                        .placeholderReplacement(false);
        settings.schema()
                .filter(schema -> source.engine() == Engine.POSTGRESQL)
                .ifPresent(schema -> configuration.schemas(schema).createSchemas(true));
        return configuration.load();
    }

    private void refuseNewerSchema(Flyway flyway) {
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .reduce((_, last) -> last)
                .ifPresent(this::refuse);
    }

    private void refuse(MigrationInfo newest) {
        throw new SettingsException(
                "%s leads to a database with schema version %s, which is newer than this server: use a newer server or another database."
                        .formatted(settings.urlVariable(), newest.getVersion()));
    }

    private SettingsException explain(Exception problem) {
        boolean foreign =
                problem instanceof FlywayException flyway
                        && flyway.getErrorCode()
                                == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE;
        String sentence =
                foreign
                        ? "%s leads to a database that already has tables of another program: use an empty one, or on PostgreSQL an own schema with PHOENIX_SQL_DATABASE_SCHEMA."
                                .formatted(settings.urlVariable())
                        : "%s leads to a database that cannot be migrated (%s): correct the cause named, or use another one."
                                .formatted(settings.urlVariable(), Reason.of(rootCause(problem)));
        return new SettingsException(sentence, problem);
    }

    private static Throwable rootCause(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause == null ? problem : rootCause(cause);
    }
}
