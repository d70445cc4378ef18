package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that cannot be finished, here because a stored payload is damaged. */
class BrokenAnswerTest {

    @Test
    void answerBegun_endsWithoutLookingWhole() throws Exception {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of())) {
            String path = spansWithOneDamaged(server, "min");
            assertThatThrownBy(() -> server.get(path)).isInstanceOf(UncheckedIOException.class);
            assertThat(server.get(path + "?limit=1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answerNotBegun_isAnError() throws Exception {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of())) {
            assertThat(server.get(spansWithOneDamaged(server, "max")))
                    .returns(500, HttpResponse::statusCode)
                    .returns("Internal Server Error", HttpResponse::body);
        }
    }

    private static String spansWithOneDamaged(TestServer server, String which) throws Exception {
        Telemetry sent = Telemetry.of(server);
        for (int i = 1; i <= 30; i++) {
            sent.span(1, i, i, i, span -> span.attribute("input.value", "x".repeat(100_000)));
        }
        sent.send();
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    UPDATE span_payloads SET attributes = '{"cut'
                    WHERE span_key = (SELECT %s(id) FROM spans)"""
                            .formatted(which));
        }
        return "/v1/projects/%s/spans".formatted(sent.project());
    }
}
