package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(
        authentication = true,
        environment = {
            "PHOENIX_DISABLE_BASIC_AUTH=true",
            "PHOENIX_COOKIES_PATH=/phoenix",
            "PHOENIX_USE_SECURE_COOKIES=true",
            "PHOENIX_LDAP_HOST=localhost",
            "PHOENIX_LDAP_USER_SEARCH_BASE_DNS=[\"ou=people,dc=example,dc=com\"]",
            "PHOENIX_LDAP_GROUP_ROLE_MAPPINGS=[{\"group_dn\":\"*\",\"role\":\"VIEWER\"}]"
        })
class PasswordsOffTest {

    private final TestServer server;

    PasswordsOffTest(TestServer server) {
        this.server = server;
    }

    @Test
    void nobodyLogsInWithAPassword_norGetsANewOne() {
        Browser browser = new Browser(server);
        assertThat(browser.login("admin@localhost", "admin").statusCode()).isEqualTo(403);
        assertThat(
                        browser.post("/auth/password-reset-email", Map.of("email", "a@b.c"))
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        browser.post("/auth/password-reset", Map.of("token", "x", "password", "y"))
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void logout_leadsToAPageThatDoesNotLogInAgainAndRemovesCookiesAsTheyWereSet() {
        var response = new Browser(server).get("/auth/logout");
        assertThat(response.headers().firstValue("location")).hasValue("/logout");
        assertThat(response.headers().allValues("set-cookie"))
                .isNotEmpty()
                .allSatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .contains("; Path=/phoenix;", "; Max-Age=0;", "; Secure"));
    }

    @Test
    void localUsers_cannotBeCreated() {
        Map<String, Object> user =
                Map.of(
                        "auth_method", "LOCAL",
                        "username", "x",
                        "email", "x@example.com",
                        "role", "VIEWER");
        var request =
                server.request("/v1/users")
                        .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET)
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        JsonMapper.shared()
                                                .writeValueAsString(Map.of("user", user))));
        assertThat(server.send(request).statusCode()).isEqualTo(422);
    }
}
