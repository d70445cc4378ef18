package dev.phoenix.server.ingest.log;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events whose span never comes. */
class LogExpiryTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void events_wait_for_an_hour(TestEngine engine) {
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        try (TestServer server = TestServer.start(engine, Map.of(), now::get)) {
            Recording recording = Recording.load("gen-py-openai-v2-events");
            new Logs(server, server.projectName()).send(recording.logs());
            Await.await(SOON, 11L, () -> pending(server));

            now.set(start.plus(Duration.ofMinutes(61)));
            Await.await(SOON, 0L, () -> pending(server));
        }
    }

    private static long pending(TestServer server) {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pending_log_events")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
