package dev.phoenix.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class AuditRetentionTest {

    private static final int OLD_ENTRIES = 2500;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void entriesOlderThanTheRetention_areRemovedAndOthersStay(TestEngine engine) {
        try (TestServer first = TestServer.start(engine, Map.of())) {
            Instant now = Instant.now();
            fill(first, now.minus(Duration.ofDays(10)), "old", OLD_ENTRIES);
            fill(first, now.minus(Duration.ofDays(8)), "young", 1);
            try (TestServer second =
                    TestServer.start(
                            engine,
                            Map.of(
                                    "PHOENIX_SQL_DATABASE_URL",
                                    first.databaseUrl(),
                                    "PHOENIX_AUDIT_LOG_RETENTION_DAYS",
                                    "9"))) {
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (entries(second, "old") > 0 && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(50_000_000);
                }
                assertThat(entries(second, "old")).isZero();
                assertThat(entries(second, "young")).isEqualTo(1);
            }
        }
    }

    private static void fill(TestServer server, Instant time, String actor, int count) {
        try (Database database = Database.open(server.settings().storage())) {
            var log = new AuditLog(database, InstantSource.fixed(time), JsonMapper.shared());
            var event = new AuditEvent(new Actor(null, actor, "SESSION"), "a.b", "c", Map.of(), "");
            database.transaction(
                    transaction -> {
                        for (int i = 0; i < count; i++) {
                            log.record(transaction, event);
                        }
                        return transaction;
                    });
        }
    }

    private static int entries(TestServer server, String actor) {
        return new Api(server).get("/v1/audit_events?limit=1&actor=" + actor).get("data").size();
    }
}
