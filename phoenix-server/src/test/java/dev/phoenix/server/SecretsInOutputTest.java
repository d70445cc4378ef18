package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.Console;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At the most talkative level nothing that a server is told in confidence reaches its output. */
class SecretsInOutputTest {

    @ParameterizedTest
    @ValueSource(strings = {"default", "structured"})
    void output_holdsNoSecret(String mode) {
        Map<String, String> variables = new HashMap<>(TestServer.AUTHENTICATION);
        variables.put("PHOENIX_LOGGING_MODE", mode);
        variables.put("PHOENIX_LOGGING_LEVEL", "debug");
        variables.put("PHOENIX_DB_LOGGING_LEVEL", "debug");
        variables.put("PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD", "initial-hunter2");
        String output =
                Console.during(
                        () -> {
                            try (TestServer server =
                                    TestServer.start(TestEngine.SQLITE, variables)) {
                                use(server);
                            }
                        });
        assertThat(output)
                .contains("secret.set")
                .doesNotContain("hunter2")
                .doesNotContain(TestServer.AUTHENTICATION.get("PHOENIX_SECRET"))
                .doesNotContain(TestServer.AUTHENTICATION.get("PHOENIX_ADMIN_SECRET"))
                .doesNotContain("eyJ");
    }

    private static void use(TestServer server) {
        Browser admin = Browser.loggedIn(server, Browser.ADMIN_EMAIL, "initial-hunter2");
        admin.send(
                "PUT",
                "/v1/secrets",
                Map.of("secrets", new Object[] {Map.of("key", "A", "value", "sk-hunter2")}));
        admin.post("/auth/login", Map.of("email", "x\r\n2026 forged", "password", "wrong-hunter2"));
        admin.get("/v1/projects?token=hunter2-in-a-query");
        server.send(
                server.request("/v1/projects").header("Authorization", "Bearer hunter2-as-bearer"));
        server.send(
                server.request("/graphql")
                        .header("Content-Type", "application/json")
                        .header("Cookie", "phoenix-access-token=hunter2-as-cookie")
                        .POST(BodyPublishers.ofString("{\"query\": \"{hunter2\"}")));
    }
}
