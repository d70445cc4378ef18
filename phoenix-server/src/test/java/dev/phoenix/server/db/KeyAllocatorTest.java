package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;

@ParameterizedClass
@EnumSource(names = {"SQLITE", "POSTGRESQL"})
class KeyAllocatorTest {

    private final Database database;

    KeyAllocatorTest(TestEngine engine, @TempDir Path folder) {
        database = Database.open(engine.newStorage(folder, Map.of()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keys_startAtOneAndFollowEachOther() {
        KeyAllocator keys = newServer();
        assertThat(keys.reserve("spans", 3)).isEqualTo(1);
        assertThat(keys.reserve("spans", 1)).isEqualTo(4);
        assertThat(keys.reserve("traces", 1)).isEqualTo(1);
        assertThat(keys.reserve("spans", 25_000)).isEqualTo(5);
        assertThat(keys.reserve("spans", 1)).isEqualTo(25_005);
    }

    @Test
    void restart_neverReusesKeys() {
        newServer().reserve("spans", 7);
        assertThat(newServer().reserve("spans", 1)).isGreaterThan(7);
    }

    @Test
    void keys_areUniqueAcrossThreadsAndServers() throws Exception {
        List<KeyAllocator> servers = List.of(newServer(), newServer());
        List<Callable<List<Long>>> callers =
                IntStream.range(0, 8)
                        .<Callable<List<Long>>>mapToObj(
                                caller -> () -> keysOf(servers.get(caller % 2)))
                        .toList();
        List<Long> keys = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Long>> answer : threads.invokeAll(callers)) {
                keys.addAll(answer.get());
            }
        }
        assertThat(keys).hasSize(8 * 40 * 1500).doesNotHaveDuplicates();
    }

    @Test
    void unreachableDatabase_isTold() {
        KeyAllocator keys = newServer();
        database.close();
        assertThatThrownBy(() -> keys.reserve("spans", 1))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void nothing_cannotBeReserved() {
        assertThatThrownBy(() -> newServer().reserve("spans", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be at least 1, was 0");
    }

    private KeyAllocator newServer() {
        return new KeyAllocator(database);
    }

    private static List<Long> keysOf(KeyAllocator server) {
        List<Long> keys = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            long first = server.reserve("spans", 1500);
            LongStream.range(first, first + 1500).forEach(keys::add);
        }
        return keys;
    }
}
