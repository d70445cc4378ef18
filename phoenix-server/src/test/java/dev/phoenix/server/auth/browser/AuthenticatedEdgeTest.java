package dev.phoenix.server.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The edge of a server where people log in: only what acts with their cookies is looked at. */
@ServerTest(authentication = true)
class AuthenticatedEdgeTest {

    private static final String QUERY = "{\"query\": \"{projectCount}\"}";
    private static final String EVIL = "http://evil.example";

    private final TestServer server;

    AuthenticatedEdgeTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({
        "POST, cookie, http://evil.example, 403",
        "POST, cookie, null, 403",
        "POST, cookie, own, 200",
        "POST, cookie, , 200",
        "POST, bearer, http://evil.example, 200",
        "GET, cookie, http://evil.example, 200",
        "POST, none, http://evil.example, 401"
    })
    void pageOfAnotherSite_cannotActWithACookie(
            String method, String credential, String origin, int status) {
        HttpRequest.Builder request = server.request("/graphql?query=%7BprojectCount%7D");
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(QUERY));
        }
        String token = Browser.ofAdmin(server).cookie("phoenix-access-token");
        if (credential.equals("cookie")) {
            request.header("Cookie", "phoenix-access-token=" + token);
        }
        if (credential.equals("bearer")) {
            request.header("Authorization", "Bearer " + token);
        }
        if (origin != null) {
            request.header("Origin", origin.equals("own") ? server.baseUrl().toString() : origin);
        }
        assertThat(server.send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void pageOfAnotherSite_cannotLogAVisitorIn() {
        HttpResponse<String> response =
                server.send(
                        server.request("/auth/login")
                                .header("Origin", EVIL)
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"email\": \"%s\", \"password\": \"%s\"}"
                                                        .formatted(
                                                                Browser.ADMIN_EMAIL,
                                                                Browser.ADMIN_PASSWORD))));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void auditLogAndSecrets_areForAdmins() {
        for (String path :
                new String[] {"/v1/audit_events", "/v1/audit_events/export", "/v1/secrets"}) {
            HttpRequest.Builder request = server.request(path);
            if (path.equals("/v1/secrets")) {
                request.header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"secrets\": []}"));
            }
            assertThat(server.send(request).statusCode()).as(path).isEqualTo(401);
        }
        Browser admin = Browser.ofAdmin(server);
        String name = "EDGE_" + server.projectName().replace('-', '_');
        Object body = Map.of("secrets", List.of(Map.of("key", name, "value", "x")));
        assertThat(admin.send("PUT", "/v1/secrets", body).statusCode()).isEqualTo(200);
        JsonNode stored =
                admin.graphQl(
                        "{secrets(keys: [\"%s\"]) {edges {node {user {username}}}}}"
                                .formatted(name),
                        Map.of());
        assertThat(stored.at("/data/secrets/edges/0/node/user/username").asString())
                .isEqualTo("admin");
        assertThat(admin.get("/v1/audit_events?action=secret.set&target=" + name).body())
                .contains("\"name\":\"admin\"", "\"credential\":\"SESSION\"", "127.0.0.1");
        assertThat(admin.get("/v1/audit_events").statusCode()).isEqualTo(200);
        assertThat(admin.get("/v1/audit_events/export").statusCode()).isEqualTo(200);
    }

    @Test
    void valuesOfSecrets_areForAdminsAndTheirNamesForAll() {
        Browser admin = Browser.ofAdmin(server);
        String name = "VALUE_" + server.projectName().replace('-', '_');
        Object body =
                Map.of("secrets", List.of(Map.of("key", name, "value", "sk-0123456789-of-admins")));
        assertThat(admin.send("PUT", "/v1/secrets", body).statusCode()).isEqualTo(200);
        String names = "{secrets(keys: [\"%s\"]) {edges {node {id key}}}}".formatted(name);
        String id = admin.graphQl(names, Map.of()).at("/data/secrets/edges/0/node/id").asString();
        String value =
                "value {__typename ... on DecryptedSecret {value} ... on UnparsableSecret {parseError}}";
        List<String> queries =
                List.of(
                        "{secrets(keys: [\"%s\"]) {edges {node {key %s}}}}".formatted(name, value),
                        "{node(id: \"%s\") {... on Secret {key %s}}}".formatted(id, value));
        for (String query : queries) {
            assertThat(admin.graphQl(query, Map.of()).toString()).contains("REDACTED");
        }
        for (String role : List.of("MEMBER", "VIEWER")) {
            Browser browser = Browser.as(server, role);
            assertThat(
                            browser.graphQl(names, Map.of())
                                    .at("/data/secrets/edges/0/node/key")
                                    .asString())
                    .isEqualTo(name);
            for (String query : queries) {
                JsonNode refused = browser.graphQl(query, Map.of());
                assertThat(refused.at("/errors/0/extensions/code").asString())
                        .as(refused.toString())
                        .isEqualTo("UNAUTHORIZED");
                assertThat(refused.toString()).doesNotContain("REDACTED", "gAAAAA");
            }
            assertThat(browser.send("PUT", "/v1/secrets", body).statusCode()).isEqualTo(403);
        }
    }
}
