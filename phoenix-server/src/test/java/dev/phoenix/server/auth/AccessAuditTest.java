package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** Of many who do the same at once only one has done it. */
    @Test
    void whatIsDoneOnce_isRecordedOnce() throws Exception {
        Browser admin = Browser.ofAdmin(server);
        TestUser user = TestUser.create(server, "MEMBER");
        String key =
                JSON.readTree(
                                user.logIn(server)
                                        .post(
                                                "/v1/user/api_keys",
                                                Map.of("data", Map.of("name", "k")))
                                        .body())
                        .at("/data/id")
                        .asString();
        assertThat(atOnce(() -> admin.copy().delete("/v1/user/api_keys/" + key).statusCode()))
                .containsOnlyOnce(204)
                .containsOnly(204, 404);
        assertThat(actions(admin, key)).containsExactly("api_key.revoke", "api_key.create");
        assertThat(atOnce(() -> admin.copy().delete("/v1/users/" + user.id()).statusCode()))
                .containsOnlyOnce(204)
                .containsOnly(204, 404);
        assertThat(actions(admin, user.username()))
                .containsExactly("user.delete", "session.open", "user.create");
    }

    private static List<Integer> atOnce(Callable<Integer> request) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : threads.invokeAll(Collections.nCopies(8, request))) {
                statuses.add(each.get());
            }
            return statuses;
        }
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
