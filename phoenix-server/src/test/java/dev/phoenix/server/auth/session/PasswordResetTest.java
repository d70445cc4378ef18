package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.auth.session.RecordedResetMail.Sent;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
        value = TestEngine.class,
        names = {"SQLITE", "POSTGRESQL"})
@SuppressWarnings("NullAway.Init")
class PasswordResetTest {

    private static TestServer server;

    @Parameter TestEngine engine;

    @BeforeParameterizedClassInvocation
    static void start(TestEngine engine) {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        environment.put("PHOENIX_ROOT_URL", "https://phoenix.example.com/base");
        environment.put("PHOENIX_ENABLE_STRONG_PASSWORD_POLICY", "true");
        RecordedResetMail.switchOn(true);
        try {
            server = TestServer.start(engine, environment);
        } finally {
            RecordedResetMail.switchOn(false);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @Test
    void wholeWay_replacesThePasswordAndEndsAllSessions() {
        TestUser user = user();
        Browser session = user.logIn(server);
        String token = request(user.email().toUpperCase(Locale.ROOT));
        assertThat(new Browser(server).login(user.email(), user.password()).statusCode())
                .isEqualTo(204);
        assertThat(reset(token, "Fresh-pass-12!").statusCode()).isEqualTo(204);
        assertThat(session.get("/v1/user").statusCode()).isEqualTo(401);
        assertThat(session.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(user.email(), user.password()).statusCode())
                .isEqualTo(401);
        Browser fresh = Browser.loggedIn(server, user.email(), "Fresh-pass-12!");
        assertThat(fresh.get("/v1/user").body()).contains("\"password_needs_reset\":false");
        assertThat(reset(token, "Fresh-pass-12!").body()).isEqualTo("Invalid token");
        assertThat(reset(request(user.email()), "Fresh-pass-34!").statusCode()).isEqualTo(204);
        Browser.loggedIn(server, user.email(), "Fresh-pass-34!");
    }

    @Test
    void link_leadsToTheConfiguredAddressWhateverTheRequestClaims() {
        TestUser user = user();
        int before = RecordedResetMail.SENT.size();
        var request =
                server.request("/auth/password-reset-email")
                        .header("Referer", server.baseUrl() + "/evil")
                        .header("X-Forwarded-Host", "evil.example.com")
                        .header("Forwarded", "host=evil.example.com")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"email\":\"" + user.email() + "\"}"));
        assertThat(server.send(request).statusCode()).isEqualTo(204);
        Sent mail = mailAfter(before);
        assertThat(mail.to()).isEqualTo(user.email());
        assertThat(mail.link().toString())
                .startsWith("https://phoenix.example.com/base/reset-password-with-token?token=");
    }

    @Test
    void unknownAndDeletedUsers_getNoMailButTheSameAnswer() {
        TestUser deleted = user();
        String token = request(deleted.email());
        int before = RecordedResetMail.SENT.size();
        assertThat(Browser.ofAdmin(server).delete("/v1/users/" + deleted.id()).statusCode())
                .isEqualTo(204);
        for (String email : List.of(deleted.email(), "nobody@example.com", "system@localhost")) {
            assertThat(ask(email).statusCode()).isEqualTo(204);
        }
        // Mails are sent one after the other, so all of those would have come before this one.
        request(user().email());
        assertThat(RecordedResetMail.SENT).hasSize(before + 1);
        assertThat(reset(token, "Fresh-pass-12!").statusCode()).isEqualTo(401);
    }

    @Test
    void accountsOfElsewhere_getNoMailButTheSameAnswer() {
        int before = RecordedResetMail.SENT.size();
        Browser admin = Browser.ofAdmin(server);
        for (String method : List.of("OAUTH2", "LDAP")) {
            String email = server.projectName() + method.toLowerCase(Locale.ROOT) + "@example.com";
            Map<String, String> user =
                    Map.of(
                            "auth_method", method,
                            "username", email,
                            "email", email,
                            "role", "MEMBER");
            HttpResponse<String> created = admin.post("/v1/users", Map.of("user", user));
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(ask(email).statusCode()).isEqualTo(204);
        }
        // Mails are sent one after the other.
        request(user().email());
        assertThat(RecordedResetMail.SENT).hasSize(before + 1);
    }

