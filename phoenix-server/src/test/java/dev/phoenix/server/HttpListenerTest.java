package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest
class HttpListenerTest {

    private final TestServer server;

    HttpListenerTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]"})
    void bothLoopbackAddresses_answer(String host) {
        URI uri =
                URI.create(
                        "http://%s:%d/healthz".formatted(host, server.settings().network().port()));
        assertThat(server.send(HttpRequest.newBuilder(uri)).body()).isEqualTo("OK");
    }

    @Test
    void answer_isCompressedWhenOffered() {
        HttpResponse<byte[]> response =
                server.send(
                        server.request("/arize_phoenix_version").header("Accept-Encoding", "gzip"),
                        BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(response.headers().allValues("vary"))
                .anyMatch("accept-encoding"::equalsIgnoreCase);
        assertThat(unzip(response.body())).isEqualTo("20.26.1");
    }

    @Test
    void answer_isPlainWhenPartsAreAccepted() {
        HttpResponse<String> response =
                server.send(
                        server.request("/arize_phoenix_version")
                                .header("Accept-Encoding", "gzip")
                                .header("Accept", "multipart/mixed, */*"));
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.body()).isEqualTo("20.26.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void unsupportedMethod_isRefused(String method) {
        for (String path : new String[] {"/unknown", "/v1/unknown", "/healthz"}) {
            HttpResponse<String> response =
                    server.send(
                            server.request(path)
                                    .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.body()).isEqualTo("Method Not Allowed");
        }
    }

    private static String unzip(byte[] body) {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
