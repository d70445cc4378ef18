package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.settings.DiskSettings;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DiskUsageTest {

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void lock_comesAndGoesWithTheUsage(TestEngine engine, @TempDir Path folder) throws Exception {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()))) {
            StorageLock lock = new StorageLock();
            double emptyGib = measured(database, lock, OptionalDouble.empty()).bytes() / (1L << 30);
            OptionalDouble capacity = OptionalDouble.of(emptyGib * 2);
            assertThat(lock.isLocked()).isFalse();

            fill(database, emptyGib);
            DiskUsage usage = measured(database, lock, capacity);
            assertThat(usage.ratio()).isGreaterThan(0.9);
            assertThat(lock.isLocked()).isTrue();

            empty(database, engine);
            assertThat(measured(database, lock, capacity).ratio()).isLessThan(0.9);
            assertThat(lock.isLocked()).isFalse();
        }
    }

    @Test
    void fullDisk_isToldByTheCodeOfEitherDatabase() {
        assertThat(DiskFull.caused(new SQLException("x", "53100"))).isTrue();
        assertThat(
                        DiskFull.caused(
                                new IllegalStateException(
                                        new SQLiteException("x", SQLiteErrorCode.SQLITE_FULL))))
                .isTrue();
        assertThat(DiskFull.caused(new SQLException("x", "53200"))).isFalse();
        assertThat(DiskFull.caused(null)).isFalse();
    }

    private static DiskUsage measured(Database database, StorageLock lock, OptionalDouble gib) {
        DiskUsage usage =
                new DiskUsage(
                        database,
                        new DiskSettings(gib, OptionalDouble.of(80), OptionalDouble.of(90)),
                        lock,
                        InstantSource.system());
        usage.measure();
        return usage;
    }

    /** With what does not compress, four times the empty database. */
    private static void fill(Database database, double emptyGib) throws SQLException {
        String statement = "INSERT INTO key_blocks (name, next_key) VALUES (?, 1)";
        int rows = (int) (emptyGib * (1L << 30) * 4 / 1000);
        Integer written =
                database.write(
                        connection -> {
                            try (PreparedStatement insert =
                                    connection.prepareStatement(statement)) {
                                for (int i = 0; i < rows; i++) {
                                    insert.setString(1, i + "x".repeat(1000));
                                    insert.addBatch();
                                }
                                return insert.executeBatch().length;
                            }
                        });
        assertThat(written).isEqualTo(rows);
    }

    private static void empty(Database database, TestEngine engine) throws SQLException {
        try (var connection = database.writer().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM key_blocks");
            if (engine.engine() == Engine.POSTGRESQL) {
                statement.execute("VACUUM FULL key_blocks");
            }
        }
    }
}
