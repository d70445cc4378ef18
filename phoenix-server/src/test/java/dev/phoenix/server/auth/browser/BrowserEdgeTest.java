package dev.phoenix.server.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edge of a server for one person: loopback, and everybody is let in. */
@ServerTest
class BrowserEdgeTest {

    private static final String QUERY = "{\"query\": \"{projectCount}\"}";

    private final TestServer server;

    BrowserEdgeTest(TestServer server) {
        this.server = server;
    }

    @Test
    void program_isNeverTakenForAPage() {
        assertThat(query().statusCode()).isEqualTo(200);
        assertThat(query("User-Agent", "Mozilla/5.0").statusCode()).isEqualTo(200);
    }

    @Test
    void ownPage_isLetThrough() {
        String own = server.baseUrl().toString();
        assertThat(query("Origin", own).statusCode()).isEqualTo(200);
        assertThat(query("Referer", own + "/projects").statusCode()).isEqualTo(200);
        // Behind a proxy that changes the host.
        assertThat(
                        query(
                                        "Origin",
                                        "https://phoenix.example.com",
                                        "Sec-Fetch-Site",
                                        "same-origin")
                                .statusCode())
                .isEqualTo(200);
        assertThat(query("Sec-Fetch-Site", "none").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin=http://evil.example",
                "Origin=null",
                "Origin=http://localhost:1",
                "Origin=http://localhost.evil.example",
                "Referer=http://evil.example/x",
                "Origin=http://evil.example|Sec-Fetch-Site=cross-site",
                "Origin=http://localhost:1|Sec-Fetch-Site=same-site",
                "Sec-Fetch-Site=cross-site|Sec-Fetch-Mode=no-cors"
            })
    void pageOfAnotherSite_isRefused(String headers) {
        HttpResponse<String> response = query(headers.split("[=|]", -1));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains("other sites")
                .contains("PHOENIX_ROOT_URL")
                .contains("PHOENIX_ALLOWED_ORIGINS");
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void link_mayLeadHereAndNothingElse() {
        HttpRequest.Builder link =
                server.request("/healthz")
                        .header("Referer", "http://wiki.example/")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document");
        assertThat(server.send(link).statusCode()).isEqualTo(200);
        HttpRequest.Builder image =
                server.request("/v1/projects")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "no-cors")
                        .header("Sec-Fetch-Dest", "image");
        assertThat(server.send(image).statusCode()).isEqualTo(403);
    }

