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
    private static TestServer named;

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
        Map<String, String> withAName = new HashMap<>(TestServer.AUTHENTICATION);
        withAName.put("PHOENIX_ROOT_URL", "https://phoenix.example.com:8443");
        withAName.put("PHOENIX_CSRF_TRUSTED_ORIGINS", APP);
        named = TestServer.start(TestEngine.SQLITE, withAName);
    }

    @AfterAll
    static void stop() {
        strict.close();
        open.close();
        proxied.close();
        direct.close();
        shared.close();
        named.close();
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

    @ParameterizedTest
    @CsvSource({
        "https://phoenix.example.com:8443, , 302",
        "https://phoenix.example.com, , 401",
        "own, , 302",
        "http://localhost:1, , 401",
        "https://app.example.com, , 302",
        "http://evil, , 401",
        "http://evil, Bearer x, 302",
        "http://evil, Basic x, 401"
    })
    void besideTheList_theServersOwnPagesAndTokensArePassed(
            String origin, String authorization, int status) {
        HttpRequest.Builder request =
                named.request("/auth/logout")
                        .header(
                                "Origin",
                                origin.equals("own") ? named.baseUrl().toString() : origin);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        assertThat(named.send(request).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"localhost:99999", ":7801", "'a b'", "a\"b"})
    void challenge_repeatsNoNameThatCannotBeOne(String host) throws IOException {
        String challenge = "WWW-Authenticate: Bearer realm=\"Arize Phoenix\"";
        assertThat(answerFor(direct, "/v1/projects", host)).doesNotContain("resource_metadata");
        assertThat(answerFor(direct, "/v1/projects", "px.example:81"))
                .contains(challenge + ", resource_metadata=\"http://px.example:81/.well-known");
        assertThat(answerFor(named, "/v1/projects", "px.example"))
                .contains("resource_metadata=\"https://phoenix.example.com:8443/.well-known");
    }

    @Test
    void cookies_areSecureWherePeopleUseHttps() {
        assertThat(named.get("/auth/logout").headers().allValues("set-cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("; Secure"));
        assertThat(direct.get("/auth/logout").headers().allValues("set-cookie"))
                .isNotEmpty()
                .noneSatisfy(cookie -> assertThat(cookie).contains("; Secure"));
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
        for (TestServer server : List.of(strict, direct)) {
            HttpResponse<String> response =
                    server.send(server.request("/.well-known/x").header("Origin", "http://evil"));
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().map())
                    .containsEntry("access-control-allow-origin", List.of("*"))
                    .doesNotContainKey("access-control-allow-credentials");
            assertThat(server.get("/.well-known/x").headers().map())
                    .doesNotContainKey("access-control-allow-origin");
        }
        assertThat(strict.get("/px/.well-known/x").statusCode()).isEqualTo(404);
    }

    @Test
    void preflightOfAnAnonymousSurface_isAnsweredToAllSites() {
        HttpResponse<String> response = preflight(strict, "/oauth2/token", "http://evil", "x-y");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("OK");
        assertThat(response.headers().map())
                .containsEntry("access-control-allow-origin", List.of("*"))
                .containsEntry(
                        "access-control-allow-methods",
                        List.of("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"))
                .containsEntry("access-control-allow-headers", List.of("x-y"))
                .containsEntry("access-control-max-age", List.of("600"))
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(preflight(direct, "/v1/projects", "http://evil", "x-y").headers().map())
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void endlessListOfHeaders_isNotRepeated() {
        HttpResponse<String> response = preflight(open, "/v1/projects", APP, "x".repeat(10_000));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(
                        "Access-Control-Request-Headers must have at most 2000 characters, had 10000");
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
        return statusFor(server, "/healthz", host);
    }

    private static int statusFor(TestServer server, String path, String host) throws IOException {
        return Integer.parseInt(answerFor(server, path, host).split(" ", 3)[1]);
    }

    private static String answerFor(TestServer server, String path, String host)
            throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.baseUrl().getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                    .formatted(path, host)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void hostNobodyCanHave_isRefusedBeforeAnAnswerRepeatsIt() throws IOException {
        assertThat(statusFor(direct, "/v1/projects", "x".repeat(10_000))).isEqualTo(400);
        assertThat(statusFor(direct, "/v1/projects", "a.".repeat(120) + "example")).isEqualTo(401);
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
        assertThat(thirteenth.headers().firstValue("retry-after")).hasValue("5");
        assertThat(thirteenth.headers().firstValue("content-type"))
                .hasValue("text/plain;charset=utf-8");
        // Some proxies tell the port, which is another one each time.
        assertThat(login(honest + ":4711, 10.0.0.1:80").statusCode()).isEqualTo(429);
        assertThat(login("203.0.113.8").statusCode()).isNotEqualTo(429);
        assertThat(login("[2001:db8:1::1]:4711").statusCode()).isNotEqualTo(429);
        assertThat(login("2001:db8::1").statusCode()).isNotEqualTo(429);
    }

    /** By address, so that one noisy visitor keeps nobody else from logging in. */
    @ParameterizedTest
    @CsvSource({"/oauth2/main/login, 6", "/oauth2/main/tokens, 15"})
    void loginsElsewhere_areCountedByAddress(String path, int burst) {
        for (int i = 0; i < burst; i++) {
            assertThat(visit(path, "203.0.113.50").statusCode()).isNotEqualTo(429);
        }
        HttpResponse<String> refused = visit(path, "203.0.113.50");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("Too Many Requests");
        assertThat(visit(path.replace("main", "other"), "203.0.113.50").statusCode())
                .isEqualTo(429);
        assertThat(visit(path, "203.0.113.51").statusCode()).isNotEqualTo(429);
    }

    private static HttpResponse<String> visit(String path, String forwardedFor) {
        return strict.send(strict.request("/px" + path).header("X-Forwarded-For", forwardedFor));
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
        return preflight(open, "/v1/projects", origin, "authorization,x-y");
    }

    private static HttpResponse<String> preflight(
            TestServer server, String path, String origin, String headers) {
        return server.send(
                server.request(path)
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "DELETE")
                        .header("Access-Control-Request-Headers", headers)
                        .method("OPTIONS", BodyPublishers.noBody()));
    }
}
