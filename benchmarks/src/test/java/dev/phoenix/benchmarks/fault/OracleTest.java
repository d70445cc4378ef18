package dev.phoenix.benchmarks.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An oracle that never says no shows nothing. */
class OracleTest {

    private final Requests requests = new Requests("project");
    private final Ledger ledger = new Ledger(requests);
    private final List<String> ids = new ArrayList<>(requests.spanIds(7).toList());

    private Store store;
    private Oracle oracle;

    @BeforeEach
    void acknowledge(@TempDir Path folder) throws Exception {
        store = Engine.SQLITE.newStore(folder);
        oracle = new Oracle(store, ledger, "project");
        ledger.acknowledge(7);
    }

    @Test
    void everything_is_there() throws Exception {
        storeIds();
        assertThat(losses().good()).isTrue();
    }

    @Test
    void span_is_missing() throws Exception {
        String missing = ids.remove(3);
        storeIds();
        assertThat(losses().toString()).contains("1 acknowledged spans are missing", missing);
    }

    @Test
    void span_is_there_twice() throws Exception {
        ids.add(ids.getFirst());
        storeIds();
        assertThat(losses().toString()).contains("1 spans are stored more than once");
    }

    private Report losses() throws Exception {
        var report = new Report();
        oracle.findLosses(report);
        return report;
    }

    private void storeIds() throws Exception {
        try (Connection connection = DriverManager.getConnection(store.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE spans (span_id TEXT)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO spans VALUES (?)")) {
                for (String id : ids) {
                    insert.setString(1, id);
                    insert.executeUpdate();
                }
            }
        }
    }
}
