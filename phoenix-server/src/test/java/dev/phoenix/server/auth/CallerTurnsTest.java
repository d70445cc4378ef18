package dev.phoenix.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Requests that have begun and do not end, because their bodies never do. */
@ServerTest(authentication = true, environment = "PHOENIX_DISABLE_RATE_LIMIT=false")
class CallerTurnsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MORE_THAN_WAIT = 300;

    private final TestServer server;
    private final List<Socket> open = new ArrayList<>();

    CallerTurnsTest(TestServer server) {
        this.server = server;
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Test
    void flood_delaysItsSenderAlone() throws IOException {
        Browser flooding = Browser.as(server, "MEMBER");
        Browser other = Browser.as(server, "VIEWER");
        begin(key(flooding), 4 * server.settings().storage().poolSize());
        // One that finds a turn shows that the flood has not arrived; it is asked again.
        CompletableFuture<HttpResponse<String>> delayed =
                await().atMost(PATIENCE)
                        .until(() -> projects(flooding), CallerTurnsTest::takesLong);
        for (int i = 0; i < 10; i++) {
            assertThat(other.get("/v1/projects").statusCode()).isEqualTo(200);
        }
        assertThat(delayed).isNotDone();
        end();
        assertThat(delayed).succeedsWithin(PATIENCE);
        assertThat(delayed.join().statusCode()).isEqualTo(200);
    }

    @Test
    void endlessFlood_isRefused() throws IOException {
        Browser flooding = Browser.as(server, "MEMBER");
        Browser other = Browser.as(server, "MEMBER");
        begin(key(flooding), MORE_THAN_WAIT);
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        HttpResponse<String> refused =
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    asked.add(projects(flooding));
                                    return asked.stream()
                                            .filter(CompletableFuture::isDone)
                                            .map(CompletableFuture::join)
                                            .filter(answer -> answer.statusCode() != 200)
                                            .findFirst();
                                },
                                Optional::isPresent)
                        .orElseThrow();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("requests of a caller are worked on at once");
        assertThat(other.get("/v1/projects").statusCode()).isEqualTo(200);
        end();
        await().atMost(PATIENCE)
                .until(() -> flooding.copy().get("/v1/projects").statusCode() == 200);
    }

    /** Each field of each request would wait on a connection of its own. */
    @Test
    void floodOfFields_leavesConnectionsToOthers() throws Exception {
        // Readers of SQLite cannot be held up.
        assumeThat(server.engine()).isEqualTo(Engine.POSTGRESQL);
        Browser flooding = Browser.as(server, "MEMBER");
        Browser other = Browser.as(server, "VIEWER");
        String fields =
                IntStream.range(0, 50)
                        .mapToObj("f%d: annotationConfigs {edges {node {__typename}}}"::formatted)
                        .collect(Collectors.joining(" ", "{", "}"));
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE annotation_configs IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 20; i++) {
                asked.add(
                        later(
                                () ->
                                        flooding.copy()
                                                .graphQl(fields, Map.of())
                                                .at("/data/f49/edges")
                                                .isArray()));
            }
            asked.add(
                    await().atMost(PATIENCE)
                            .until(() -> projects(flooding), CallerTurnsTest::takesLong)
                            .thenApply(answer -> answer.statusCode() == 200));
            for (int i = 0; i < 10; i++) {
                assertThat(other.copy().get("/v1/projects").statusCode()).isEqualTo(200);
            }
            assertThat(asked).noneMatch(CompletableFuture::isDone);
            connection.rollback();
        }
        for (CompletableFuture<Boolean> answer : asked) {
            assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(true);
        }
    }

    /** Whoever cannot do anything else can still log out. */
    @Test
    void whatStrangersMayDo_waitsForNoTurn() throws IOException {
        Browser flooding = Browser.as(server, "MEMBER");
        begin(key(flooding), 4 * server.settings().storage().poolSize());
        CompletableFuture<HttpResponse<String>> delayed =
                await().atMost(PATIENCE)
                        .until(() -> projects(flooding), CallerTurnsTest::takesLong);
        assertThat(flooding.copy().get("/healthz").statusCode()).isEqualTo(200);
        assertThat(flooding.copy().get("/no-such-thing").statusCode()).isLessThan(500);
        assertThat(flooding.copy().post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(flooding.get("/auth/logout").statusCode()).isEqualTo(302);
        assertThat(delayed).isNotDone();
    }

    /** Found, refused, broken off, answered late: one that was kept would be missed soon. */
    @Test
    void turns_areGivenBack() throws IOException {
        Browser browser = Browser.as(server, "MEMBER");
        String key = key(browser);
        String project = server.projectName();
        for (int round = 0; round < 4 * server.settings().storage().poolSize(); round++) {
            assertThat(browser.get("/v1/projects").statusCode()).isEqualTo(200);
            assertThat(browser.get("/v1/projects/" + project).statusCode()).isEqualTo(404);
            assertThat(browser.get("/v1/no-such-thing").statusCode()).isEqualTo(404);
            assertThat(browser.get("/v1/users").statusCode()).isEqualTo(403);
            assertThat(browser.post("/v1/projects", Map.of()).statusCode()).isEqualTo(422);
            assertThat(browser.delete("/v1/projects/x").statusCode()).isEqualTo(403);
            assertThat(browser.graphQl("{projects {edges {node {name}}}}", Map.of()).has("data"))
                    .isTrue();
            assertThat(browser.graphQl("{nothing}", Map.of()).has("errors")).isTrue();
            begin(key, 1);
            end();
        }
        assertThat(projects(browser)).succeedsWithin(PATIENCE);
    }

    private static CompletableFuture<HttpResponse<String>> projects(Browser caller) {
        return later(() -> caller.copy().get("/v1/projects"));
    }

    private static <T> CompletableFuture<T> later(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request, task -> Thread.ofVirtual().start(task));
    }

    private static boolean takesLong(CompletableFuture<?> answer) {
        return CompletableFuture.anyOf(answer, aSecond()).thenApply("over"::equals).join();
    }

    private static CompletableFuture<String> aSecond() {
        return new CompletableFuture<String>().completeOnTimeout("over", 1, TimeUnit.SECONDS);
    }

    private static String key(Browser browser) {
        HttpResponse<String> response =
                browser.post("/v1/user/api_keys", Map.of("data", Map.of("name", "flood")));
        return JsonMapper.shared().readTree(response.body()).at("/data/key").asString();
    }

    private void begin(String key, int requests) throws IOException {
        String head =
                """
                POST /v1/projects HTTP/1.1\r
                Host: localhost:%d\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: 1000\r
                \r
                {"""
                        .formatted(server.baseUrl().getPort(), key);
        for (int i = 0; i < requests; i++) {
            Socket socket = new Socket(server.baseUrl().getHost(), server.baseUrl().getPort());
            open.add(socket);
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().flush();
        }
    }
}
