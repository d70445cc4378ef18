package dev.phoenix.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest(installedPostgres = true)
class HealthTest {

    private final TestServer server;

    HealthTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({
        "/healthz, OK, text/plain;charset=UTF-8",
        "/readyz, {}, application/json",
        "/arize_phoenix_version, 20.26.1, text/plain;charset=UTF-8"
    })
    void probe_isAnswered(String path, String body, String contentType) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("content-type")).hasValue(contentType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/unknown", "/.well-known/unknown"})
    void uncoveredPath_isNotFound(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("Not Found");
    }

    @Test
    void everyAnswer_tellsTheVersions() {
        assertThat(
                        List.of(
                                server.get("/healthz"),
                                server.get("/v1/unknown"),
                                server.post("/unknown", "text/plain", "x"),
                                server.post("/healthz", "text/plain", "x")))
                .extracting(HttpResponse::headers)
                .allSatisfy(
                        headers -> {
                            assertThat(headers.firstValue("x-phoenix-server-version"))
                                    .hasValue("20.26.1");
                            assertThat(headers.firstValue("x-phoenix-java-version")).isPresent();
                            assertThat(headers.firstValue("x-colab-notebook-cache-control"))
                                    .hasValue("no-cache");
                        });
    }
}
