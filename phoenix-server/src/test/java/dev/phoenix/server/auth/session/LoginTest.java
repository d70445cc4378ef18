package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServerTest(authentication = true)
class LoginTest {

    private final TestServer server;

    LoginTest(TestServer server) {
        this.server = server;
    }

    @Test
    void rightPassword_givesTwoCookiesThatScriptsCannotRead() {
        HttpResponse<String> response = new Browser(server).login("admin@localhost", "admin");
        assertThat(response.statusCode()).isEqualTo(204);
        List<String> cookies = response.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(2);
        assertThat(cookies.get(0))
                .startsWith("phoenix-access-token=")
                .contains("; Path=/; Max-Age=600;", "; HttpOnly; SameSite=Strict")
                .doesNotContain("Secure", "Domain");
        assertThat(cookies.get(1))
                .startsWith("phoenix-refresh-token=")
                .contains("; Path=/; Max-Age=604800;", "; HttpOnly; SameSite=Strict");
    }

    @Test
    void parallelLogins_getTokensOfTheirOwnThatAllWork() {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 10)
                .parallel()
                .forEach(
                        _ -> {
                            Browser browser = Browser.ofAdmin(server);
                            tokens.add(browser.cookie("phoenix-access-token"));
                            tokens.add(browser.cookie("phoenix-refresh-token"));
                            assertThat(browser.get("/v1/projects").statusCode()).isEqualTo(200);
                        });
        assertThat(tokens).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"ADMIN@localhost", "' admin@LOCALHOST '"})
    void address_isFoundHoweverItIsWritten(String email) {
        assertThat(new Browser(server).login(email, "admin").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"'', admin", "admin@localhost, ''", "' ', admin"})
    void emptyField_isRefused(String email, String password) {
        HttpResponse<String> response = new Browser(server).login(email, password);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("Email and password required");
    }

    @ParameterizedTest
    @CsvSource({"admin@localhost", "nobody@localhost", "system@localhost"})
    void wrongPasswordAndUnknownAddress_areToldAlike(String email) {
        HttpResponse<String> response = new Browser(server).login(email, "wrong-password");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("Invalid email and/or password");
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/plain;charset=UTF-8");
        assertThat(new Browser(server).login("admin@localhost", "admin").statusCode())
                .isEqualTo(204);
    }

    /** A hash is most of the time, so whoever lacks one would be seen at once. */
    @Test
    void wrongPasswordAndUnknownAddress_takeAlike() {
        Map<String, List<Duration>> times = new HashMap<>();
        Browser admin = Browser.ofAdmin(server);
        // Slowness comes from elsewhere, too, so the fastest of each count, after many tries at
        // worst.
        for (int i = 0; i < 16 && !takeAlike(times); i++) {
            String known = TestUser.create(server, "VIEWER").email();
            String elsewhere = "elsewhere-%d@example.com".formatted(i);
            createElsewhere(admin, elsewhere);
            for (String email : List.of(known, elsewhere, "nobody-%d@example.com".formatted(i))) {
                long began = System.nanoTime();
                assertThat(new Browser(server).login(email, "wrong-password").statusCode())
                        .isEqualTo(401);
                times.computeIfAbsent(email.replaceFirst("-.*", ""), _ -> new ArrayList<>())
                        .add(Duration.ofNanos(System.nanoTime() - began));
            }
        }
        assertThat(takeAlike(times)).as(times.toString()).isTrue();
    }

    private static boolean takeAlike(Map<String, List<Duration>> times) {
        List<Duration> fastest = times.values().stream().map(Collections::min).sorted().toList();
        return fastest.size() == 3
                && fastest.getLast().toMillis() < fastest.getFirst().toMillis() * 3 / 2;
    }

    private static void createElsewhere(Browser admin, String email) {
        Map<String, Object> user =
                Map.of(
                        "auth_method",
                        "OAUTH2",
                        "username",
                        email,
                        "email",
                        email,
                        "role",
                        "VIEWER");
        assertThat(admin.post("/v1/users", Map.of("user", user)).statusCode()).isEqualTo(201);
    }

    @Test
    void withoutCredentials_everySurfaceIsClosedAndSaysHowToOpenIt() {
        for (String path : List.of("/v1/projects", "/graphql")) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.body()).isEqualTo("Invalid token");
            assertThat(response.headers().firstValue("www-authenticate"))
                    .hasValue(
                            "Bearer realm=\"Arize Phoenix\", resource_metadata=\""
                                    + server.baseUrl()
                                    + "/.well-known/oauth-protected-resource\"");
        }
        assertThat(server.post("/graphql", "application/json", "{{{").statusCode()).isEqualTo(401);
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(server.get("/arize_phoenix_version").statusCode()).isEqualTo(200);
    }

    @Test
    void adminSecret_isABearerToken() {
        var request =
                server.request("/v1/projects")
                        .header("authorization", "bearer " + TestServer.ADMIN_SECRET);
        assertThat(server.send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'email':'a@b.c','email':'admin@localhost','password':'admin'}|400",
                "{'email':'admin@localhost\\u0000','password':'admin'}|400",
                "[1]|422",
                "no JSON|422"
            })
    void ambiguousOrMalformedBody_isRefused(String body, int status) {
        HttpResponse<String> response =
                server.post("/auth/login", "text/plain", body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @Test
    void withoutAMailServer_nobodyCanAskForANewPassword() {
        HttpResponse<String> response =
                new Browser(server)
                        .post("/auth/password-reset-email", Map.of("email", "ann@example.com"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("SMTP server not configured");
    }

    @Test
    void oversizedBody_isRefused() {
        HttpResponse<String> response =
                new Browser(server).post("/auth/login", Map.of("email", "a".repeat(70_000)));
        assertThat(response.statusCode()).isEqualTo(413);
    }
}
