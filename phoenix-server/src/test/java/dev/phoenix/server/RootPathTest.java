package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy that strips the root path, and behind one that does not. */
class RootPathTest {

    private static final TestServer SERVER =
            TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_HOST_ROOT_PATH", "/tools/phoenix"));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/tools/phoenix"})
    void path_isFound(String prefix) {
        assertThat(SERVER.get(prefix + "/healthz").body()).isEqualTo("OK");
        assertThat(SERVER.get(prefix + "/v1/projects").statusCode()).isEqualTo(200);
        assertThat(SERVER.get(prefix + "/v1/projects/a%20b").statusCode()).isEqualTo(404);
        assertThat(SERVER.get(prefix + "/v1/projects/a%2Fb").statusCode()).isEqualTo(400);
        assertThat(SERVER.post(prefix + "/v1/traces", "application/json", "{}").statusCode())
                .isEqualTo(200);
        assertThat(
                        SERVER.post(
                                        prefix + "/graphql",
                                        "application/json",
                                        "{\"query\":\"{__typename}\"}")
                                .body())
                .isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tools/phoenixes/healthz",
                "/tools/healthz",
                "/tools/phoenix/tools/phoenix/healthz"
            })
    void otherPath_isNotFound(String path) {
        assertThat(SERVER.post(path, "text/plain", "").statusCode()).isEqualTo(405);
    }
}
