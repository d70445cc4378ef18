package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(authentication = true)
class SessionTokensTest {

    private static final String ACCESS = "phoenix-access-token";
    private static final String REFRESH = "phoenix-refresh-token";
    private static final String PATH = "/v1/projects";

    /** Another one on the same database. */
    private static final Map<TestServer, TestServer> SECOND = new HashMap<>();

    private final TestServer server;

    SessionTokensTest(TestServer server) {
        this.server = server;
    }

    @AfterAll
    static void stop() {
        SECOND.values().forEach(TestServer::close);
        SECOND.clear();
    }

    private TestServer second() {
        return SECOND.computeIfAbsent(
                server,
                first -> {
                    Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
                    environment.put("PHOENIX_SQL_DATABASE_URL", first.databaseUrl());
                    return TestServer.start(first.testEngine(), environment);
                });
    }

    @Test
    void tokensNameTheirKindAndRow_andNoTwoTheSame() {
        Browser browser = Browser.as(server, "VIEWER");
        assertThat(payload(browser.cookie(ACCESS)).path("jti").asString())
                .matches("AccessToken:\\d+");
        assertThat(payload(browser.cookie(REFRESH)).path("jti").asString())
                .matches("RefreshToken:\\d+");
    }

    @Test
    void sessionThatIsRenewedWhileAllAreEnded_endsToo() throws Exception {
        TestUser user = TestUser.create(server, "VIEWER");
        for (int i = 0; i < 20; i++) {
            Browser renewing = user.logIn(server);
            Browser leaving = renewing.copy();
            var renewed =
                    CompletableFuture.supplyAsync(
                            () -> renewing.post("/auth/refresh", Map.of()).statusCode());
            leaving.post("/auth/logout", Map.of());
            renewed.get(30, TimeUnit.SECONDS);
            assertThat(bearer(renewing.cookie(ACCESS))).as("round %d", i).isEqualTo(401);
        }
    }

