package dev.phoenix.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Postgres;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnreachableDatabaseTest {

    @Test
    void withoutItsDatabase_theServerLivesButIsNotReady() {
        try (TestServer server = TestServer.start(TestEngine.POSTGRESQL, Map.of())) {
            String database = server.databaseUrl().replaceFirst(".*/", "");
            assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
            allowConnections(database, false);
            try {
                Await.await(Duration.ofSeconds(30), 503, () -> server.get("/readyz").statusCode());
                assertThat(server.get("/readyz").body()).isEqualTo("database unreachable");
                assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            } finally {
                allowConnections(database, true);
            }
            Await.await(Duration.ofSeconds(60), 200, () -> server.get("/readyz").statusCode());
        }
    }

    private static void allowConnections(String database, boolean allowed) {
        Postgres.embedded()
                .execute(
                        "postgres",
                        "ALTER DATABASE %s ALLOW_CONNECTIONS %s".formatted(database, allowed));
        Postgres.embedded()
                .execute(
                        "postgres",
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%s'"
                                .formatted(database));
    }
}