    @Test
    void secondRequest_replacesTheFirst() {
        TestUser user = user();
        String first = request(user.email());
        String second = request(user.email());
        assertThat(reset(first, "Fresh-pass-12!").statusCode()).isEqualTo(401);
        assertThat(reset(second, "Fresh-pass-12!").statusCode()).isEqualTo(204);
    }

    @Test
    void newPassword_endsLinksThatWereMailedBefore() {
        TestUser user = user();
        String link = request(user.email());
        var change =
                user.logIn(server)
                        .graphQl(
                                """
                                mutation ($new: String!, $current: String!) {
                                  patchViewer(input: {newPassword: $new, currentPassword: $current}) {
                                    user { id }
                                  }
                                }""",
                                Map.of("new", "Other-pass-12!", "current", user.password()));
        assertThat(change.path("errors").isMissingNode()).as(change.toString()).isTrue();
        assertThat(reset(link, "Fresh-pass-12!").statusCode()).isEqualTo(401);
    }

    @Test
    void weakPassword_isRefusedAndTheTokenStaysGood() {
        String token = request(user().email());
        HttpResponse<String> refused = reset(token, "weak");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .isEqualTo(
                        "Password must be at least 12 characters long, at least one digit, at least one uppercase letter, and at least one special character of !@#$%^&*()_+");
        assertThat(reset(token, "pass word").statusCode()).isEqualTo(422);
        assertThat(reset(token, "").body()).isEqualTo("Password required");
        assertThat(reset(token, "Fresh-pass-12!").statusCode()).isEqualTo(204);
    }

    @Test
    void lockedAccount_isOpenAfterTheReset() {
        TestUser user = user();
        for (int i = 0; i < 5; i++) {
            new Browser(server).login(user.email(), "wrong");
        }
        assertThat(new Browser(server).login(user.email(), user.password()).statusCode())
                .isEqualTo(429);
        assertThat(reset(request(user.email()), "Fresh-pass-12!").statusCode()).isEqualTo(204);
        assertThat(new Browser(server).login(user.email(), "Fresh-pass-12!").statusCode())
                .isEqualTo(204);
    }

    @Test
    void tokensOfOtherKinds_resetNothing() {
        Browser session = user().logIn(server);
        assertThat(reset(session.cookie("phoenix-access-token"), "Fresh-pass-12!").statusCode())
                .isEqualTo(401);
        String token = request(user().email());
        var request = server.request("/v1/user").header("Authorization", "Bearer " + token);
        assertThat(server.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void missingAddress_isRefused() {
        HttpResponse<String> response =
                new Browser(server).post("/auth/password-reset-email", Map.of());
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).isEqualTo("Email required");
    }

    private static TestUser user() {
        return TestUser.create(server, "MEMBER");
    }

    /** Returns the token of the mail. */
    private static String request(String email) {
        int before = RecordedResetMail.SENT.size();
        assertThat(ask(email).statusCode()).isEqualTo(204);
        return mailAfter(before).link().getQuery().substring("token=".length());
    }

    private static Sent mailAfter(int before) {
        Await.await(Duration.ofSeconds(10), before + 1, () -> RecordedResetMail.SENT.size());
        return RecordedResetMail.SENT.get(before);
    }

    private static HttpResponse<String> ask(String email) {
        return new Browser(server).post("/auth/password-reset-email", Map.of("email", email));
    }

    private static HttpResponse<String> reset(String token, String password) {
        return new Browser(server)
                .post("/auth/password-reset", Map.of("token", token, "password", password));
    }
}