    @Test
    void passwordThatChangesWhileItIsChecked_opensNoSession() throws Exception {
        for (int i = 0; i < 5; i++) {
            TestUser user = TestUser.create(server, "VIEWER");
            Browser admin = Browser.ofAdmin(server);
            var changed =
                    CompletableFuture.supplyAsync(
                            () ->
                                    admin.graphQl(
                                            "mutation($id: ID!) {patchUser(input: {userId: $id,"
                                                    + " newPassword: \"another\"}) {user {id}}}",
                                            Map.of("id", user.id())));
            // The hash of the new password is made first, and the old one is compared meanwhile.
            Browser thief = new Browser(server);
            int status = thief.login(user.email(), user.password()).statusCode();
            assertThat(changed.get(30, TimeUnit.SECONDS).path("errors").isMissingNode()).isTrue();
            assertThat(status).as("round %d", i).isIn(204, 401);
            assertThat(thief.get(PATH).statusCode()).as("round %d", i).isEqualTo(401);
            assertThat(thief.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(401);
            Browser.loggedIn(server, user.email(), "another");
        }
    }

    @Test
    void stolenRefreshToken_isKnownToAllServersOnceItsSuccessorWasUsedOnOne() {
        TestServer second = second();
        Browser browser = Browser.as(server, "VIEWER");
        String stolen = browser.cookie(REFRESH);
        assertThat(browser.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(browser.get(PATH).statusCode()).isEqualTo(200);
        assertThat(refresh(new Browser(second).setCookie(REFRESH, stolen)))
                .isEqualTo("401 Invalid refresh token");
        // Nor does it help to wait until the successor was exchanged itself.
        assertThat(browser.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(refresh(new Browser(second).setCookie(REFRESH, stolen)))
                .isEqualTo("401 Invalid refresh token");
    }

    /** Renewals take credentials away all the time, while others are compared with the database. */
    @Test
    void demotion_countsOnTheOtherServerWhileManySessionsAreRenewedThere() throws Exception {
        TestServer second = second();
        TestUser user = TestUser.create(server, "ADMIN");
        String key =
                JsonMapper.shared()
                        .readTree(
                                user.logIn(server)
                                        .post(
                                                "/v1/user/api_keys",
                                                Map.of("data", Map.of("name", "k")))
                                        .body())
                        .at("/data/key")
                        .asString();
        assertThat(bearer(second, "/v1/users", key)).isEqualTo(200);
        Browser busy = Browser.loggedIn(second, user.email(), user.password());
        AtomicBoolean over = new AtomicBoolean();
        var renewals =
                CompletableFuture.runAsync(
                        () -> {
                            Browser renewing = Browser.as(second, "VIEWER");
                            while (!over.get()) {
                                renewing.post("/auth/refresh", Map.of());
                            }
                        });
        try {
            Browser.ofAdmin(server)
                    .graphQl(
                            "mutation($id: ID!) {patchUser(input: {userId: $id, newRole: VIEWER}) {user {id}}}",
                            Map.of("id", user.id()));
            Await.await(Duration.ofSeconds(5), 403, () -> bearer(second, "/v1/users", key));
            Await.await(Duration.ofSeconds(5), 401, () -> busy.get(PATH).statusCode());
        } finally {
            over.set(true);
            renewals.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void anyAlteredPartOfAToken_isRefused() {
        String token = Browser.as(server, "VIEWER").cookie(ACCESS);
        assertThat(bearer(token)).isEqualTo(200);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(bearer(altered)).as(altered).isEqualTo(401);
        }
        assertThat(bearer(token.substring(0, token.length() - 1))).isEqualTo(401);
        assertThat(bearer(token.substring(0, token.lastIndexOf('.') + 1))).isEqualTo(401);
        assertThat(bearer(token + "=")).isEqualTo(401);
        assertThat(bearer("x".repeat(3000))).isEqualTo(401);
    }

    /** What a wrong algorithm alone does is in TokensTest: here the random part is missing, too. */
    @Test
    void forgedTokens_areRefusedEvenWithTheRightSecret() {
        String token = Browser.as(server, "ADMIN").cookie(ACCESS);
        String jti = payload(token).path("jti").asString();
        String payload = "{\"jti\":\"" + jti + "\"}";
        String secret = TestServer.SECRET;
        assertThat(bearer(sign("{\"alg\":\"none\"}", payload, secret))).isEqualTo(401);
        assertThat(bearer(unsigned("{\"alg\":\"none\",\"typ\":\"JWT\"}", payload))).isEqualTo(401);
        assertThat(bearer(sign("{\"alg\":\"HS512\",\"typ\":\"JWT\"}", payload, secret)))
                .isEqualTo(401);
        assertThat(bearer(sign("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", payload, secret)))
                .isEqualTo(401);
        assertThat(
                        bearer(
                                sign(
                                        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"x\"}",
                                        payload,
                                        secret)))
                .isEqualTo(401);
        assertThat(bearer(sign("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload, "guessed")))
                .isEqualTo(401);
        // Who stole the secret lacks the random part that only the owner of the token has.
        assertThat(bearer(sign("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload, secret)))
                .isEqualTo(401);
    }

    @Test
    void refreshToken_opensNothing() {
        assertThat(bearer(Browser.as(server, "ADMIN").cookie(REFRESH))).isEqualTo(401);
    }

    @Test
    void refresh_replacesBothTokens() {
        Browser browser = Browser.as(server, "VIEWER");
        Browser old = browser.copy();
        assertThat(browser.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(browser.get(PATH).statusCode()).isEqualTo(200);
        assertThat(old.get(PATH).statusCode()).isEqualTo(401);
        HttpResponse<String> replayed = old.post("/auth/refresh", Map.of());
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).isEqualTo("Invalid refresh token");
        assertThat(browser.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void twoTabsThatRefreshAtOnce_bothStayLoggedIn() {
        Browser tab = Browser.as(server, "VIEWER");
        Browser other = tab.copy();
        assertThat(tab.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(other.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(tab.get(PATH).statusCode()).isEqualTo(200);
        assertThat(other.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void refresh_leavesOtherBrowsersAlone() {
        TestUser user = TestUser.create(server, "VIEWER");
        Browser first = user.logIn(server);
        Browser second = user.logIn(server);
        assertThat(first.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(second.get(PATH).statusCode()).isEqualTo(200);
        assertThat(second.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
    }

    @Test
    void refreshWithoutAValidToken_saysWhatIsWrong() {
        assertThat(refresh(new Browser(server))).isEqualTo("401 Missing refresh token");
        assertThat(refresh(new Browser(server).setCookie(REFRESH, "garbage")))
                .isEqualTo("401 Invalid refresh token");
        Browser browser = Browser.as(server, "VIEWER");
        browser.setCookie(REFRESH, browser.cookie(ACCESS));
        assertThat(refresh(browser)).isEqualTo("401 Invalid refresh token");
    }

    @Test
    void refreshTokenAlone_isEnoughToRefresh() {
        Browser browser = Browser.as(server, "VIEWER").dropCookie(ACCESS);
        assertThat(browser.get(PATH).statusCode()).isEqualTo(401);
        assertThat(browser.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(browser.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void logout_endsAllSessionsAndRemovesTheCookies() {
        TestUser user = TestUser.create(server, "VIEWER");
        Browser first = user.logIn(server);
        Browser second = user.logIn(server);
        assertThat(second.get(PATH).statusCode()).isEqualTo(200);
        Browser thief = first.copy();
        HttpResponse<String> response = first.get("/auth/logout");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location")).hasValue("/login");
        assertThat(response.headers().allValues("set-cookie"))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .startsWith(
                                                "phoenix-access-token=; Path=/; Max-Age=0;"
                                                        + " Expires=")
                                        .endsWith("; HttpOnly; SameSite=Strict"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("phoenix-refresh-token=;"))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .startsWith("phoenix-oauth2-state=;")
                                        .endsWith("SameSite=Lax"));
        assertThat(first.hasCookies()).isFalse();
        assertThat(thief.get(PATH).statusCode()).isEqualTo(401);
        assertThat(thief.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(401);
        assertThat(second.get(PATH).statusCode()).isEqualTo(401);
    }

    @Test
    void logoutWithTheRefreshTokenAlone_works() {
        TestUser user = TestUser.create(server, "VIEWER");
        Browser browser = user.logIn(server);
        Browser other = browser.copy();
        assertThat(browser.dropCookie(ACCESS).get("/auth/logout").statusCode()).isEqualTo(302);
        assertThat(other.get(PATH).statusCode()).isEqualTo(401);
        // It is on record as the doing of whose session it was.
        JsonNode entry =
                json(Browser.ofAdmin(server)
                                .get(
                                        "/v1/audit_events?action=session.close&user_id="
                                                + Api.encode(user.id())))
                        .at("/data/0");
        assertThat(entry.path("target").asString()).isEqualTo(user.username());
        assertThat(entry.at("/actor/name").asString()).isEqualTo(user.username());
    }

    @Test
    void logoutOfNobody_isNoError() {
        assertThat(new Browser(server).get("/auth/logout").statusCode()).isEqualTo(302);
        assertThat(new Browser(server).post("/auth/logout", Map.of()).statusCode()).isEqualTo(302);
    }

    @Test
    void invalidHeader_isNotRescuedByAValidCookie() {
        String cookie = ACCESS + "=" + Browser.as(server, "VIEWER").cookie(ACCESS);
        for (String header : List.of("Bearer garbage", "Bearer", "Basic eDp5", "")) {
            var request =
                    server.request(PATH).header("Cookie", cookie).header("Authorization", header);
            assertThat(server.send(request).statusCode()).as(header).isEqualTo(401);
        }
        assertThat(server.send(server.request(PATH).header("Cookie", cookie)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sessions_areListedAndEndedOneByOne() {
        TestUser user = TestUser.create(server, "VIEWER");
        Browser first = user.logIn(server);
        Browser second = user.logIn(server);
        first.post("/auth/refresh", Map.of());
        JsonNode listed = json(first.get("/v1/user/sessions")).path("data");
        assertThat(listed).hasSize(2);
        JsonNode other = listed.path(0);
        assertThat(other.path("is_current").asBoolean()).isFalse();
        assertThat(other.path("login_method").asString()).isEqualTo("LOCAL");
        assertThat(other.path("address").asString()).isNotEmpty();
        assertThat(listed.path(1).path("is_current").asBoolean()).isTrue();
        String path = "/v1/user/sessions/" + other.path("id").asString();
        assertThat(Browser.as(server, "ADMIN").delete(path).statusCode()).isEqualTo(404);
        assertThat(first.delete(path).statusCode()).isEqualTo(204);
        assertThat(first.delete(path).statusCode()).isEqualTo(404);
        assertThat(second.get(PATH).statusCode()).isEqualTo(401);
        assertThat(first.get(PATH).statusCode()).isEqualTo(200);
        Browser admin = Browser.as(server, "ADMIN");
        assertThat(admin.delete("/v1/users/" + user.id() + "/sessions").statusCode())
                .isEqualTo(204);
        assertThat(first.get(PATH).statusCode()).isEqualTo(401);
    }

    @Test
    void whatOneServerIssuesAndRevokes_countsOnTheOther() {
        TestServer second = second();
        Browser browser = Browser.as(server, "VIEWER");
        String token = browser.cookie(ACCESS);
        assertThat(bearer(second, PATH, token)).isEqualTo(200);
        browser.get("/auth/logout");
        assertThat(bearer(token)).isEqualTo(401);
        Await.await(Duration.ofSeconds(5), 401, () -> bearer(second, PATH, token));
    }

    private static String refresh(Browser browser) {
        HttpResponse<String> response = browser.post("/auth/refresh", Map.of());
        return response.statusCode() + " " + response.body();
    }

    private int bearer(String token) {
        return bearer(server, PATH, token);
    }

    private static int bearer(TestServer at, String path, String token) {
        var request = at.request(path).header("Authorization", "Bearer " + token);
        return at.send(request).statusCode();
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static JsonNode payload(String token) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JsonMapper.shared().readTree(json);
    }

    private static String unsigned(String header, String payload) {
        return base64(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8))
                + ".";
    }

    private static String sign(String header, String payload, String secret) {
        String signed = unsigned(header, payload);
        signed = signed.substring(0, signed.length() - 1);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
