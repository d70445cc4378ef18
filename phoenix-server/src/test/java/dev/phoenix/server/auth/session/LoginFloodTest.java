package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginFloodTest {

    private static final int CLIENTS = 60;

    /** Hashes take half of the cores at most, and those that wait are counted. */
    @Test
    void floodOfLogins_isTurnedAwayAndStarvesNobody() throws Exception {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, TestServer.AUTHENTICATION);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> guesses =
                    IntStream.range(0, CLIENTS)
                            .mapToObj(
                                    i ->
                                            clients.submit(
                                                    () ->
                                                            new Browser(server)
                                                                    .login(
                                                                            "nobody-%d@example.com"
                                                                                    .formatted(i),
                                                                            "guess")))
                            .toList();
            int answered = 0;
            while (guesses.stream().anyMatch(guess -> !guess.isDone())) {
                var request =
                        server.request("/v1/projects")
                                .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET);
                assertThat(server.send(request).statusCode()).isEqualTo(200);
                answered++;
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> guess : guesses) {
                HttpResponse<String> response = guess.get();
                statuses.add(response.statusCode());
                if (response.statusCode() == 503) {
                    assertThat(response.body())
                            .contains("too many passwords are being checked; try again");
                }
            }
            assertThat(statuses).containsOnly(401, 503).contains(401, 503);
            // While 33 hashes are made one after the other, there is time for many more requests.
            assertThat(answered).isGreaterThan(33);
        }
    }
}
