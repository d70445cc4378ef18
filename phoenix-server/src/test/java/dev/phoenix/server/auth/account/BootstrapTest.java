package dev.phoenix.server.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.Console;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    @Test
    void knownPassword_isToldAtEveryStartUntilItIsChanged() {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        try (TestServer first = TestServer.start(TestEngine.SQLITE, environment)) {
            environment.put("PHOENIX_SQL_DATABASE_URL", first.databaseUrl());
            assertThat(start(environment))
                    .contains("Everybody knows the password of admin@localhost")
                    .doesNotContain("too late");
            environment.put("PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD", "chosen-too-late");
            assertThat(start(environment))
                    .contains("Everybody knows the password of admin@localhost")
                    .contains("PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD came too late");
            Browser.ofAdmin(first)
                    .graphQl(
                            "mutation {patchViewer(input: {currentPassword: \"admin\", newPassword:"
                                    + " \"chosen-by-hand\"}) {user {id}}}",
                            Map.of());
            assertThat(start(environment)).doesNotContain("Everybody knows");
        }
    }

    @Test
    void adminsOfTheTimeBefore_areTold() {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        try (TestServer open = TestServer.start(TestEngine.SQLITE, Map.of())) {
            Map<String, Object> planted =
                    Map.of(
                            "auth_method", "LOCAL",
                            "username", "Eve",
                            "email", "eve@example.com",
                            "role", "ADMIN",
                            "password", "a-password");
            assertThat(new Browser(open).post("/v1/users", Map.of("user", planted)).body())
                    .contains("eve@example.com");
            environment.put("PHOENIX_SQL_DATABASE_URL", open.databaseUrl());
            assertThat(start(environment))
                    .contains("admin@localhost was not created")
                    .contains("1 in number: eve@example.com");
        }
    }

    @Test
    void adminsThatAreNotCreated_orCannotLogIn_areTold() {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        environment.put("PHOENIX_ADMINS", "Ann=ann@example.com");
        environment.put("PHOENIX_LOGGING_LEVEL", "info");
        try (TestServer first = TestServer.start(TestEngine.SQLITE, environment)) {
            environment.put("PHOENIX_SQL_DATABASE_URL", first.databaseUrl());
            assertThat(
                            Console.during(
                                    () ->
                                            assertThat(
                                                            Browser.ofAdmin(first)
                                                                    .post("/v1/users", viewer())
                                                                    .statusCode())
                                                    .isEqualTo(201)))
                    .contains("The welcome to Bo was not sent");
            environment.put(
                    "PHOENIX_ADMINS",
                    "Ann=ann@example.com;B=bo@example.com;Ann 2=c@example.com;bo=d@example.com");
            assertThat(start(environment))
                    .contains("PHOENIX_ADMINS names bo@example.com, whose account stays VIEWER")
                    .contains("names d@example.com, but another account has the name bo")
                    .contains("user.create Ann 2 by the server")
                    .contains("Created c@example.com of PHOENIX_ADMINS with a password that nobody")
                    .doesNotContain("ann@example.com");
        }
    }

    private static Map<String, Object> viewer() {
        return Map.of(
                "user",
                Map.of(
                        "auth_method", "LOCAL",
                        "username", "Bo",
                        "email", "bo@example.com",
                        "role", "VIEWER"));
    }

    /** What a start says. */
    private static String start(Map<String, String> environment) {
        return Console.during(() -> TestServer.start(TestEngine.SQLITE, environment).close());
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
