package dev.phoenix.server.ingest.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Traces that are deleted while new spans come, and jobs that a dead server left behind. */
@ServerTest
class RemovalUnderLoadTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    RemovalUnderLoadTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void sumsStayRight_whileSpansComeForTheSameTracesAndSessions() {
        Telemetry sent = Telemetry.of(server);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> sender =
                CompletableFuture.runAsync(
                        () -> {
                            for (int span = 1; !enough.get(); span += 20) {
                                send(sent, span);
                            }
                        });
        for (int round = 0; round < 6; round++) {
            clear(sent);
        }
        enough.set(true);
        sender.join();
        assertThat(server.differences()).isEmpty();
        clear(sent);
        assertThat(api.get("/v1/projects/" + sent.project() + "/spans").get("data").size())
                .isZero();
        assertThat(server.differences()).isEmpty();
    }

    private void send(Telemetry sent, int first) {
        for (int i = first; i < first + 20; i++) {
            int span = i;
            sent.span(
                    i % 7,
                    i,
                    i * MS,
                    (i + 5) * MS,
                    draft ->
                            draft.parent(Math.max(1, span - 7))
                                    .tokens(1, 2)
                                    .attribute("session.id", sent.project() + span % 3));
        }
        sent.send();
    }

    private void clear(Telemetry sent) {
        server.send(
                server.request(
                                "/v1/projects/%s/traces?start_time=2025-01-01&end_time=2027-01-01"
                                        .formatted(sent.project()))
                        .DELETE());
    }

    @Test
    void jobOfADeadServer_isFinishedByAnother() throws SQLException {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).span(2, 2, 0, MS).send();
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO trace_jobs (id, kind, project_id, from_ns, before_ns, before_key, last_key,
                        deletes_project, state, trace_count, span_count, lease_owner, lease_until_ns,
                        created_at_ns, updated_at_ns)
                    SELECT -id, 'PROJECT', id, 0, 9223372036854775807, 0, 9223372036854775807,
                        false, 'RUNNING', 0, 0, 'a dead server', 1, 0, 0
                    FROM projects WHERE name = '%s'\
                    """
                            .formatted(sent.project()));
        }
        Await.await(
                Duration.ofSeconds(20),
                0,
                () -> api.get("/v1/projects/" + sent.project() + "/traces").get("data").size());
        assertThat(server.differences()).isEmpty();
    }
}
