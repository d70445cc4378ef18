package dev.phoenix.server.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(
        value = TestEngine.class,
        names = {"SQLITE", "POSTGRESQL"})
@SuppressWarnings("NullAway.Init")
class LdapLoginTest {

    private static final String READERS = "memberOf: cn=readers,ou=groups,dc=example,dc=com";
    private static final String ADMINS = "cn=admins,ou=groups,dc=example,dc=com";
    private static final Map<TestEngine, TestServer> SERVERS = new HashMap<>();
    private static TestDirectory directory;

    private final TestServer server;

    LdapLoginTest(TestEngine engine) {
        this.server =
                SERVERS.computeIfAbsent(
                        engine, wanted -> start(wanted, "ATTR_UNIQUE_ID", "employeeNumber"));
    }

    @BeforeAll
    static void startDirectory() {
        directory = TestDirectory.start();
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(TestServer::close);
        SERVERS.clear();
        directory.close();
    }

    private static TestServer start(TestEngine engine, String... overrides) {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        environment.putAll(directory.environment(overrides));
        return TestServer.start(engine, environment);
    }

    @Test
    void person_getsAnAccountAndTheRoleOfTheirGroup() {
        String uid = person();
        Browser browser = login(uid);
        JsonNode user = me(browser);
        assertThat(user.path("auth_method").asString()).isEqualTo("LDAP");
        assertThat(user.path("username").asString()).isEqualTo("Name of " + uid);
        assertThat(user.path("email").asString()).isEqualTo(uid + "@example.com");
        assertThat(user.path("role").asString()).isEqualTo("VIEWER");
        assertThat(browser.get("/v1/projects").statusCode()).isEqualTo(200);
    }

    @Test
    void changesInTheDirectory_areFollowedButForTheName() {
        String uid = person();
        JsonNode before = me(login(uid));
        directory.change("people", uid, "memberOf", ADMINS);
        directory.change("people", uid, "mail", "moved-" + uid + "@example.com");
        directory.change("people", uid, "displayName", "Another");
        JsonNode after = me(login(uid));
        assertThat(after.path("id")).isEqualTo(before.path("id"));
        assertThat(after.path("role").asString()).isEqualTo("ADMIN");
        assertThat(after.path("email").asString()).isEqualTo("moved-" + uid + "@example.com");
        assertThat(after.path("username")).isEqualTo(before.path("username"));
    }

    @Test
    void unchangedPerson_keepsOtherSessions() {
        String uid = person();
        Browser first = login(uid);
        login(uid);
        assertThat(first.get("/v1/projects").statusCode()).isEqualTo(200);
    }

    @Test
    void sameDisplayName_getsASuffix() {
        String uid = person();
        String other = person();
        login(uid);
        directory.change("people", other, "displayName", "Name of " + uid);
        assertThat(me(login(other)).path("username").asString())
                .matches("Name of " + uid + " \\([0-9a-f]{6}\\)");
    }

    @ParameterizedTest
    @CsvSource({"'', x", "x, ''", "' ', x"})
    void emptyField_isRefused(String username, String password) {
        HttpResponse<String> response = attempt(username, password);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("Username and password required");
    }

