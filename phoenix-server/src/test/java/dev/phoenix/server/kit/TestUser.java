package dev.phoenix.server.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** An account nobody else uses, on a server with authentication. */
public record TestUser(String id, String username, String email, String password, String role) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AtomicInteger USERS = new AtomicInteger();

    /** With a password of its own, which the server wants to be changed. */
    public static TestUser create(TestServer server, String role) {
        int number = USERS.incrementAndGet();
        String name = "user-" + number;
        String email = name + "@example.com";
        String password = "Password-1!-" + number;
        Map<String, Object> user =
                Map.of(
                        "auth_method", "LOCAL",
                        "username", name,
                        "email", email,
                        "role", role,
                        "password", password);
        HttpResponse<String> response =
                server.send(
                        server.request("/v1/users")
                                .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET)
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                JSON.writeValueAsString(Map.of("user", user)))));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String id = JSON.readTree(response.body()).at("/data/id").asString();
        return new TestUser(id, name, email, password, role);
    }

    public Browser logIn(TestServer server) {
        return Browser.loggedIn(server, email, password);
    }
}
