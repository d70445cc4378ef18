package dev.phoenix.server.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(authentication = true)
class ApiKeysTest {

    private static final String OWN = "/v1/user/api_keys";
    private static final String SYSTEM = "/v1/system/api_keys";
    private static final String ALL = "/v1/users/api_keys";

    private final TestServer server;

    ApiKeysTest(TestServer server) {
        this.server = server;
    }

    /** A key and what tells it apart. */
    private record Key(String id, String secret) {}

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "MEMBER", "ADMIN"})
    void keyOfAPerson_isShownOnceListedAndDeleted(String role) {
        Browser browser = Browser.as(server, role);
        Key key = create(browser, OWN, Map.of("name", " exporter ", "description", "of mine"));
        assertThat(GlobalId.parse(key.id()).orElseThrow().type()).isEqualTo("UserApiKey");
        JsonNode listed = json(browser.get(OWN)).path("data");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("name").asString()).isEqualTo("exporter");
        assertThat(listed.path(0).path("description").asString()).isEqualTo("of mine");
        assertThat(listed.path(0).has("expires_at")).isFalse();
        assertThat(listed.toString()).doesNotContain(key.secret());
        assertThat(status("GET", "/v1/projects", key.secret(), null)).isEqualTo(200);
        assertThat(browser.delete(OWN + "/" + key.id()).statusCode()).isEqualTo(204);
        assertThat(status("GET", "/v1/projects", key.secret(), null)).isEqualTo(401);
        assertThat(json(browser.get(OWN)).path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\u001b[31m", "a\u202eb", "a\u200b"})
    void nameThatListsCannotShow_isRefused(String name) {
        Browser browser = Browser.as(server, "MEMBER");
        HttpResponse<String> response = browser.post(OWN, Map.of("data", Map.of("name", name)));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("control");
        assertThat(
                        browser.graphQl(
                                        "mutation($n: String!) {createUserApiKey(input: {name: $n})"
                                                + " {jwt}}",
                                        Map.of("n", name))
                                .at("/errors/0/message")
                                .asString())
                .contains("control");
    }

    @Test
    void keyOverGraphQl_isTheSameAsOverRest() {
        TestUser user = TestUser.create(server, "MEMBER");
        Browser browser = user.logIn(server);
        JsonNode created =
                browser.graphQl(
                        "mutation {createUserApiKey(input: {name: \"k\", expiresAt:"
                                + " \"2099-01-01T00:00:00+00:00\"}) {jwt apiKey {id name expiresAt"
                                + " lastUsedAt hint user {id}} query {viewer {apiKeyCount apiKeys"
                                + " {id}}}}}",
                        Map.of());
        JsonNode payload = created.at("/data/createUserApiKey");
        String secret = payload.path("jwt").asString();
        assertThat(payload.at("/apiKey/user/id").asString()).isEqualTo(user.id());
        assertThat(payload.at("/apiKey/expiresAt").asString())
                .isEqualTo("2099-01-01T00:00:00+00:00");
        assertThat(secret).endsWith(payload.at("/apiKey/hint").asString());
        assertThat(payload.at("/apiKey/lastUsedAt").isNull()).isTrue();
        assertThat(payload.at("/query/viewer/apiKeyCount").asInt()).isEqualTo(1);
        assertThat(status("GET", "/v1/projects", secret, null)).isEqualTo(200);
        String id = payload.at("/apiKey/id").asString();
        JsonNode deleted =
                browser.graphQl(
                        "mutation($id: ID!) {deleteUserApiKey(input: {id: $id}) {apiKeyId}}",
                        Map.of("id", id));
        assertThat(deleted.at("/data/deleteUserApiKey/apiKeyId").asString()).isEqualTo(id);
        assertThat(status("GET", "/v1/projects", secret, null)).isEqualTo(401);
        assertThat(
                        browser.graphQl(
                                        "mutation($id: ID!) {deleteUserApiKey(input: {id: $id})"
                                                + " {apiKeyId}}",
                                        Map.of("id", id))
                                .at("/errors/0/message")
                                .asString())
                .isEqualTo("API key not found");
    }

    @Test
    void keys_cannotCreateKeys() {
        Browser admin = Browser.as(server, "ADMIN");
        Key personal = create(admin, OWN, Map.of("name", "personal"));
        Key system = create(admin, SYSTEM, Map.of("name", "system"));
        Map<String, ?> body = Map.of("data", Map.of("name", "another"));
        for (String secret : List.of(personal.secret(), system.secret())) {
            assertThat(status("POST", OWN, secret, body)).isEqualTo(403);
            assertThat(status("POST", SYSTEM, secret, body)).isEqualTo(403);
        }
        assertThat(status("POST", OWN, TestServer.ADMIN_SECRET, body)).isEqualTo(403);
        assertThat(status("POST", SYSTEM, TestServer.ADMIN_SECRET, body)).isEqualTo(201);
        String query = "mutation {createUserApiKey(input: {name: \"x\"}) {jwt}}";
        HttpResponse<String> response =
                send("POST", "/graphql", personal.secret(), Map.of("query", query));
        assertThat(response.body()).contains("API keys cannot create API keys");
    }

    @Test
    void keyOfAPerson_listsAndRevokesItsOwnersKeysEvenItself() {
        Browser browser = Browser.as(server, "VIEWER");
        Key one = create(browser, OWN, Map.of("name", "one"));
        Key two = create(browser, OWN, Map.of("name", "two"));
        assertThat(json(send("GET", OWN, one.secret(), null)).path("data")).hasSize(2);
        assertThat(status("DELETE", OWN + "/" + two.id(), one.secret(), null)).isEqualTo(204);
        assertThat(status("DELETE", OWN + "/" + one.id(), one.secret(), null)).isEqualTo(204);
        assertThat(status("GET", OWN, one.secret(), null)).isEqualTo(401);
    }

    @Test
    void admin_takesInventoryAndRevokesKeysOfOthers() {
        TestUser owner = TestUser.create(server, "MEMBER");
        Browser member = owner.logIn(server);
        Key first = create(member, OWN, Map.of("name", "first"));
        Key second = create(member, OWN, Map.of("name", "second"));
        Browser admin = Browser.as(server, "ADMIN");
        JsonNode page = json(admin.get(ALL + "?limit=1"));
        assertThat(page.at("/data/0/id").asString()).isEqualTo(second.id());
        assertThat(page.at("/data/0/user/id").asString()).isEqualTo(owner.id());
        assertThat(page.at("/data/0/user/email").asString()).isEqualTo(owner.email());
        JsonNode next =
                json(
                        admin.get(
                                ALL
                                        + "?limit=1&cursor="
                                        + page.path("next_cursor").asString().replace("=", "%3D")));
        assertThat(next.at("/data/0/id").asString()).isEqualTo(first.id());
        assertThat(admin.get(ALL + "?limit=1001").statusCode()).isEqualTo(422);
        assertThat(admin.delete(OWN + "/" + first.id()).statusCode()).isEqualTo(204);
        assertThat(status("GET", "/v1/projects", first.secret(), null)).isEqualTo(401);
        Key ofAdmin = create(admin, OWN, Map.of("name", "of an admin"));
        assertThat(status("GET", ALL, ofAdmin.secret(), null)).isEqualTo(200);
        assertThat(status("DELETE", OWN + "/" + second.id(), ofAdmin.secret(), null))
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "MEMBER"})
    void inventoryAndSystemKeys_areForAdmins(String role) {
        Browser browser = Browser.as(server, role);
        assertThat(browser.get(ALL).statusCode()).isEqualTo(403);
        assertThat(browser.get(SYSTEM).statusCode()).isEqualTo(403);
        assertThat(browser.post(SYSTEM, Map.of("data", Map.of("name", "x"))).statusCode())
                .isEqualTo(403);
        assertThat(browser.delete(SYSTEM + "/x").statusCode()).isEqualTo(403);
    }

    @Test
    void systemKey_carriesDataButAdministersNothing() {
        Browser admin = Browser.as(server, "ADMIN");
        Key key = create(admin, SYSTEM, Map.of("name", "pipeline"));
        String secret = key.secret();
        assertThat(status("GET", "/v1/projects", secret, null)).isEqualTo(200);
        assertThat(status("POST", "/v1/span_annotations", secret, Map.of("data", List.of())))
                .isEqualTo(200);
        assertThat(json(send("GET", OWN, secret, null)).path("data")).isEmpty();
        assertThat(status("DELETE", OWN + "/" + key.id(), secret, null)).isEqualTo(403);
        assertThat(status("GET", ALL, secret, null)).isEqualTo(403);
        assertThat(status("GET", SYSTEM, secret, null)).isEqualTo(403);
        assertThat(status("GET", "/v1/users", secret, null)).isEqualTo(403);
        assertThat(json(send("GET", "/v1/user", secret, null)).at("/data/role").asString())
                .isEqualTo("SYSTEM");
        // The kind of a key is its owner's, whatever its id says.
        String relabelled =
                GlobalId.encode("UserApiKey", GlobalId.parse(key.id()).orElseThrow().key());
        assertThat(admin.delete(OWN + "/" + relabelled).statusCode()).isEqualTo(404);
        assertThat(admin.delete(OWN + "/" + key.id()).statusCode()).isEqualTo(422);
        assertThat(json(admin.get(SYSTEM)).path("data").findValuesAsString("id"))
                .contains(key.id());
        assertThat(admin.delete(SYSTEM + "/" + key.id()).statusCode()).isEqualTo(204);
        assertThat(status("GET", "/v1/projects", secret, null)).isEqualTo(401);
    }

    @Test
    void keyOfSomebodyElse_doesNotExist() {
        Key foreign = create(Browser.as(server, "MEMBER"), OWN, Map.of("name", "foreign"));
        Browser member = Browser.as(server, "MEMBER");
        HttpResponse<String> refused = member.delete(OWN + "/" + foreign.id());
        HttpResponse<String> missing =
                member.delete(OWN + "/" + GlobalId.encode("UserApiKey", 987_654_321));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo(missing.body());
        assertThat(member.delete(OWN + "/nonsense").statusCode()).isEqualTo(422);
        assertThat(
                        member.graphQl("{node(id: \"%s\") {id}}".formatted(foreign.id()), Map.of())
                                .at("/errors/0/extensions/code")
                                .asString())
                .isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 'x', 'expires_at': '2020-01-01T00:00:00Z'}",
                "{'name': 'x', 'expires_at': 'tomorrow'}",
                "{'name': 'x', 'expires_at': '9999-12-31T23:59:59Z'}",
                "{'name': 'x', 'expires_at': 1e18}",
                "{'name': ' '}",
                "{'name': 1}",
                "{'name': 'x', 'description': 1}",
                "{}"
            })
    void invalidKey_isRefused(String data) {
        Browser browser = Browser.as(server, "VIEWER");
        JsonNode parsed = JsonMapper.shared().readTree(data.replace('\'', '"'));
        assertThat(browser.post(OWN, Map.of("data", parsed)).statusCode()).isEqualTo(422);
    }

    @Test
    void naiveExpiry_isReadAsUtc() {
        Key key =
                create(
                        Browser.as(server, "VIEWER"),
                        OWN,
                        Map.of("name", "short", "expires_at", "2200-01-01T00:00:00"));
        assertThat(send("GET", OWN, key.secret(), null).body())
                .contains("\"expires_at\":\"2200-01-01T00:00:00+00:00\"");
    }

    /** A time that cannot be kept must not silently become another one. */
    @Test
    void expiryBeyondWhatCanBeKept_isRefusedAndToldWhatToDo() {
        Browser browser = Browser.as(server, "VIEWER");
        HttpResponse<String> refused =
                browser.post(
                        OWN,
                        Map.of("data", Map.of("name", "x", "expires_at", "9999-12-31T00:00:00Z")));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .isEqualTo(
                        "expires_at must not be after 2262-04-11T00:00:00+00:00, was 9999-12-31T00:00:00+00:00; a key without expires_at never expires");
        assertThat(
                        browser.graphQl(
                                        "mutation {createUserApiKey(input: {name: \"x\", expiresAt:"
                                                + " \"9999-12-31T00:00:00Z\"}) {jwt}}",
                                        Map.of())
                                .at("/errors/0/message")
                                .asString())
                .isEqualTo(refused.body());
        Map<String, String> last = Map.of("name", "x", "expires_at", "2262-04-11T00:00:00Z");
        Key key = create(browser, OWN, last);
        assertThat(send("GET", OWN, key.secret(), null).body())
                .contains("\"expires_at\":\"2262-04-11T00:00:00+00:00\"");
    }

    @Test
    void nameAndDescription_areBounded() {
        Browser browser = Browser.as(server, "VIEWER");
        for (Map<String, String> data :
                List.of(
                        Map.of("name", "n".repeat(321)),
                        Map.of("name", "n", "description", "d".repeat(4001)))) {
            assertThat(browser.post(OWN, Map.of("data", data)).statusCode()).isEqualTo(422);
        }
    }

    @Test
    void authorityOfAKey_followsItsOwner() {
        Browser admin = Browser.as(server, "ADMIN");
        TestUser owner = TestUser.create(server, "VIEWER");
        Key key = create(owner.logIn(server), OWN, Map.of("name", "k"));
        assertThat(status("GET", "/v1/users", key.secret(), null)).isEqualTo(403);
        admin.graphQl(
                "mutation($id: ID!) {patchUser(input: {userId: $id, newRole: ADMIN}) {user {id}}}",
                Map.of("id", owner.id()));
        assertThat(status("GET", "/v1/users", key.secret(), null)).isEqualTo(200);
        assertThat(admin.delete("/v1/users/" + owner.id()).statusCode()).isEqualTo(204);
        assertThat(status("GET", "/v1/projects", key.secret(), null)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer", "authorization, bearer", "AUTHORIZATION, BEARER"})
    void headerAndScheme_areReadInAnyCase(String header, String scheme) {
        Key key = create(Browser.as(server, "VIEWER"), OWN, Map.of("name", "k"));
        var request = server.request("/v1/projects").header(header, scheme + " " + key.secret());
        assertThat(server.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void logoutWithAKey_endsNoSession() {
        TestUser owner = TestUser.create(server, "VIEWER");
        Browser browser = owner.logIn(server);
        Key key = create(browser, OWN, Map.of("name", "k"));
        assertThat(status("GET", "/auth/logout", key.secret(), null)).isEqualTo(302);
        assertThat(browser.get("/v1/user").statusCode()).isEqualTo(200);
        assertThat(status("GET", "/v1/user", key.secret(), null)).isEqualTo(200);
    }

    private Key create(Browser browser, String path, Map<String, ?> data) {
        HttpResponse<String> response = browser.post(path, Map.of("data", data));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode created = JsonMapper.shared().readTree(response.body()).path("data");
        return new Key(created.path("id").asString(), created.path("key").asString());
    }

    private int status(String method, String path, String bearer, @Nullable Object body) {
        return send(method, path, bearer, body).statusCode();
    }

    private HttpResponse<String> send(
            String method, String path, String bearer, @Nullable Object body) {
        var publisher =
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
        return server.send(
                server.request(path)
                        .header("Authorization", "Bearer " + bearer)
                        .header("Content-Type", "application/json")
                        .method(method, publisher));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }
}