    @Test
    void wrongPasswordAndStranger_areToldAlike() {
        String uid = person();
        for (HttpResponse<String> response :
                List.of(attempt(uid, "wrong"), attempt("nobody-" + uid, "wrong"))) {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).isEqualTo("Invalid username and/or password");
        }
    }

    @Test
    void recycledAddress_isNotTheirs() {
        String uid = person();
        JsonNode owner = me(login(uid));
        String other = person();
        directory.change("people", uid, "mail", "gone-" + uid + "@example.com");
        directory.change("people", other, "mail", uid + "@example.com");
        assertThat(attempt(other, TestDirectory.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(me(login(uid)).path("id")).isEqualTo(owner.path("id"));
    }

    @Test
    void addressOfALocalAccount_staysItsOwn() {
        String uid = person();
        createUser("LOCAL", uid);
        assertThat(attempt(uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(uid + "@example.com", "pass-word").statusCode())
                .isEqualTo(204);
    }

    @Test
    void accountThatWaits_isAdopted() {
        String uid = person();
        createUser("LDAP", uid);
        assertThat(me(login(uid)).path("username").asString()).isEqualTo(uid);
        directory.change("people", uid, "mail", "moved-" + uid + "@example.com");
        assertThat(me(login(uid)).path("username").asString()).isEqualTo(uid);
    }

    /** Where nothing else tells people apart, another address is another person. */
    @Test
    void withoutUniqueIds_anotherAddressIsAnotherAccount() {
        try (TestServer simple = start(server.testEngine(), "ATTR_UNIQUE_ID", "")) {
            String uid = person();
            Browser browser = new Browser(simple);
            assertThat(attempt(browser, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(204);
            JsonNode first = me(browser);
            assertThat(attempt(browser, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(204);
            assertThat(me(browser).path("id")).isEqualTo(first.path("id"));
            directory.change("people", uid, "mail", "moved-" + uid + "@example.com");
            assertThat(attempt(browser, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(204);
            JsonNode second = me(browser);
            assertThat(second.path("id")).isNotEqualTo(first.path("id"));
            assertThat(second.path("email").asString()).isEqualTo("moved-" + uid + "@example.com");
        }
    }

    @Test
    void localLogin_isNotForThem() {
        String uid = person();
        login(uid);
        assertThat(
                        new Browser(server)
                                .login(uid + "@example.com", TestDirectory.PASSWORD)
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void wrongPasswords_lockTheNameHoweverItIsWritten() {
        String uid = person();
        for (int i = 0; i < 5; i++) {
            assertThat(
                            attempt(i % 2 == 0 ? uid : " " + uid.toUpperCase(Locale.ROOT), "x")
                                    .statusCode())
                    .isEqualTo(401);
        }
        assertThat(attempt(uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void wrongPasswords_lockThePersonByWhateverNameTheyAreFound() {
        try (TestServer many =
                start(
                        server.testEngine(),
                        "USER_SEARCH_FILTER",
                        "(|(uid=%s)(employeeNumber=%s))")) {
            String uid = person();
            for (int i = 0; i < 5; i++) {
                String name = i % 2 == 0 ? uid : "E-" + uid;
                assertThat(attempt(many, name, "x").statusCode()).isEqualTo(401);
            }
            // Neither name has been tried five times.
            assertThat(attempt(many, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(429);
            assertThat(attempt(many, "E-" + uid, TestDirectory.PASSWORD).statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void addressThatOnlyLooksTheSame_adoptsNothing() {
        String uid = person();
        createUser("LDAP", uid);
        String other = person();
        directory.change("people", other, "mail", "\uff55" + uid.substring(1) + "@example.com");
        assertThat(attempt(other, TestDirectory.PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void firstLoginsAtOnce_areOneAccount() throws Exception {
        String uid = person();
        List<CompletableFuture<Integer>> logins =
                IntStream.range(0, 6)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        attempt(uid, TestDirectory.PASSWORD)
                                                                .statusCode()))
                        .toList();
        for (CompletableFuture<Integer> login : logins) {
            assertThat(login.get(60, TimeUnit.SECONDS)).isEqualTo(204);
        }
    }

    @Test
    void withoutSignUp_onlyThoseWhoWaitGetIn() {
        try (TestServer closed = start(server.testEngine(), "ALLOW_SIGN_UP", "false")) {
            String uid = person();
            assertThat(attempt(closed, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(401);
            createUser(closed, "LDAP", uid);
            assertThat(attempt(closed, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void withoutAddresses_theUniqueIdIsEnough() {
        try (TestServer nameless =
                start(server.testEngine(), "ATTR_EMAIL", "null", "ATTR_UNIQUE_ID", "uid")) {
            String uid = person();
            Browser browser = new Browser(nameless);
            assertThat(attempt(browser, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(204);
            assertThat(me(browser).path("email").asString()).isEmpty();
            JsonNode again = me(browser);
            attempt(browser, uid, TestDirectory.PASSWORD);
            assertThat(me(browser).path("id")).isEqualTo(again.path("id"));
            assertThat(requestUser(nameless, "LDAP", person()).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void outage_isNobodysFault() {
        try (TestServer alone = start(server.testEngine(), "HOST", "127.1.1.1")) {
            String uid = person();
            for (int i = 0; i < 7; i++) {
                assertThat(attempt(alone, uid, "wrong").statusCode()).isEqualTo(503);
            }
        }
    }

    @Test
    void withoutADirectory_thereIsNoSuchDoor() {
        try (TestServer plain = TestServer.start(server.testEngine(), TestServer.AUTHENTICATION)) {
            assertThat(attempt(plain, "x", "x").statusCode()).isIn(404, 405);
        }
    }

    private String person() {
        String uid = "u" + UUID.randomUUID();
        directory.addPerson(
                "people",
                uid,
                "mail: " + uid + "@example.com",
                "displayName: Name of " + uid,
                "employeeNumber: E-" + uid,
                READERS);
        return uid;
    }

    private Browser login(String uid) {
        Browser browser = new Browser(server);
        assertThat(attempt(browser, uid, TestDirectory.PASSWORD).statusCode()).isEqualTo(204);
        return browser;
    }

    private HttpResponse<String> attempt(String username, String password) {
        return attempt(server, username, password);
    }

    private static HttpResponse<String> attempt(TestServer at, String username, String password) {
        return attempt(new Browser(at), username, password);
    }

    private static HttpResponse<String> attempt(Browser browser, String username, String password) {
        return browser.post("/auth/ldap/login", Map.of("username", username, "password", password));
    }

    private static JsonNode me(Browser browser) {
        return JsonMapper.shared().readTree(browser.get("/v1/user").body()).path("data");
    }

    private void createUser(String method, String uid) {
        createUser(server, method, uid);
    }

    private static void createUser(TestServer at, String method, String uid) {
        HttpResponse<String> response = requestUser(at, method, uid);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static HttpResponse<String> requestUser(TestServer at, String method, String uid) {
        Map<String, Object> user = new HashMap<>();
        user.put("auth_method", method);
        user.put("email", uid + "@example.com");
        user.put("username", uid);
        user.put("role", "VIEWER");
        if (method.equals("LOCAL")) {
            user.put("password", "pass-word");
        }
        return Browser.ofAdmin(at)
                .post("/v1/users", Map.of("user", user, "send_welcome_email", false));
    }
}
