package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ServerTest(authentication = true)
class LockoutTest {

    private final TestServer server;

    LockoutTest(TestServer server) {
        this.server = server;
    }

    @Test
    void variantsOfAnAddress_countTogether() {
        TestUser user = TestUser.create(server, "VIEWER");
        String upper = " " + user.email().toUpperCase(Locale.ROOT) + " ";
        for (int i = 0; i < 5; i++) {
            assertThat(login(i % 2 == 0 ? user.email() : upper, "wrong")).isEqualTo(401);
        }
        HttpResponse<String> locked = new Browser(server).login(user.email(), user.password());
        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(locked.body())
                .isEqualTo("Too many failed login attempts. Please try again later.");
        assertThat(Integer.parseInt(locked.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(200, 300);
        assertThat(login(upper, user.password())).isEqualTo(429);
    }

    @Test
    void unknownAddress_isLockedLikeAKnownOne() {
        String nobody = server.projectName() + "@example.com";
        for (int i = 0; i < 5; i++) {
            assertThat(login(nobody, "wrong")).isEqualTo(401);
        }
        assertThat(login(nobody, "wrong")).isEqualTo(429);
    }

    @Test
    void rightPasswordInTime_startsTheCountAnew() {
        TestUser user = TestUser.create(server, "VIEWER");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(login(user.email(), "wrong")).isEqualTo(401);
            }
            assertThat(login(user.email(), user.password())).isEqualTo(204);
        }
    }

    @Test
    void guessesOfTheCurrentPassword_countAsLogIns() {
        TestUser user = TestUser.create(server, "VIEWER");
        Browser thief = user.logIn(server);
        for (int i = 0; i < 5; i++) {
            assertThat(guess(thief, "guess " + i)).contains("Valid current password is required");
        }
        assertThat(guess(thief, user.password())).contains("Too many failed login attempts");
        assertThat(login(user.email(), user.password())).isEqualTo(429);
    }

    private static String guess(Browser browser, String current) {
        String mutation =
                """
                mutation ($current: String!) {
                  patchViewer(input: {newPassword: "stolen", currentPassword: $current}) {
                    user { id }
                  }
                }""";
        return browser.graphQl(mutation, Map.of("current", current)).toString();
    }

    private int login(String email, String password) {
        return new Browser(server).login(email, password).statusCode();
    }
}
