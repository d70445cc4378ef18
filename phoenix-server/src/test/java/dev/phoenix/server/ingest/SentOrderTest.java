package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists without another order show what was stored last first, also of one request. */
@ServerTest
class SentOrderTest {

    private final TestServer server;
    private final Api api;

    SentOrderTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void spansAndSessionsOfARequest_areListedAsTheyWereSent() {
        assumeTrue(
                server.engine() == Engine.SQLITE,
                "two writers store a request's traces on PostgreSQL");
        Telemetry sent = Telemetry.of(server);
        send(sent, 7, 1);
        send(sent, 2, 2);
        send(sent, 7, 3);
        send(sent, 9, 4);
        send(sent, 1, 5);
        sent.send();
        assertThat(listed(sent, "spans", "/name")).containsExactly("5", "4", "3", "2", "1");
        assertThat(listed(sent, "sessions?order=desc", "/session_id"))
                .containsExactly(
                        sent.project() + 1,
                        sent.project() + 9,
                        sent.project() + 2,
                        sent.project() + 7);
    }

    @Test
    void spansOfATrace_areListedAsTheyWereSent() {
        Telemetry sent = Telemetry.of(server);
        List.of(4, 1, 3, 2).forEach(span -> send(sent, 1, span));
        sent.send();
        assertThat(listed(sent, "spans", "/name")).containsExactly("2", "3", "1", "4");
    }

    /** All start at once. */
    private static void send(Telemetry sent, int trace, int span) {
        sent.span(
                trace,
                span,
                0,
                1,
                draft ->
                        draft.name(Integer.toString(span))
                                .attribute("session.id", sent.project() + trace));
    }

    private List<String> listed(Telemetry sent, String list, String path) {
        JsonNode page = api.get("/v1/projects/%s/%s".formatted(sent.project(), list));
        return StreamSupport.stream(page.get("data").spliterator(), false)
                .map(item -> item.at(path).asString())
                .toList();
    }
}
