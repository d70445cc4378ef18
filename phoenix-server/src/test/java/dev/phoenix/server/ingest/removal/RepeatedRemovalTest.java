package dev.phoenix.server.ingest.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is deleted twice is not found, or already gone, and nothing else goes with it. */
@ServerTest
class RepeatedRemovalTest {

    private static final String ALL_TIME =
            "start_time=2000-01-01T00:00:00Z&end_time=2100-01-01T00:00:00Z";

    private final TestServer server;
    private final Telemetry sent;
    private final Telemetry other;

    RepeatedRemovalTest(TestServer server) {
        this.server = server;
        this.sent = Telemetry.of(server);
        this.other = Telemetry.of(server, sent.project() + "-other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/spans/SPAN | | 404",
                "DELETE | /v1/traces/TRACE | | 404",
                "DELETE | /v1/sessions/SESSION | | 404",
                "DELETE | /v1/projects/PROJECT | | 404",
                "DELETE | /v1/projects/PROJECT/traces?" + ALL_TIME + " | | 204",
                "DELETE | /v1/projects/PROJECT/span_annotations?delete_all=true | | 204",
                "POST | /v1/sessions/delete | {'session_identifiers': ['SESSION']} | 204"
            })
    void secondRemoval_findsNothing(String method, String path, @Nullable String body, int second) {
        for (Telemetry telemetry : new Telemetry[] {sent, other}) {
            telemetry
                    .span(1, 1, 0, 1, span -> span.attribute("session.id", session(telemetry)))
                    .send();
        }
        assertThat(send(method, path, body).statusCode()).isEqualTo(204);
        HttpResponse<String> again = send(method, path, body);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(second);
        assertThat(server.get("/v1/sessions/" + session(other)).statusCode()).isEqualTo(200);
        assertThat(server.get("/v1/traces/" + other.traceId(1) + "/skeleton").statusCode())
                .isEqualTo(200);
    }

    /** As in a list that is older than what is stored, however long it is. */
    @Test
    void unknownSessions_areLeftOut() {
        sent.span(1, 1, 0, 1, span -> span.attribute("session.id", session(sent))).send();
        String unknown =
                IntStream.range(0, 5000)
                        .mapToObj("'no-such-session-%d', "::formatted)
                        .collect(Collectors.joining());
        HttpResponse<String> response =
                send(
                        "POST",
                        "/v1/sessions/delete",
                        "{'session_identifiers': [%s '\\u0000', 'SESSION']}".formatted(unknown));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(server.get("/v1/sessions/" + session(sent)).statusCode()).isEqualTo(404);
    }

    private static String session(Telemetry telemetry) {
        return telemetry.project() + "-session";
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body) {
        return server.send(
                server.request(filled(path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(
                                                filled(body).replace('\'', '"'))));
    }

    private String filled(String text) {
        return text.replace("PROJECT", sent.project())
                .replace("SPAN", sent.spanId(1))
                .replace("TRACE", sent.traceId(1))
                .replace("SESSION", session(sent));
    }
}
