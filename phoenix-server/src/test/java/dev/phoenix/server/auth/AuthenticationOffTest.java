package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServerTest
class AuthenticationOffTest {

    private final TestServer server;

    AuthenticationOffTest(TestServer server) {
        this.server = server;
    }

    @Test
    void everybodyIsNobodyInParticular() {
        Api api = new Api(server);
        assertThat(api.get("/v1/user"))
                .isEqualTo(Api.json("{'data': {'auth_method': 'ANONYMOUS'}}"));
        assertThat(api.query("{viewer {id}}").path("viewer").isNull()).isTrue();
        assertThat(api.get("/v1/users").path("data")).isEmpty();
    }

    @Test
    void whateverIsShown_isNotLookedAt() {
        var request = server.request("/v1/projects").header("Authorization", "Bearer garbage");
        assertThat(server.send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/user/api_keys",
        "POST, /v1/user/api_keys",
        "DELETE, /v1/user/api_keys/x",
        "GET, /v1/users/api_keys",
        "GET, /v1/system/api_keys",
        "POST, /v1/system/api_keys",
        "DELETE, /v1/system/api_keys/x"
    })
    void keysOfNobody_doNotExist(String method, String path) {
        var response =
                server.send(
                        server.request(path)
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("PHOENIX_ENABLE_AUTH");
    }

    @ParameterizedTest
    @CsvSource({"/auth/login", "/auth/refresh", "/auth/password-reset", "/auth/logout"})
    void thereIsNothingToLogInTo(String path) {
        assertThat(server.post(path, "application/json", "{}").statusCode()).isEqualTo(405);
    }
}
