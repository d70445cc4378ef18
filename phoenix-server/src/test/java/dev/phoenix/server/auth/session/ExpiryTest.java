package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.auth.session.RecordedResetMail.Sent;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What time does to everything that proves who somebody is. */
@ParameterizedClass
@EnumSource(
        value = TestEngine.class,
        names = {"SQLITE", "POSTGRESQL"})
@SuppressWarnings("NullAway.Init")
class ExpiryTest {

    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private static TestServer server;

    @Parameter TestEngine engine;

    @BeforeParameterizedClassInvocation
    static void start(TestEngine engine) {
        RecordedResetMail.switchOn(true);
        try {
            server =
                    TestServer.start(
                            engine,
                            TestServer.AUTHENTICATION,
                            () -> Instant.now().plus(AHEAD.get()));
        } finally {
            RecordedResetMail.switchOn(false);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setTheClock() {
        AHEAD.set(Duration.ZERO);
    }

    @Test
    void expiredAccessToken_isRenewedByTheRefreshTokenThatStillLives() {
        Browser browser = Browser.as(server, "VIEWER");
        AHEAD.set(Duration.ofMinutes(11));
        HttpResponse<String> expired = browser.get("/v1/user");
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).isEqualTo("Expired token");
        assertThat(browser.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(204);
        assertThat(browser.get("/v1/user").statusCode()).isEqualTo(200);
    }

    @Test
    void expiredRefreshToken_saysSo() {
        Browser browser = Browser.as(server, "VIEWER");
        AHEAD.set(Duration.ofDays(7).plusMinutes(1));
        HttpResponse<String> refused = browser.post("/auth/refresh", Map.of());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("Expired refresh token");
    }

    @Test
    void expiredApiKey_saysSo() {
        Browser owner = Browser.as(server, "VIEWER");
        String expiry = Instant.now().plus(Duration.ofHours(1)).toString();
        Map<String, String> wanted = Map.of("name", "short", "expires_at", expiry);
        String key =
                Api.json(owner.post("/v1/user/api_keys", Map.of("data", wanted)).body())
                        .at("/data/key")
                        .asString();
        var request = server.request("/v1/user").header("Authorization", "Bearer " + key);
        assertThat(server.send(request).statusCode()).isEqualTo(200);
        AHEAD.set(Duration.ofMinutes(61));
        HttpResponse<String> expired = server.send(request);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).isEqualTo("Expired token");
    }

    @Test
    void expiredResetLink_changesNothing() {
        TestUser user = TestUser.create(server, "VIEWER");
        int before = RecordedResetMail.SENT.size();
        new Browser(server).post("/auth/password-reset-email", Map.of("email", user.email()));
        Await.await(Duration.ofSeconds(10), before + 1, () -> RecordedResetMail.SENT.size());
        Sent mail = RecordedResetMail.SENT.get(before);
        String token = mail.link().getQuery().substring("token=".length());
        AHEAD.set(Duration.ofMinutes(16));
        HttpResponse<String> refused =
                new Browser(server)
                        .post(
                                "/auth/password-reset",
                                Map.of("token", token, "password", "a-new-one"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("Invalid token");
        assertThat(user.logIn(server).get("/v1/user").statusCode()).isEqualTo(200);
    }

    @Test
    void lockedAccount_isOpenAgainAfterFiveMinutes() {
        TestUser user = TestUser.create(server, "VIEWER");
        for (int i = 0; i < 5; i++) {
            new Browser(server).login(user.email(), "wrong");
        }
        assertThat(new Browser(server).login(user.email(), user.password()).statusCode())
                .isEqualTo(429);
        AHEAD.set(Duration.ofSeconds(301));
        assertThat(new Browser(server).login(user.email(), user.password()).statusCode())
                .isEqualTo(204);
    }
}
