package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Postgres;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections that PostgreSQL ends cost a batch a second try, and its sender nothing. */
class ConnectionLossTest {

    private static final int TIMES = 5;

    @Test
    void spans_are_acknowledged_and_stored_once_over_another_connection() {
        try (TestServer server = TestServer.start(TestEngine.POSTGRESQL, Map.of())) {
            String project = server.projectName();
            assertThat(send(server, project, "0")).isEqualTo(200);
            for (int i = 1; i <= TIMES; i++) {
                endConnections(server);
                assertThat(send(server, project, "" + i)).isEqualTo(200);
            }

            assertThat(Stored.spans(server, project))
                    .extracting(span -> span.get("name").asString())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(0, TIMES).mapToObj(Integer::toString).toList());
            assertThat(server.differences()).isEmpty();
        }
    }

    private static void endConnections(TestServer server) {
        String database = server.databaseUrl().replaceFirst(".*/", "");
        Postgres.embedded()
                .execute(
                        "postgres",
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%s'"
                                .formatted(database));
    }

    private static int send(TestServer server, String project, String name) {
        byte[] body = Spans.request(project, Spans.span(Spans.id(16), name)).toByteArray();
        return server.post("/v1/traces", "application/x-protobuf", body).statusCode();
    }
}
