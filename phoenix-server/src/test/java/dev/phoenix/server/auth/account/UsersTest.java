package dev.phoenix.server.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(authentication = true)
class UsersTest {

    private static final String CREATE =
            "mutation($input: CreateUserInput!) {createUser(input: $input) {user {id username email"
                    + " role {name} authMethod passwordNeedsReset}}}";
    private static final String PATCH =
            "mutation($input: PatchUserInput!) {patchUser(input: $input) {user {username role"
                    + " {name} passwordNeedsReset}}}";
    private static final String PATCH_VIEWER =
            "mutation($input: PatchViewerInput!) {patchViewer(input: $input) {user {username"
                    + " passwordNeedsReset}}}";
    private static final String DELETE =
            "mutation($input: DeleteUsersInput!) {deleteUsers(input: $input) {userIds}}";
    private static final String VIEWER =
            "{viewer {id username email passwordNeedsReset role {name} apiKeyCount apiKeys"
                    + " {name}}}";

    /** Logging in takes longer than what most tests ask for. */
    private static final Map<TestServer, Browser> ADMINS = new HashMap<>();

    private final TestServer server;

    UsersTest(TestServer server) {
        this.server = server;
    }

    private Browser admin() {
        return ADMINS.computeIfAbsent(server, Browser::ofAdmin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN", "MEMBER", "VIEWER"})
    void createdUser_logsInAndMustChooseAPassword(String role) {
        TestUser user = TestUser.create(server, role);
        JsonNode viewer = user.logIn(server).graphQl(VIEWER, Map.of()).at("/data/viewer");
        assertThat(viewer)
                .isEqualTo(
                        Api.json(
                                "{'id': '%s', 'username': '%s', 'email': '%s', 'passwordNeedsReset': true, 'role': {'name': '%s'}, 'apiKeyCount': 0, 'apiKeys': []}"
                                        .formatted(
                                                user.id(), user.username(), user.email(), role)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MEMBER", "VIEWER"})
    void onlyAdmins_manageUsers(String role) {
        Browser browser = Browser.as(server, role);
        TestUser other = TestUser.create(server, "VIEWER");
        assertThat(browser.get("/v1/users").statusCode()).isEqualTo(403);
        assertThat(browser.delete("/v1/users/" + other.id()).statusCode()).isEqualTo(403);
        assertThat(
                        browser.post("/v1/users", body("x" + role, "x@" + role + ".y", "VIEWER"))
                                .statusCode())
                .isEqualTo(403);
        for (String query :
                List.of(
                        "{users {edges {node {id}}}}",
                        "{userApiKeys {id}}",
                        "{systemApiKeys {id}}")) {
            assertThat(browser.graphQl(query, Map.of()).at("/errors/0/extensions/code").asString())
                    .as(query)
                    .isEqualTo("UNAUTHORIZED");
        }
        assertThat(error(browser, PATCH, Map.of("userId", other.id(), "newRole", "ADMIN")))
                .isEqualTo("UNAUTHORIZED");
        assertThat(error(browser, DELETE, Map.of("userIds", List.of(other.id()))))
                .isEqualTo("UNAUTHORIZED");
        assertThat(
                        error(
                                browser,
                                CREATE,
                                Map.of("email", "a@b.c", "username", "a", "role", "ADMIN")))
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void namesAndAddressesThatDifferInCaseOrFormOnly_areTheSame() {
        Browser admin = admin();
        String name = "Zoë " + server.projectName();
        assertThat(post(admin, name, name.hashCode() + "@example.com")).isEqualTo(201);
        assertThat(post(admin, name.toUpperCase(Locale.ROOT), "other@example.com")).isEqualTo(409);
        // e and a combining diaeresis
        assertThat(post(admin, name.replace("ë", "e\u0308"), "other@example.com")).isEqualTo(409);
        assertThat(post(admin, "  " + name + " ", "other@example.com")).isEqualTo(409);
        assertThat(post(admin, name + "2", " " + name.hashCode() + "@EXAMPLE.com")).isEqualTo(409);
        for (String lookAlike :
                List.of(
                        name + "\u00a0",
                        name.replace(" ", "\u2003"),
                        name.replace(" ", "  "),
                        name + "\ufe0f",
                        name + "\u2800",
                        name + "\u3164",
                        name.replace("Z", "\uff3a\u034f"))) {
            assertThat(post(admin, lookAlike, "other@example.com")).as(lookAlike).isEqualTo(409);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x@y.z','role':'SYSTEM'}}|400",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x@y.z\\n"
                        + "','role':'NOBODY'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'"
                        + " ','email':'x@y.z','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x@y.z','role':'VIEWER','password':'abc'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x@y.z','role':'VIEWER','password':'"
                        + "    '}}|422",
                "{'user':{'auth_method':'LDAP','username':'x','email':'x@y.z','role':'VIEWER','password':'abcd'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','username':'y','email':'x@y.z','role':'VIEWER'}}|400",
                "{'user':{'auth_method':'LOCAL','username':'x\\u0000','email':'x@y.z','role':'VIEWER'}}|400",
                "{'user':{'auth_method':'LOCAL','username':'x\\ud800','email':'x@y.z','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'\\u3164','email':'x@y.z','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x\\u00a0@y.z','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x\\u200b@y.z','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x\\ud800@y.z','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x\\r\\nBcc:a@b.c','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'LOCAL','username':'x','email':'x@y.z,a@b.c','role':'VIEWER'}}|422",
                "{'user':{'auth_method':'ANONYMOUS','username':'x','email':'x@y.z','role':'VIEWER'}}|422",
                "{}|422",
                "{|422"
            })
    void invalidUser_isRefused(String body, int status) {
        var request =
                server.request("/v1/users")
                        .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')));
        HttpResponse<String> response = server.send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u200b", "\u2066", "\u2069", "\u202e", "\u00ad", "\u2028", "\u001b", "\n"})
    void nameThatOnlyLooksLikeAnother_isRefused(String invisible) {
        String name = "an" + invisible + "n";
        HttpResponse<String> created =
                admin().post("/v1/users", body(name, "look-alike@example.com", "VIEWER"));
        assertThat(created.statusCode()).isEqualTo(422);
        assertThat(created.body()).contains("username must have", "invisible", "an?n");
        TestUser user = TestUser.create(server, "VIEWER");
        assertThat(
                        mutate(user.logIn(server), PATCH_VIEWER, Map.of("newUsername", name))
                                .at("/errors/0/message")
                                .asString())
                .contains("invisible");
    }

    @Test
    void blankPassword_isNotNone() {
        String name = server.projectName();
        JsonNode answer =
                mutate(
                        admin(),
                        CREATE,
                        Map.of(
                                "email",
                                name + "@example.com",
                                "username",
                                name,
                                "role",
                                "VIEWER",
                                "password",
                                "    "));
        assertThat(answer.at("/errors/0/message").asString())
                .isEqualTo("Password must be at least 4 characters long");
    }

    @Test
    void idOfADeletedUser_isNeverUsedAgain() {
        TestUser newest = TestUser.create(server, "VIEWER");
        assertThat(admin().delete("/v1/users/" + newest.id()).statusCode()).isEqualTo(204);
        assertThat(TestUser.create(server, "VIEWER").id()).isNotEqualTo(newest.id());
    }

    @Test
    void listOfUsers_isReadFromBothEnds() {
        List<String> ids =
                IntStream.range(0, 4)
                        .mapToObj(_ -> TestUser.create(server, "VIEWER").id())
                        .toList()
                        .reversed();
        Browser admin = admin();
        String query =
                """
                query ($first: Int = 50, $last: Int, $after: String, $before: String) {
                  users(first: $first, last: $last, after: $after, before: $before) {
                    edges { node { id } }
                    pageInfo { hasNextPage hasPreviousPage }
                  }
                }\
                """;
        JsonNode last =
                admin.graphQl(query, Map.of("last", 2, "before", ids.get(3))).at("/data/users");
        assertThat(nodeIds(last)).containsExactly(ids.get(1), ids.get(2));
        assertThat(last.path("pageInfo"))
                .isEqualTo(Api.json("{'hasNextPage': true, 'hasPreviousPage': true}"));
        JsonNode between =
                admin.graphQl(query, Map.of("after", ids.get(0), "before", ids.get(3)))
                        .at("/data/users");
        assertThat(nodeIds(between)).containsExactly(ids.get(1), ids.get(2));
        JsonNode oldest = admin.graphQl(query, Map.of("last", 1)).at("/data/users");
        assertThat(oldest.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(oldest.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
        assertThat(admin.graphQl(query, Map.of("last", 0)).at("/errors/0/message").asString())
                .isEqualTo("last must be 1..1000, was 0");
    }

    private static List<String> nodeIds(JsonNode connection) {
        return connection
                .path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").asString())
                .toList();
    }

    @Test
    void listOfUsers_isNewestFirstAndPaged() {
        TestUser older = TestUser.create(server, "VIEWER");
        TestUser newer = TestUser.create(server, "MEMBER");
        Browser admin = admin();
        JsonNode page = json(admin.get("/v1/users?limit=1"));
        assertThat(page.at("/data/0/id").asString()).isEqualTo(newer.id());
        assertThat(page.at("/data/0/auth_method").asString()).isEqualTo("LOCAL");
        assertThat(page.at("/data/0/password_needs_reset").asBoolean()).isTrue();
        assertThat(page.at("/data/0").has("password")).isFalse();
        String next = page.path("next_cursor").asString();
        assertThat(json(admin.get("/v1/users?limit=1&cursor=" + Api.encode(next))).at("/data/0/id"))
                .isEqualTo(Api.json("'" + older.id() + "'"));
        JsonNode users =
                admin.graphQl(
                        "{users(first: 1) {edges {cursor node {id}} pageInfo {hasNextPage}}}",
                        Map.of());
        assertThat(users.at("/data/users/edges/0/node/id").asString()).isEqualTo(newer.id());
        String after = users.at("/data/users/edges/0/cursor").asString();
        assertThat(
                        admin.graphQl(
                                        "query($a: String) {users(first: 1, after: $a) {edges {node"
                                                + " {id}}}}",
                                        Map.of("a", after))
                                .at("/data/users/edges/0/node/id")
                                .asString())
                .isEqualTo(older.id());
        JsonNode everybody = json(admin.get("/v1/users?limit=1000")).path("data");
        assertThat(everybody.findValuesAsString("username")).contains("system", "admin");
    }

    @Test
    void ownName_canBeChangedButNotToAnothersName() {
        TestUser user = TestUser.create(server, "VIEWER");
        TestUser other = TestUser.create(server, "VIEWER");
        Browser browser = user.logIn(server);
        assertThat(
                        mutate(browser, PATCH_VIEWER, Map.of("newUsername", user.username() + "-2"))
                                .at("/data/patchViewer/user/username")
                                .asString())
                .isEqualTo(user.username() + "-2");
        assertThat(error(browser, PATCH_VIEWER, Map.of("newUsername", other.username())))
                .isEqualTo("CONFLICT");
    }

    @Test
    void ownPassword_needsTheCurrentOneAndEndsAllSessions() {
        TestUser user = TestUser.create(server, "MEMBER");
        Browser browser = user.logIn(server);
        Browser other = user.logIn(server);
        assertThat(error(browser, PATCH_VIEWER, Map.of("newPassword", "abcde"))).isNotEmpty();
        assertThat(
                        error(
                                browser,
                                PATCH_VIEWER,
                                Map.of("newPassword", "abcde", "currentPassword", "wrong")))
                .isNotEmpty();
        JsonNode changed =
                mutate(
                        browser,
                        PATCH_VIEWER,
                        Map.of("newPassword", "abcde", "currentPassword", user.password()));
        assertThat(changed.at("/data/patchViewer/user/passwordNeedsReset"))
                .isEqualTo(Api.json("false"));
        assertThat(browser.hasCookies()).isFalse();
        assertThat(other.get("/v1/user").statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(user.email(), user.password()).statusCode())
                .isEqualTo(401);
        assertThat(new Browser(server).login(user.email(), "abcde").statusCode()).isEqualTo(204);
    }

    @Test
    void passwordThatMustBeChanged_mustBecomeAnother() {
        TestUser user = TestUser.create(server, "MEMBER");
        Map<String, Object> same =
                Map.of("newPassword", user.password(), "currentPassword", user.password());
        Browser browser = user.logIn(server);
        JsonNode refused = mutate(browser, PATCH_VIEWER, same);
        assertThat(refused.at("/errors/0/message").asString()).contains("must differ");
        assertThat(browser.graphQl(VIEWER, Map.of()).at("/data/viewer/passwordNeedsReset"))
                .isEqualTo(Api.json("true"));
        mutate(
                browser,
                PATCH_VIEWER,
                Map.of("newPassword", "abcde", "currentPassword", user.password()));
        // One's own choice may stay what it is.
        Browser again = Browser.loggedIn(server, user.email(), "abcde");
        JsonNode kept =
                mutate(
                        again,
                        PATCH_VIEWER,
                        Map.of("newPassword", "abcde", "currentPassword", "abcde"));
        assertThat(kept.at("/data/patchViewer/user/passwordNeedsReset"))
                .isEqualTo(Api.json("false"));
    }

    @Test
    void passwordSetByAnAdmin_endsSessionsAndMustBeChanged() {
        Browser admin = Browser.as(server, "ADMIN");
        TestUser user = TestUser.create(server, "MEMBER");
        Browser browser = user.logIn(server);
        JsonNode changed =
                mutate(admin, PATCH, Map.of("userId", user.id(), "newPassword", "set-by-admin"));
        assertThat(changed.at("/data/patchUser/user/passwordNeedsReset").asBoolean()).isTrue();
        assertThat(browser.get("/v1/user").statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(user.email(), "set-by-admin").statusCode())
                .isEqualTo(204);
    }

    @Test
    void newRole_endsSessionsAndHoldsFromTheNextLogin() {
        Browser admin = Browser.as(server, "ADMIN");
        TestUser user = TestUser.create(server, "MEMBER");
        Browser before = user.logIn(server);
        assertThat(before.get("/v1/users").statusCode()).isEqualTo(403);
        mutate(admin, PATCH, Map.of("userId", user.id(), "newRole", "ADMIN"));
        assertThat(before.get("/v1/users").statusCode()).isEqualTo(401);
        Browser promoted = user.logIn(server);
        assertThat(promoted.get("/v1/users").statusCode()).isEqualTo(200);
        mutate(admin, PATCH, Map.of("userId", user.id(), "newRole", "MEMBER"));
        assertThat(user.logIn(server).get("/v1/users").statusCode()).isEqualTo(403);
    }

    @Test
    void ownRoleAndTheDefaultAdminsRole_stay() {
        TestUser user = TestUser.create(server, "ADMIN");
        Browser admin = user.logIn(server);
        assertThat(error(admin, PATCH, Map.of("userId", user.id(), "newRole", "VIEWER")))
                .isEqualTo("UNAUTHORIZED");
        assertThat(error(admin, PATCH, Map.of("userId", defaultAdmin(), "newRole", "VIEWER")))
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void deletion_takesAllOrNone() {
        Browser admin = admin();
        TestUser first = TestUser.create(server, "MEMBER");
        TestUser second = TestUser.create(server, "VIEWER");
        Browser session = first.logIn(server);
        String system = id(admin, "system");
        String phantom = GlobalId.encode("User", 987_654_321);
        for (String extra : List.of(defaultAdmin(), system, phantom)) {
            assertThat(
                            mutate(admin, DELETE, Map.of("userIds", List.of(first.id(), extra)))
                                    .path("errors"))
                    .hasSize(1);
        }
        assertThat(session.get("/v1/user").statusCode()).isEqualTo(200);
        assertThat(
                        mutate(admin, DELETE, Map.of("userIds", List.of(first.id(), second.id())))
                                .has("errors"))
                .isFalse();
        assertThat(session.get("/v1/user").statusCode()).isEqualTo(401);
        assertThat(session.post("/auth/refresh", Map.of()).statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(first.email(), first.password()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void deletionOverRest_sparesTheBuiltInAccounts() {
        Browser admin = admin();
        assertThat(admin.delete("/v1/users/" + defaultAdmin()).statusCode()).isEqualTo(403);
        assertThat(admin.delete("/v1/users/" + id(admin, "system")).statusCode()).isEqualTo(403);
        assertThat(admin.delete("/v1/users/" + GlobalId.encode("User", 987_654_321)).statusCode())
                .isEqualTo(404);
        assertThat(admin.delete("/v1/users/nonsense").statusCode()).isEqualTo(422);
        String deleted = TestUser.create(server, "VIEWER").id();
        assertThat(admin.delete("/v1/users/" + deleted).statusCode()).isEqualTo(204);
        // Ids are not given twice: a token of the old user must never become one of the new.
        assertThat(TestUser.create(server, "VIEWER").id()).isNotEqualTo(deleted);
    }

    @Test
    void nodeOfAUser_isForThemselvesAndAdmins() {
        TestUser user = TestUser.create(server, "MEMBER");
        String query = "{node(id: \"%s\") {... on User {username}}}".formatted(user.id());
        assertThat(user.logIn(server).graphQl(query, Map.of()).at("/data/node/username").asString())
                .isEqualTo(user.username());
        assertThat(admin().graphQl(query, Map.of()).has("errors")).isFalse();
        assertThat(
                        Browser.as(server, "MEMBER")
                                .graphQl(query, Map.of())
                                .at("/errors/0/extensions/code")
                                .asString())
                .isEqualTo("UNAUTHORIZED");
    }

    private String defaultAdmin() {
        return id(admin(), "admin");
    }

    private static String id(Browser admin, String username) {
        for (JsonNode user : json(admin.get("/v1/users?limit=1000")).path("data")) {
            if (user.path("username").asString().equals(username)) {
                return user.path("id").asString();
            }
        }
        throw new AssertionError("no " + username);
    }

    private static int post(Browser admin, String name, String email) {
        return admin.post("/v1/users", body(name, email, "VIEWER")).statusCode();
    }

    private static Map<String, Object> body(String name, String email, String role) {
        Map<String, Object> user = new HashMap<>();
        user.put("auth_method", "LOCAL");
        user.put("username", name);
        user.put("email", email);
        user.put("role", role);
        return Map.of("user", user);
    }

    private static JsonNode mutate(Browser browser, String mutation, Map<String, ?> input) {
        return browser.graphQl(mutation, Map.of("input", input));
    }

    private static String error(Browser browser, String mutation, Map<String, ?> input) {
        return mutate(browser, mutation, input).at("/errors/0/extensions/code").asString();
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }
}
