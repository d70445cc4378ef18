package dev.phoenix.server.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody at a server with authentication, with the cookies they were given so far. */
public final class Browser {

    public static final String ADMIN_EMAIL = "admin@localhost";
    public static final String ADMIN_PASSWORD = "admin";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** Without cookies. */
    public Browser(TestServer server) {
        this.server = server;
    }

    /** Logged in as the admin every server starts with. */
    public static Browser ofAdmin(TestServer server) {
        return loggedIn(server, ADMIN_EMAIL, ADMIN_PASSWORD);
    }

    public static Browser loggedIn(TestServer server, String email, String password) {
        Browser browser = new Browser(server);
        assertThat(browser.login(email, password).statusCode()).isEqualTo(204);
        return browser;
    }

    /** Logged in as somebody new with this role. */
    public static Browser as(TestServer server, String role) {
        TestUser user = TestUser.create(server, role);
        return loggedIn(server, user.email(), user.password());
    }

    public HttpResponse<String> login(String email, String password) {
        return post("/auth/login", Map.of("email", email, "password", password));
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    public HttpResponse<String> post(String path, Object body) {
        return send("POST", path, body);
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, null);
    }

    /** The whole answer of GraphQL. */
    public JsonNode graphQl(String query, Map<String, ?> variables) {
        HttpResponse<String> response =
                post("/graphql", Map.of("query", query, "variables", variables));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    public HttpResponse<String> send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request =
                server.request(path)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        HttpResponse<String> response = server.send(request);
        response.headers().allValues("Set-Cookie").stream()
                .flatMap(header -> HttpCookie.parse(header).stream())
                .forEach(this::store);
        return response;
    }

    public String cookie(String name) {
        return Objects.requireNonNull(cookies.get(name), name);
    }

    public boolean hasCookies() {
        return !cookies.isEmpty();
    }

    public Browser setCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    public Browser dropCookie(String name) {
        cookies.remove(name);
        return this;
    }

    /** Another one with the same cookies. */
    public Browser copy() {
        Browser copy = new Browser(server);
        copy.cookies.putAll(cookies);
        return copy;
    }

    private void store(HttpCookie cookie) {
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
