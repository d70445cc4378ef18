package dev.phoenix.server.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edge as an operator has set it up. */
@SuppressWarnings("NullAway.Init")
class ConfiguredEdgeTest {

    private static final String APP = "https://app.example.com";

    private static TestServer strict;
    private static TestServer open;
    private static TestServer proxied;
    private static TestServer direct;
    private static TestServer shared;

    @BeforeAll
    static void start() {
        strict =
                TestServer.start(
                        TestEngine.SQLITE,
                        Map.of(
                                "PHOENIX_CSRF_TRUSTED_ORIGINS", "http://localhost",
                                "PHOENIX_HOST_ROOT_PATH", "/px",
                                "PHOENIX_TRUSTED_PROXIES", "127.0.0.0/8, ::1, 10.0.0.0/8"));
        open =
                TestServer.start(
                        TestEngine.SQLITE,
                        Map.of(
                                "PHOENIX_ALLOWED_ORIGINS", APP,
                                "PHOENIX_ROOT_URL", "https://phoenix.example.com",
                                "PHOENIX_DISABLE_RATE_LIMIT", "true"));
        Map<String, String> behindAProxy = new HashMap<>(TestServer.AUTHENTICATION);
        behindAProxy.put("PHOENIX_TRUSTED_PROXIES", "127.0.0.0/8, ::1");
        proxied = TestServer.start(TestEngine.SQLITE, behindAProxy);
        direct = TestServer.start(TestEngine.SQLITE, TestServer.AUTHENTICATION);
        shared =
                TestServer.start(
                        TestEngine.SQLITE,
                        Map.of(
                                "PHOENIX_HOST", "0.0.0.0",
                                "PHOENIX_TRUSTED_PROXIES", "127.0.0.0/8",
                                "PHOENIX_ROOT_URL", "https://phoenix.example.com"));
    }

