package dev.phoenix.server.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and its files, below a root path, from a build that has them. */
class UiTest {

    private static final String ROOT = "/tools/phoenix";
    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        assumeTrue(
                UiTest.class.getResource("/META-INF/phoenix/ui/index.html") != null,
                "built with -DskipUi");
        server = TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_HOST_ROOT_PATH", ROOT));
    }

    @AfterAll
    @SuppressWarnings("NullAway") // not started when the build has no interface
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/projects", "/projects/UHJvamVjdDox/traces/a%2Fb", "/anything.html"})
    void everyAddress_isThePage(String path) {
        HttpResponse<String> response = server.get(ROOT + path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/html;charset=UTF-8");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(response.body()).contains("<div id=\"root\">");
        // A proxy may strip the root path.
        assertThat(server.get(path).body()).isEqualTo(response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/unknown", "/.well-known/unknown", "/assets/unknown.js", "/graphql"})
    void apis_areNotThePage(String path) {
        assertThat(server.get(path).body()).doesNotContain("<div");
    }

    @Test
    void page_knowsWhereItIsReached() {
        String page = server.get(ROOT + "/").body();
        assertThat(page)
                .contains("window.Config={\"basename\":\"%s\"".formatted(ROOT))
                .contains("\"platformVersion\":\"20.26.1\"");
        assertThat(assets(page)).isNotEmpty().allMatch(path -> path.startsWith(ROOT + "/"));
    }

    @Test
    void policy_allowsThePagesOwnScriptsOnly() throws Exception {
        HttpResponse<String> response = server.get(ROOT + "/");
        String policy = response.headers().firstValue("content-security-policy").orElseThrow();
        List<String> scripts =
                INLINE_SCRIPT
                        .matcher(response.body())
                        .results()
                        .map(script -> script.group(1))
                        .toList();
        assertThat(scripts).hasSize(2);
        for (String script : scripts) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
            assertThat(policy)
                    .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
        assertThat(policy)
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("x-frame-options", List.of("DENY"));
    }

    @Test
    void page_isSentAgainOnlyWhenItChanged() {
        String etag = server.get(ROOT + "/").headers().firstValue("etag").orElseThrow();
        HttpResponse<String> response =
                server.send(server.request(ROOT + "/projects").header("If-None-Match", etag));
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void assets_areKeptForEverAndSentAsSmallAsTheClientTakesThem() throws IOException {
        String script =
                assets(server.get(ROOT + "/").body()).stream()
                        .filter(path -> path.endsWith(".js"))
                        .findFirst()
                        .orElseThrow();
        HttpResponse<byte[]> plain = asset(script, "identity");
        HttpResponse<byte[]> brotli = asset(script, "gzip, deflate, br, zstd");
        HttpResponse<byte[]> gzip = asset(script, "br;q=0, gzip;q=0.8");

        assertThat(plain.headers().firstValue("cache-control"))
                .hasValue("max-age=31536000, public, immutable");
        assertThat(plain.headers().firstValue("content-type")).hasValue("text/javascript");
        assertThat(plain.headers().firstValue("vary").orElseThrow())
                .isEqualToIgnoringCase("Accept-Encoding");
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(brotli.headers().firstValue("content-encoding")).hasValue("br");
        assertThat(brotli.body().length).isLessThan(gzip.body().length);
        assertThat(gzip.headers().firstValue("content-encoding")).hasValue("gzip");
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void collectorInABrowser_leadsToThePage() {
        HttpResponse<String> browser =
                server.send(
                        server.request(ROOT + "/v1/traces")
                                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.headers().firstValue("location")).hasValue(ROOT + "/");
        assertThat(server.get(ROOT + "/v1/traces").statusCode()).isEqualTo(404);
    }

    @Test
    void externalResources_canBeForbidden() {
        try (TestServer closed =
                TestServer.start(
                        TestEngine.SQLITE, Map.of("PHOENIX_ALLOW_EXTERNAL_RESOURCES", "false"))) {
            HttpResponse<String> response = closed.get("/");
            assertThat(response.body()).contains("\"allowExternalResources\":false");
            assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("img-src 'self' data:; media-src 'self' data:;");
        }
    }

    @Test
    void interface_canBeTurnedOff() {
        try (TestServer headless =
                TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_ENABLE_UI", "false"))) {
            assertThat(headless.get("/").statusCode()).isEqualTo(404);
            assertThat(headless.get("/projects").statusCode()).isEqualTo(404);
            assertThat(headless.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    private static List<String> assets(String page) {
        return ASSET.matcher(page)
                .results()
                .map((MatchResult reference) -> reference.group(1))
                .toList();
    }

    private static HttpResponse<byte[]> asset(String path, String encodings) {
        return server.send(
                server.request(path).header("Accept-Encoding", encodings),
                BodyHandlers.ofByteArray());
    }
}
