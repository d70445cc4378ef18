package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.Postgres;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.SettingsException;
import dev.phoenix.server.settings.StorageSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever keeps the database from opening is told in one sentence. */
class DatabaseFailureTest {

    @TempDir private Path folder;

    @Test
    void unwritableFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refused(
                Map.of("PHOENIX_WORKING_DIR", file.resolve("below").toString()),
                "PHOENIX_WORKING_DIR leads to the SQLite file %s/below/phoenix.db, which cannot be opened for writing (%s"
                        .formatted(file, file));
    }

    @Test
    void fileOfAnotherKind() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("notes.db"),
                        "These are notes and no database. ".repeat(100));
        refused(
                Map.of("PHOENIX_SQL_DATABASE_URL", "sqlite:///" + file),
                "PHOENIX_SQL_DATABASE_URL leads to the SQLite file %s, which cannot be opened for writing ("
                        .formatted(file));
    }

    @Test
    void unreachableServer() throws IOException {
        int port = freePort();
        refused(
                Map.of("PHOENIX_SQL_DATABASE_URL", "postgresql://ann:pw@localhost:" + port + "/x"),
                "PHOENIX_SQL_DATABASE_URL leads to PostgreSQL at localhost:%d, which cannot be reached ("
                        .formatted(port));
    }

    @Test
    void unknownHost() {
        refused(
                Map.of(
                        "PHOENIX_POSTGRES_HOST", "nowhere.invalid",
                        "PHOENIX_POSTGRES_USER", "ann",
                        "PHOENIX_POSTGRES_PASSWORD", "pw"),
                "PHOENIX_POSTGRES_HOST leads to PostgreSQL at nowhere.invalid:5432, which cannot be reached (");
    }

    @Test
    void unknownUser() {
        int port = Postgres.embedded().port();
        refused(
                Map.of(
                        "PHOENIX_POSTGRES_HOST", "localhost",
                        "PHOENIX_POSTGRES_PORT", Integer.toString(port),
                        "PHOENIX_POSTGRES_USER", "nobody",
                        "PHOENIX_POSTGRES_PASSWORD", "wrong",
                        "PHOENIX_POSTGRES_DB", "postgres"),
                "PHOENIX_POSTGRES_PASSWORD is refused by PostgreSQL at localhost:%d ("
                        .formatted(port));
    }

    @Test
    void missingDatabase() {
        int port = Postgres.embedded().port();
        refused(
                Map.of(
                        "PHOENIX_SQL_DATABASE_URL",
                        "postgresql://postgres@localhost:" + port + "/absent"),
                "PHOENIX_SQL_DATABASE_URL names the database 'absent', which PostgreSQL at localhost:%d does not have: create it or name another."
                        .formatted(port));
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void newerSchema(TestEngine engine) throws SQLException {
        StorageSettings storage = engine.newStorage(folder, Map.of());
        Database.migrate(storage);
        execute(
                storage,
                "INSERT INTO flyway_schema_history SELECT 1000, '999', 'later', type, script, checksum, installed_by, installed_on, execution_time, success FROM flyway_schema_history WHERE version = '1'");
        assertThatThrownBy(() -> Database.open(storage))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PHOENIX_SQL_DATABASE_URL leads to a database with schema version 999, which is newer than this server: use a newer server or another database.");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void tablesOfAnotherProgram(TestEngine engine) throws SQLException {
        StorageSettings storage =
                engine.newStorage(folder, Map.of("PHOENIX_DANGEROUSLY_DISABLE_MIGRATIONS", "TRUE"));
        execute(storage, "CREATE TABLE alembic_version (version_num TEXT)");
        assertThatThrownBy(() -> Database.migrate(storage))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "PHOENIX_SQL_DATABASE_URL leads to a database that already has tables of another program: use an empty one, ");
    }

    private static void refused(Map<String, String> environment, String beginning) {
        StorageSettings storage = Settings.load(environment).storage();
        assertThatThrownBy(() -> Database.open(storage))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(beginning)
                .message()
                .endsWith(".")
                .doesNotContain("\n");
    }

    private static void execute(StorageSettings storage, String sql) throws SQLException {
        try (Database database = Database.open(storage);
                Connection connection = database.writer().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
