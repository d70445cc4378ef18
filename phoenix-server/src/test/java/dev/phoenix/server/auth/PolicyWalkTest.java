package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.auth.Operation.Surface;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

@SuppressWarnings("NullAway.Init")
class PolicyWalkTest {

    /** Only there when the build has a web interface. */
    private static final Set<Operation> INTERFACE =
            Set.of(
                    Operation.http("GET", "/**"),
                    Operation.http("GET", "/assets/{name}"),
                    Operation.http("GET", "/phoenix.svg"),
                    Operation.http("GET", "/v1/traces"));

    /** What strangers may read, and the page of errors, which Tomcat asks for itself. */
    private static final Pattern OPEN_TO_ALL_SITES = Pattern.compile("/\\.well-known/.*|/error");

    private static TestServer server;
    private static ListableBeanFactory beans;

    @BeforeAll
    static void start() {
        Map<String, String> everyWayIn = new HashMap<>(TestServer.AUTHENTICATION);
        everyWayIn.putAll(
                Map.of(
                        "PHOENIX_DISABLE_BASIC_AUTH", "true",
                        "PHOENIX_OAUTH2_X_CLIENT_ID", "x",
                        "PHOENIX_OAUTH2_X_CLIENT_SECRET", "x",
                        "PHOENIX_OAUTH2_X_OIDC_CONFIG_URL", "https://localhost",
                        "PHOENIX_OAUTH2_X_AUTO_LOGIN", "true",
                        "PHOENIX_LDAP_HOST", "localhost",
                        "PHOENIX_LDAP_USER_SEARCH_BASE_DNS", "[\"dc=x\"]",
                        "PHOENIX_LDAP_GROUP_ROLE_MAPPINGS",
                                "[{\"group_dn\":\"*\",\"role\":\"VIEWER\"}]"));
        server = TestServer.start(TestEngine.SQLITE, everyWayIn);
        beans = Objects.requireNonNull(Probe.latest);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyOperation_hasARowAndEveryRowAnOperation() {
        Set<Operation> registered = new HashSet<>(RegisteredOperations.of(beans));
        registered.addAll(INTERFACE);
        assertThat(PolicyTable.standard().operations()).isEqualTo(registered);
    }

    @Test
    void operationWithoutARow_stopsTheStart() {
        var check =
                new AuthConfiguration()
                        .policyCoversEverything(new PolicyTable.Builder().build(), beans);
        assertThatThrownBy(check::afterSingletonsInstantiated)
                .hasMessageContainingAll(
                        "add one to PolicyTable",
                        "HTTP GET /v1/projects",
                        "GRPC opentelemetry.proto.collector.trace.v1.TraceService/Export",
                        "GRAPHQL_FIELD Query.projects",
                        "GRAPHQL_TYPE Span");
    }

    /** Whatever a client library, a browser or a scanner sends to a path, it is never our fault. */
    @Test
    void methodThatAPathLacks_isNeverAnError() {
        SoftAssertions softly = new SoftAssertions();
        RegisteredOperations.of(beans).stream()
                .filter(operation -> operation.surface() == Surface.HTTP)
                .map(operation -> operation.name().replaceFirst("^\\S+ ", ""))
                .map(path -> path.replaceAll("\\{[^}]*}", "x").replace("**", "x"))
                .distinct()
                .forEach(path -> walk(path, softly));
        softly.assertAll();
    }

    private static void walk(String path, SoftAssertions softly) {
        for (String method : List.of("OPTIONS", "HEAD", "PATCH", "TRACE")) {
            softly.assertThat(status(method, path)).as(method + " " + path).isBetween(200, 499);
            for (String origin : List.of(server.baseUrl().toString(), "https://evil.example")) {
                HttpResponse<String> response = answer(method, path, origin);
                softly.assertThat(response.statusCode())
                        .as(method + " " + path + " of " + origin)
                        .isBetween(200, 499);
                if (method.equals("OPTIONS") && !OPEN_TO_ALL_SITES.matcher(path).matches()) {
                    softly.assertThat(response.statusCode()).as(path).isBetween(403, 405);
                    softly.assertThat(response.headers().map().keySet())
                            .as(path)
                            .noneMatch(header -> header.startsWith("access-control-"));
                }
            }
        }
    }

    private static int status(String method, String path) {
        return server.send(server.request(path).method(method, BodyPublishers.noBody()))
                .statusCode();
    }

    private static HttpResponse<String> answer(String method, String path, String origin) {
        return server.send(
                server.request(path)
                        .method(method, BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "GET"));
    }

    /** Part of every server in this JVM, because servers find their parts by package. */
    @Component
    static class Probe {

        private static volatile @Nullable ListableBeanFactory latest;

        Probe(ListableBeanFactory beans) {
            latest = beans;
        }
    }
}