    @AfterAll
    static void stop() {
        strict.close();
        open.close();
        proxied.close();
        direct.close();
        shared.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1234, , 200, OK",
        "https://LOCALHOST, , 200, OK",
        "http://evil, , 401, untrusted origin",
        "null, , 401, untrusted origin",
        ", http://evil/x, 401, untrusted referer",
        "http://localhost:1234, http://evil/x, 401, untrusted referer",
        ", http://localhost/x, 200, OK",
        ", , 200, OK"
    })
    void withTrustedOrigins_hostsOfOriginAndRefererDecideWhateverTheMethod(
            String origin, String referer, int status, String body) {
        HttpRequest.Builder request = strict.request("/healthz");
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (referer != null) {
            request.header("Referer", referer);
        }
        HttpResponse<String> response = strict.send(request);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void formOfTheOwnPage_comesWithoutAName() {
        HttpRequest.Builder form =
                strict.request("/healthz")
                        .header("Origin", "null")
                        .header("Sec-Fetch-Site", "same-origin");
        assertThat(strict.send(form).statusCode()).isEqualTo(200);
    }

    @Test
    void anonymousSurfaces_areOpenToAllSites() {
        for (String path : List.of("/.well-known/x", "/px/.well-known/x")) {
            assertThat(
                            strict.send(strict.request(path).header("Origin", "http://evil"))
                                    .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void allowedOrigin_readsAnswersWithCookies() {
        HttpResponse<String> response =
                open.send(
                        open.request("/graphql")
                                .header("Origin", APP)
                                .header("Sec-Fetch-Site", "cross-site")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"query\": \"{projectCount}\"}")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map())
                .containsEntry("access-control-allow-origin", List.of(APP))
                .containsEntry("access-control-allow-credentials", List.of("true"));
        assertThat(response.headers().firstValue("vary").orElseThrow())
                .containsIgnoringCase("origin");
    }

    @Test
    void preflight_ofAnAllowedOriginIsAnsweredOthersAreNot() {
        HttpResponse<String> allowed = preflight(APP);
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().map())
                .containsEntry("access-control-allow-origin", List.of(APP))
                .containsEntry("access-control-allow-headers", List.of("authorization,x-y"))
                .containsEntry("access-control-max-age", List.of("600"));
        assertThat(allowed.headers().firstValue("access-control-allow-methods").orElseThrow())
                .contains("DELETE");

        HttpResponse<String> other = preflight("https://evil.example");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).isEqualTo("Disallowed CORS origin");
        assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "phoenix.example.com, 200",
        "phoenix, 200",
        "phoenix.default.svc, 200",
        "phoenix.default.svc.cluster.local, 200",
        "192.0.2.7, 200",
        "rebound.example, 400"
    })
    void namesOfAServerThatOthersReach_areItsRootUrlAddressesAndNamesNobodyCanRegister(
            String host, int status) throws IOException {
        assertThat(statusFor(shared, host)).isEqualTo(status);
        assertThat(statusFor(shared, host + "\r\nX-Forwarded-Host: phoenix.example.com"))
                .isEqualTo(status);
    }

    @Test
    void schemeAndHost_areBelievedFromATrustedProxy() {
        // Behind the proxy the page's own origin is the one that the proxy tells.
        HttpRequest.Builder page =
                proxied.request("/graphql")
                        .header("Origin", "https://phoenix.example.com")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "phoenix.example.com")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"query\": \"{projectCount}\"}"));
        HttpResponse<String> challenged = proxied.send(page);
        assertThat(challenged.statusCode()).isEqualTo(401);
        assertThat(challenge(challenged))
                .contains("\"https://phoenix.example.com/.well-known/oauth-protected-resource\"");
    }

    @Test
    void schemeAndHost_ofAnybodyElseAreIgnored() {
        HttpResponse<String> challenged =
                direct.send(
                        direct.request("/v1/projects")
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "evil.example.com"));
        assertThat(challenge(challenged)).contains(direct.baseUrl().toString());
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("www-authenticate").orElseThrow();
    }

    /** With a Host of one's own, which Java's client does not send. */
    private static int statusFor(TestServer server, String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.baseUrl().getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                    .formatted(host)
                                    .getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @Test
    void rootUrl_isAnOwnOriginWhateverTheHost() {
        HttpRequest.Builder request =
                open.request("/graphql")
                        .header("Origin", "https://phoenix.example.com")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"query\": \"{projectCount}\"}"));
        assertThat(open.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void logins_areCountedByTheAddressThatTheTrustedProxyTells() {
        String honest = "203.0.113.7";
        for (int i = 0; i < 12; i++) {
            // What the client itself put in front does not count.
            assertThat(login("198.51.100." + i + ", " + honest).statusCode()).isNotEqualTo(429);
        }
        HttpResponse<String> thirteenth = login("198.51.100.99, " + honest + ", 10.0.0.1");
        assertThat(thirteenth.statusCode()).isEqualTo(429);
        assertThat(thirteenth.body()).isEqualTo("Too Many Requests");
        assertThat(thirteenth.headers().firstValue("content-type"))
                .hasValue("text/plain;charset=utf-8");
        assertThat(login("203.0.113.8").statusCode()).isNotEqualTo(429);
        assertThat(login("2001:db8::1").statusCode()).isNotEqualTo(429);
    }

    @Test
    void rateLimit_canBeTurnedOff() {
        for (int i = 0; i < 30; i++) {
            assertThat(open.post("/auth/login", "application/json", "{}").statusCode())
                    .isNotEqualTo(429);
        }
    }

    private static HttpResponse<String> login(String forwardedFor) {
        return strict.send(
                strict.request("/px/auth/login")
                        .header("X-Forwarded-For", forwardedFor)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")));
    }

    private static HttpResponse<String> preflight(String origin) {
        return open.send(
                open.request("/v1/projects")
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "DELETE")
                        .header("Access-Control-Request-Headers", "authorization,x-y")
                        .method("OPTIONS", BodyPublishers.noBody()));
    }
}
