package dev.phoenix.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@ServerTest
class ProjectEventsTest {

    private static final int SECONDS = 30;

    private final TestServer server;

    ProjectEventsTest(TestServer server) {
        this.server = server;
    }

    @Test
    void changes_areTold() throws Exception {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 1).send();
        try (Events events = open(server, sent.project(), null)) {
            String first = events.nextId();
            sent.span(2, 2, 0, 1).send();
            String second = events.nextId();
            assertThat(second).isGreaterThan(first);
            assertThat(
                            new Api(server)
                                    .query(
                                            "{getProjectByName(name: \"%s\") {streamingLastUpdatedAt}}"
                                                    .formatted(sent.project()))
                                    .at("/getProjectByName/streamingLastUpdatedAt")
                                    .asString())
                    .startsWith(second.substring(0, 23));
        }
    }

    @Test
    void whoComesBack_hearsOnlyOfWhatHappenedSince() throws Exception {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 1).send();
        String seen;
        try (Events events = open(server, sent.project(), null)) {
            seen = events.nextId();
        }
        try (Events events = open(server, sent.project(), seen)) {
            sent.span(2, 2, 0, 1).send();
            assertThat(events.nextId()).isGreaterThan(seen);
        }
    }

    @Test
    void unknownProject_isNotFound() {
        assertThat(server.get("/v1/projects/no-such-project/events").statusCode()).isEqualTo(404);
    }

    @Test
    void endOfTheServer_endsTheStream() throws Exception {
        TestServer own = TestServer.start(server.testEngine(), Map.of());
        Telemetry sent = Telemetry.of(own).span(1, 1, 0, 1).send();
        Events events = open(own, sent.project(), null);
        events.nextId();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(own::close);
        assertThat(events.rest().get(SECONDS, TimeUnit.SECONDS)).isEmpty();
        closing.get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void revokedCredential_endsTheStream() throws Exception {
        try (TestServer own = TestServer.start(server.testEngine(), TestServer.AUTHENTICATION)) {
            HttpResponse<String> key =
                    own.send(
                            own.request("/v1/system/api_keys")
                                    .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"data\": {\"name\": \"events\"}}")));
            assertThat(key.statusCode()).as(key.body()).isBetween(200, 201);
            var data = Api.json(key.body()).get("data");
            Events events =
                    events(
                            own.request("/v1/projects/default/events")
                                    .header(
                                            "Authorization",
                                            "Bearer " + data.get("key").asString()),
                            own);
            assertThat(events.line()).isEqualTo("retry: 2000");
            own.send(
                    own.request("/v1/system/api_keys/" + data.get("id").asString())
                            .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET)
                            .DELETE());
            assertThat(events.rest().get(SECONDS, TimeUnit.SECONDS)).isBlank();
        }
    }

    private static Events open(TestServer server, String project, @Nullable String lastEventId) {
        HttpRequest.Builder request = server.request("/v1/projects/" + project + "/events");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return events(request, server);
    }

    private static Events events(HttpRequest.Builder request, TestServer server) {
        HttpResponse<InputStream> response =
                server.send(
                        request.timeout(Duration.ofSeconds(SECONDS)), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("text/event-stream");
        return new Events(
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private record Events(BufferedReader lines) implements AutoCloseable {

        String line() throws Exception {
            return Objects.requireNonNull(
                    CompletableFuture.supplyAsync(this::read).get(SECONDS, TimeUnit.SECONDS));
        }

        String nextId() throws Exception {
            String line = line();
            while (!line.startsWith("id: ")) {
                line = line();
            }
            return line.substring(4);
        }

        /** What comes until the stream ends. */
        CompletableFuture<String> rest() {
            return CompletableFuture.supplyAsync(
                    () -> {
                        StringBuilder rest = new StringBuilder();
                        for (String line = read(); line != null; line = read()) {
                            if (line.startsWith("id: ")) {
                                rest.append(line);
                            }
                        }
                        return rest.toString();
                    });
        }

        private @Nullable String read() {
            try {
                return lines.readLine();
            } catch (IOException e) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
