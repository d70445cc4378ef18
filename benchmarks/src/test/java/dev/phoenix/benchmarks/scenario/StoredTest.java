package dev.phoenix.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTest {

    @Test
    void counts_what_was_acknowledged_and_is_not_there(@TempDir Path folder) throws Exception {
        var requests = new Requests("bench");
        List<String> first = requests.spanIds(0).toList();
        List<String> ids = Stream.concat(first.stream(), requests.spanIds(5).skip(3)).toList();
        try (Store store = Engine.SQLITE.newStore(folder)) {
            store.execute("CREATE TABLE spans (span_id TEXT)");
            store.execute("INSERT INTO spans VALUES ('" + String.join("'), ('", ids) + "')");

            Stored stored = Stored.in(store, requests);

            assertThat(stored.missing(LongStream.of(0))).isZero();
            assertThat(stored.missing(LongStream.of(0, 5))).isEqualTo(3);
            assertThat(stored.missing(LongStream.of(0, 5, 7))).isEqualTo(103);
        }
    }
}