    @Test
    void link_cannotChangeAnything() {
        HttpResponse<String> response =
                server.get(
                        "/graphql?query="
                                + Api.encode(
                                        "mutation { deleteModel(input: {id: \"x\"}) { query { projectCount } } }"));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).isEqualTo("a mutation must be sent with POST");
        assertThat(server.get("/graphql?query=%7BprojectCount%7D").statusCode()).isEqualTo(200);
        assertThat(server.get("/graphql?query=%7B").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1", "127.9.9.9", "[::1]", "px.localhost", "LOCALHOST"})
    void nameOfThisMachine_isAccepted(String host) {
        assertThat(raw("GET /healthz HTTP/1.1", "Host: " + host + ":6006"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:6006",
                "192.168.1.1",
                "localhost.evil.example"
            })
    void anotherNameThatLeadsHere_isRefused(String host) {
        assertThat(raw("GET /v1/projects HTTP/1.1", "Host: " + host))
                .startsWith("HTTP/1.1 400")
                .contains("PHOENIX_ROOT_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/a%2Fb",
                "/v1/projects/..%2fx",
                "/v1/projects/a%2Fb%0a",
                "/v1/projects/../projects",
                "/v1/projects/%2e%2E/projects",
                "/v1/./projects",
                "/v1/projects/..",
                "/v1/projects/..;x/y",
                "/v1/projects/a%00b",
                "/..",
                "/v1/projects/%zz"
            })
    void ambiguousPath_isRefused(String path) {
        String response = raw("GET " + path + " HTTP/1.1", "Host: localhost");
        assertThat(response).startsWith("HTTP/1.1 400").contains("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..b",
                "...",
                "a;b",
                "a%b",
                "100%25",
                "a\\b",
                "a?b#c",
                "ä日本🚀",
                "a b+c",
                "'\"<>[]{}|^`~",
                "!$&'()*+,;=:@"
            })
    void project_mayHaveAnyName(String name) {
        String unique = name + " " + server.projectName();
        Telemetry.of(server, unique).span(1, 1, 0, 1).send();
        HttpResponse<String> response = server.get("/v1/projects/" + Api.encode(unique));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void oversizedHeadersAndCookies_areRefusedByNameAndTheServerGoesOn() {
        String large = "x".repeat(100_000);
        String together =
                "the URL and the headers of a request, cookies among them, must have at most 65536 bytes together";
        assertThat(raw("GET /healthz HTTP/1.1", "Host: localhost", "X-Large: " + large))
                .startsWith("HTTP/1.1 431")
                .endsWith("\r\n\r\n" + together);
        assertThat(raw("GET /healthz HTTP/1.1", "Host: localhost", "Cookie: a=" + large))
                .startsWith("HTTP/1.1 431")
                .endsWith(together);
        String[] many = new String[300];
        Arrays.setAll(many, i -> i == 0 ? "Host: localhost" : "X-" + i + ": 1");
        assertThat(raw("GET /healthz HTTP/1.1", many))
                .startsWith("HTTP/1.1 431")
                .endsWith("a request must have at most 100 headers");
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void oversizedUrl_isRefusedByName() {
        String answer = raw("GET /" + "x".repeat(100_000) + " HTTP/1.1", "Host: localhost");
        assertThat(answer)
                .startsWith("HTTP/1.1 414")
                .containsIgnoringCase("content-type: text/plain;charset=utf-8")
                .containsIgnoringCase("x-phoenix-server-version: 20.26.1")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .contains("a URL must have at most 65536 bytes");
        String longQuery = "GET /v1/projects?name_contains=" + "x".repeat(60_000) + " HTTP/1.1";
        assertThat(raw(longQuery, "Host: localhost")).startsWith("HTTP/1.1 200");
    }

    @Test
    void manyCookies_areNoErrorOfTheServer() {
        String cookies =
                IntStream.range(0, 500)
                        .mapToObj(i -> "c" + i + "=1")
                        .collect(Collectors.joining("; "));
        assertThat(raw("GET /v1/projects HTTP/1.1", "Host: localhost", "Cookie: " + cookies))
                .matches("(?s)HTTP/1.1 (200|400|431).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/healthz", "/v1/projects", "/v1/unknown", "/v1/projects/a%2Fb", "/graphql"})
    void everyAnswer_saysWhatItIsNotFor(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry(
                        "content-security-policy",
                        List.of(
                                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"))
                .containsKey("permissions-policy")
                .doesNotContainKey("strict-transport-security");
    }

    /** Nobody is listed who might read answers. */
    @ParameterizedTest
    @CsvSource({
        "/v1/projects, own, 405",
        "/graphql, own, 405",
        "/v1/traces, own, 405",
        "/healthz, own, 405",
        "/v1/projects, http://evil.example, 403",
        "/healthz, http://evil.example, 403"
    })
    void preflight_isRefusedWithoutHeadersOfCors(String path, String origin, int status) {
        HttpResponse<String> response =
                server.send(
                        server.request(path)
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header(
                                        "Origin",
                                        origin.equals("own") ? server.baseUrl().toString() : origin)
                                .header("Access-Control-Request-Method", "GET"));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().map().keySet())
                .noneMatch(header -> header.startsWith("access-control-"));
        if (path.equals("/v1/projects") && origin.equals("own")) {
            assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        }
    }

    private HttpResponse<String> query(String... headers) {
        HttpRequest.Builder request =
                server.request("/graphql")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(QUERY));
        return server.send(headers.length == 0 ? request : request.headers(headers));
    }

    /** As no client library would send it. */
    private String raw(String requestLine, String... headers) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.settings().network().port())) {
            String request =
                    requestLine
                            + "\r\n"
                            + String.join("\r\n", headers)
                            + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
