package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(authentication = true)
class AccessAuditTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;

    AccessAuditTest(TestServer server) {
        this.server = server;
    }

    @Test
    void whateverChangesAccess_leavesOneEntryWithoutSecrets() {
        Browser admin = Browser.as(server, "ADMIN");
        TestUser user = TestUser.create(server, "MEMBER");
        Browser session = user.logIn(server);
        JsonNode key =
                JSON.readTree(
                                session.post(
                                                "/v1/user/api_keys",
                                                Map.of("data", Map.of("name", "k")))
                                        .body())
                        .path("data");
        String keyId = key.path("id").asString();
        session.delete("/v1/user/api_keys/" + keyId);
        session.get("/auth/logout");
        admin.graphQl(
                "mutation($id: ID!) {patchUser(input: {userId: $id, newRole: VIEWER}) {user {id}}}",
                Map.of("id", user.id()));
        for (int i = 0; i < 6; i++) {
            new Browser(server).login(user.email(), "wrong-password");
        }
        admin.delete("/v1/users/" + user.id());
        assertThat(actions(admin, user.username()))
                .containsExactly(
                        "user.delete",
                        "user.change",
                        "session.close",
                        "session.open",
                        "user.create");
        assertThat(actions(admin, keyId)).containsExactly("api_key.revoke", "api_key.create");
        assertThat(actions(admin, user.email()))
                .containsExactly(
                        "session.lock",
                        "session.refuse",
                        "session.refuse",
                        "session.refuse",
                        "session.refuse");
        JsonNode created = entries(admin, keyId).path(1);
        assertThat(created.at("/actor/name").asString()).isEqualTo(user.username());
        assertThat(created.path("address").asString()).isNotEmpty();
        assertThat(entries(admin, keyId).toString() + entries(admin, user.username()))
                .doesNotContain(key.path("key").asString(), user.password(), "wrong-password");
    }

    private static List<String> actions(Browser admin, String target) {
        return entries(admin, target)
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    private static JsonNode entries(Browser admin, String target) {
        var response = admin.get("/v1/audit_events?target=" + Api.encode(target));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).path("data");
    }
}
