package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryDatabaseTest {

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final StorageSettings storage =
            Settings.load(Map.of("PHOENIX_SQL_DATABASE_URL", "sqlite:///:memory:")).storage();

    @Test
    void memory_leavesNothingBehind() throws IOException {
        List<Path> before = folders();
        try (Database database = Database.open(storage)) {
            assertThat(database.isReachable()).isTrue();
            assertThat(folders()).hasSize(before.size() + 1);
        }
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void eachServer_hasItsOwn() {
        try (Database first = Database.open(storage);
                Database second = Database.open(storage)) {
            assertThat(new KeyAllocator(first).reserve("spans", 1)).isEqualTo(1);
            assertThat(new KeyAllocator(second).reserve("spans", 1)).isEqualTo(1);
        }
    }

    @Test
    void folderOfADeadServer_isSweptAtTheNextStart() throws IOException {
        Path dead = Files.createTempDirectory(TEMPORARY, "phoenix-memory-");
        Files.createFile(dead.resolve("lock"));
        Files.createFile(dead.resolve("phoenix.db"));
        try (Database living = Database.open(storage)) {
            assertThat(dead).doesNotExist();
            assertThat(living.isReachable()).isTrue();
        }
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(TEMPORARY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("phoenix-memory-"))
                    .sorted()
                    .toList();
        }
    }
}
