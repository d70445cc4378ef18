package dev.phoenix.benchmarks.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    private static final Row ROW =
            new Row("s", "t", "", "default", "call", "LLM", 1, 2, "OK", "", "", "{}");

    @Test
    @Timeout(30)
    void a_failed_transaction_fails_its_requests_and_no_later_one(@TempDir Path folder)
            throws Exception {
        try (Store store = Engine.SQLITE.newStore(folder)) {
            Table.create(store.jdbcUrl());
            var commits = new GroupCommit(store.jdbcUrl(), 1);
            store.execute("ALTER TABLE spans RENAME TO hidden");

            assertThatThrownBy(() -> commits.store(List.of(ROW)))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(SQLException.class);

            store.execute("ALTER TABLE hidden RENAME TO spans");
            commits.store(List.of(ROW));
            assertThat(store.spanIds()).containsExactly("s");
        }
    }
}
