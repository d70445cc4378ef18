package dev.phoenix.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/span_annotations?sync=true | {'data': [{'span_id': 'SPAN', 'name': 'n', 'annotator_kind': 'CODE'}]}",
                "POST | /v1/trace_annotations | {'data': [{'trace_id': 'TRACE', 'name': 'n', 'annotator_kind': 'CODE'}]}",
                "POST | /v1/session_notes | {'data': {'session_id': 'SESSION', 'note': 'n'}}",
                "POST | /v1/document_annotations?sync=true | {'data': [{'span_id': 'SPAN', 'document_position': 0, 'name': 'n', 'annotator_kind': 'CODE'}]}",
                "DELETE | /v1/projects/PROJECT/span_annotations?delete_all=true | {}",
                "DELETE | /v1/spans/SPAN | {}",
                "DELETE | /v1/traces/TRACE | {}",
                "DELETE | /v1/sessions/SESSION | {}",
                "DELETE | /v1/projects/PROJECT/traces?start_time=2025-01-01&end_time=2027-01-01 | {}",
                "POST | /v1/traces/transfer | {'trace_identifiers': ['TRACE'], 'destination_project_identifier': 'OTHER'}",
                "PUT | /v1/projects/PROJECT | {'description': 'new'}"
            })
    void everyChange_isTold(String method, String path, String body) throws Exception {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-session";
        sent.span(
                        1,
                        1,
                        0,
                        1,
                        span ->
                                span.kind("RETRIEVER")
                                        .attribute("session.id", session)
                                        .attribute("retrieval.documents.0.document.id", "d"))
                .send();
        Telemetry other = Telemetry.of(server).span(1, 1, 0, 1).send();
        UnaryOperator<String> filled =
                text ->
                        text.replace("SPAN", sent.spanId(1))
                                .replace("TRACE", sent.traceId(1))
                                .replace("SESSION", session)
                                .replace("PROJECT", sent.project())
                                .replace("OTHER", other.project())
                                .replace('\'', '"');
        HttpResponse<String> note =
                server.post(
                        "/v1/span_notes",
                        "application/json",
                        filled.apply("{'data': {'span_id': 'SPAN', 'note': 'to be deleted'}}"));
        assertThat(note.statusCode()).as(note.body()).isEqualTo(200);
        try (Events events = open(server, sent.project(), null)) {
            String before = events.nextId();
            HttpResponse<String> changed =
                    server.send(
                            server.request(filled.apply(path))
                                    .header("Content-Type", "application/json")
                                    .method(
                                            method,
                                            HttpRequest.BodyPublishers.ofString(
                                                    filled.apply(body))));
            assertThat(changed.statusCode()).as(changed.body()).isBetween(200, 204);
            assertThat(events.nextId()).isGreaterThan(before);
        }
    }

    @Test
    void deletionOfNothing_isNoChange() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 1).send();
        String query =
                "{getProjectByName(name: \"%s\") {streamingLastUpdatedAt}}"
                        .formatted(sent.project());
        var before = new Api(server).query(query);
        HttpResponse<String> answer =
                server.send(
                        server.request(
                                        "/v1/projects/%s/traces?start_time=2020-01-01&end_time=2021-01-01"
                                                .formatted(sent.project()))
                                .DELETE());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(new Api(server).query(query)).isEqualTo(before);
    }

    /** Only PostgreSQL has several. */
    @Test
    void changesThroughAnotherServer_areTold() throws Exception {
        if (server.testEngine() != TestEngine.POSTGRESQL) {
            return;
        }
        try (TestServer one = TestServer.start(TestEngine.POSTGRESQL, Map.of());
                TestServer two =
                        TestServer.start(
                                TestEngine.POSTGRESQL,
                                Map.of("PHOENIX_SQL_DATABASE_URL", one.databaseUrl()))) {
            Telemetry sent = Telemetry.of(one).span(1, 1, 0, 1).send();
            try (Events events = open(one, sent.project(), null)) {
                String before = events.nextId();
                sent.on(two).span(2, 2, 0, 1).send();
                String told = events.nextId();
                assertThat(told).isGreaterThan(before);
                new Api(two)
                        .query(
                                "mutation ($id: ID!) { deleteTraces(traceIds: [$id]) { __typename }"
                                        + " }",
                                Map.of("id", traceNode(two, sent.traceId(2))));
                assertThat(events.nextId()).isGreaterThan(told);
            }
        }
    }

    private static String traceNode(TestServer server, String traceId) {
        return new Api(server)
                .query("{ getTraceByOtelId(traceId: \"%s\") { id } }".formatted(traceId))
                .at("/getTraceByOtelId/id")
                .asString();
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
