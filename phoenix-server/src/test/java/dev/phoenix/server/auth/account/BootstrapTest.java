package dev.phoenix.server.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BootstrapTest {

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void namedAdmins_areCreatedOnceAndNobodyIsElevated(TestEngine engine) {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        environment.put("PHOENIX_ADMINS", "Ann=ann@example.com");
        environment.put("PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD", "first-password");
        try (TestServer first = TestServer.start(engine, environment)) {
            Browser admin = Browser.loggedIn(first, "admin@localhost", "first-password");
            assertThat(users(admin)).containsExactly("Ann ADMIN", "admin ADMIN", "system SYSTEM");
            Map<String, Object> viewer =
                    Map.of(
                            "auth_method", "LOCAL",
                            "username", "Bo",
                            "email", "bo@example.com",
                            "role", "VIEWER");
            assertThat(admin.post("/v1/users", Map.of("user", viewer)).statusCode()).isEqualTo(201);
            environment.put("PHOENIX_SQL_DATABASE_URL", first.databaseUrl());
            environment.put(
                    "PHOENIX_ADMINS", "Ann=ann@example.com;Bo=other@example.com;C=BO@example.com");
            environment.put("PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD", "second-password");
            try (TestServer second = TestServer.start(engine, environment)) {
                // The accounts are the database's; the second start changes none of them.
                Browser again = Browser.loggedIn(second, "admin@localhost", "first-password");
                assertThat(users(again))
                        .containsExactlyInAnyOrder(
                                "Bo VIEWER", "Ann ADMIN", "admin ADMIN", "system SYSTEM");
                assertThat(
                                again.graphQl("{viewer {isManagementUser}}", Map.of())
                                        .at("/data/viewer/isManagementUser")
                                        .asBoolean())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void secretThatChanged_stillReadsWhatTheOldOneSigned(TestEngine engine) {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        try (TestServer before = TestServer.start(engine, environment)) {
            Browser browser = Browser.ofAdmin(before);
            environment.put("PHOENIX_SQL_DATABASE_URL", before.databaseUrl());
            environment.put("PHOENIX_SECRET", "another-secret-of-tests-0123456789-abc");
            String access = browser.cookie("phoenix-access-token");
            try (TestServer without = TestServer.start(engine, environment)) {
                assertThat(status(without, access)).isEqualTo(401);
            }
            environment.put("PHOENIX_PREVIOUS_SECRETS", TestServer.SECRET);
            try (TestServer after = TestServer.start(engine, environment)) {
                assertThat(status(after, access)).isEqualTo(200);
                String fresh = Browser.ofAdmin(after).cookie("phoenix-access-token");
                assertThat(status(before, fresh)).isEqualTo(401);
            }
        }
    }

    private static int status(TestServer server, String token) {
        var request = server.request("/v1/user").header("Authorization", "Bearer " + token);
        return server.send(request).statusCode();
    }

    private static List<String> users(Browser admin) {
        JsonNode users = JsonMapper.shared().readTree(admin.get("/v1/users").body()).path("data");
        return users.valueStream()
                .map(user -> user.path("username").asString() + " " + user.path("role").asString())
                .toList();
    }
}
