package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trouble with the database ends when its cause does, without a restart. */
class DatabaseTroubleTest {

    @Test
    void writer_recovers_after_another_program_held_the_lock_for_too_long() throws Exception {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of())) {
            String project = server.projectName();
            try (Connection other = server.connect();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThat(server.get("/readyz"))
                        .returns(503, HttpResponse::statusCode)
                        .returns("database unreachable", HttpResponse::body);
                assertThat(send(server, project, "while locked")).isEqualTo(503);
                statement.execute("ROLLBACK");
            }

            assertThat(send(server, project, "afterwards")).isEqualTo(200);
            assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(Stored.spans(server, project))
                    .extracting(span -> span.get("name").asString())
                    .contains("afterwards");
        }
    }

    private static int send(TestServer server, String project, String name) {
        byte[] body = Spans.request(project, Spans.span(Spans.id(16), name)).toByteArray();
        return server.post("/v1/traces", "application/x-protobuf", body).statusCode();
    }
}
