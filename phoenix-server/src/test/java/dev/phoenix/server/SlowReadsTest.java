package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads that take for ever end alone, and nothing else waits for them. */
class SlowReadsTest {

    /** More than there are processors and connections. */
    private static final int SLOW = 20;

    private static final Duration PROMPTLY = Duration.ofSeconds(4);

    @Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void everythingElseGoesOn_andTheReadIsCancelled(TestEngine engine) throws Exception {
        Map<String, String> limit = Map.of("PHOENIX_READ_TIMEOUT_SECONDS", "8");
        try (TestServer server = TestServer.start(engine, limit);
                HttpClient client = HttpClient.newHttpClient()) {
            makeListsOfProjectsEndless(server);
            var slow =
                    Stream.generate(() -> get(client, server, "/v1/projects")).limit(SLOW).toList();

            for (String probe : new String[] {"/healthz", "/readyz"}) {
                HttpRequest.Builder request = server.request(probe).timeout(PROMPTLY);
                assertThat(server.send(request).statusCode()).as(probe).isEqualTo(200);
            }
            Telemetry.of(server, "default").span(1, 1, 0, 1).send();
            assertThat(slow).anyMatch(answer -> !answer.isDone());

            assertThat(slow.stream().map(CompletableFuture::join))
                    .extracting(answer -> answer.statusCode() + " " + answer.body())
                    .containsOnly(
                            "504 reading took longer than the 8 seconds that PHOENIX_READ_TIMEOUT_SECONDS allows; ask for fewer rows or a shorter time",
                            "503 every connection that PHOENIX_DATABASE_POOL_SIZE leaves for reading is busy; try again");
            assertThat(server.get("/v1/traces/x/skeleton").statusCode())
                    .as("the connections are of use again")
                    .isEqualTo(404);
        }
    }

    private static CompletableFuture<HttpResponse<String>> get(
            HttpClient client, TestServer server, String path) {
        var request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private static void makeListsOfProjectsEndless(TestServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE projects RENAME TO hidden");
            statement.execute(
                    """
                    CREATE VIEW projects AS
                    WITH RECURSIVE endless (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)
                    SELECT hidden.* FROM hidden JOIN endless ON n < 0""");
        }
    }
}
