package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.settings.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void reader_cannotWrite(TestEngine engine) throws SQLException {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()));
                Connection connection = database.reader().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM spans"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void newFiles_areOnlyTheirOwners() throws Exception {
        Path parent = folder.resolve("new");
        Path data = parent.resolve("data");
        try (Database database = Database.open(TestEngine.SQLITE.newStorage(data, Map.of()))) {
            assertThat(database.isReachable()).isTrue();
            assertThat(rights(parent)).isEqualTo("rwx------");
            assertThat(rights(data)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(data)) {
                assertThat(files)
                        .extracting(file -> file.getFileName() + " " + rights(file))
                        .containsExactlyInAnyOrder(
                                "phoenix.db rw-------",
                                "phoenix.db-shm rw-------",
                                "phoenix.db-wal rw-------",
                                "phoenix.db.lock rw-------");
            }
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void serversStartingTogether_migrateOnce(TestEngine engine) throws Exception {
        StorageSettings storage = engine.newStorage(folder, Map.of());
        List<Callable<Boolean>> servers = new ArrayList<>();
        for (int server = 0; server < 4; server++) {
            servers.add(
                    () -> {
                        try (Database database = Database.open(storage)) {
                            return database.isReachable();
                        }
                    });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> server : threads.invokeAll(servers)) {
                assertThat(server.get()).isTrue();
            }
        }
    }

    @Test
    void sqlite_isDurableAndFast() throws SQLException {
        try (Database database = Database.open(TestEngine.SQLITE.newStorage(folder, Map.of()))) {
            assertThat(pragmas(database.writer()))
                    .isEqualTo(
                            Map.of(
                                    "journal_mode", "wal",
                                    "synchronous", "2",
                                    "page_size", "8192",
                                    "wal_autocheckpoint", "50000",
                                    "busy_timeout", "10000",
                                    "foreign_keys", "1"));
        }
    }

    /** Fewer pages than the writer looks after itself. */
    @Test
    void sqlite_committedPagesLeaveTheLogBesideTheWriter() throws SQLException {
        int pages = 12_000;
        try (Database database = Database.open(TestEngine.SQLITE.newStorage(folder, Map.of()));
                Connection observer = database.reader().getConnection()) {
            database.transaction(sql -> sql.execute("CREATE TABLE filling (page TEXT)"));
            for (int page = 0; page < pages; page += 1000) {
                database.transaction(
                        sql ->
                                sql.execute(
                                        """
                                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                                        INSERT INTO filling SELECT hex(randomblob(3800)) FROM n
                                        """));
            }
            Await.await(Duration.ofSeconds(30), true, () -> inLog(observer) < 10_000);
        }
    }

    private static int inLog(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            return row.next() ? row.getInt("log") - row.getInt("checkpointed") : -1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void postgres_usesTenConnectionsAtMost() throws SQLException {
        try (Database database =
                Database.open(TestEngine.POSTGRESQL.newStorage(folder, Map.of()))) {
            List<Connection> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                open.add(database.writer().getConnection());
            }
            for (int i = 0; i < 6; i++) {
                open.add(database.reader().getConnection());
            }
            assertThatThrownBy(() -> database.reader().getConnection())
                    .isInstanceOf(SQLException.class);
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    @Test
    void schema_isCreatedAndHoldsEveryTable() throws SQLException {
        StorageSettings storage =
                TestEngine.POSTGRESQL.newStorage(
                        folder, Map.of("PHOENIX_SQL_DATABASE_SCHEMA", "My Traces"));
        try (Database database = Database.open(storage);
                Connection connection = database.writer().getConnection();
                ResultSet tables =
                        connection
                                .getMetaData()
                                .getTables(null, null, "%", new String[] {"TABLE"})) {
            assertThat(new KeyAllocator(database).reserve("spans", 1)).isEqualTo(1);
            assertThat(rows(tables, "TABLE_SCHEM")).containsOnly("My Traces");
        }
    }

    private static Map<String, String> pragmas(DataSource writer) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        try (Connection connection = writer.getConnection();
                Statement statement = connection.createStatement()) {
            for (String name :
                    List.of(
                            "journal_mode",
                            "synchronous",
                            "page_size",
                            "wal_autocheckpoint",
                            "busy_timeout",
                            "foreign_keys")) {
                try (ResultSet value = statement.executeQuery("PRAGMA " + name)) {
                    values.put(name, value.getString(1));
                }
            }
        }
        return values;
    }

    private static List<String> rows(ResultSet rows, String column) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(column));
        }
        return values;
    }
}
