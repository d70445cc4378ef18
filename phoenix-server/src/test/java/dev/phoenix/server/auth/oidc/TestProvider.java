package dev.phoenix.server.auth.oidc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The published OpenID Connect provider for Node, in a process of its own. */
final class TestProvider implements AutoCloseable {

    private static final Path FOLDER = Path.of("..", "interop", "identity-provider");

    private final Process process;
    private final int port;

    private TestProvider(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param clients as the provider's settings have them
     */
    static TestProvider start(List<Map<String, Object>> clients) {
        try {
            install();
            Process process =
                    new ProcessBuilder(
                                    "node",
                                    "provider.js",
                                    JsonMapper.shared().writeValueAsString(clients))
                            .directory(FOLDER.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("ready ")) {
                    return new TestProvider(process, Integer.parseInt(line.substring(6)));
                }
            }
            throw new IllegalStateException("the provider did not start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void install() throws IOException {
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        Path wanted = FOLDER.resolve("package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted))
                        >= 0) {
            return;
        }
        try {
            Process npm =
                    new ProcessBuilder("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund")
                            .directory(FOLDER.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IllegalStateException("npm ci failed in " + FOLDER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String discovery() {
        return "http://localhost:" + port + "/.well-known/openid-configuration";
    }

    /** What it says about somebody. */
    void describe(String person, Map<String, ?> claims) {
        send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(uri("/people/" + person))
                        .POST(
                                BodyPublishers.ofString(
                                        JsonMapper.shared().writeValueAsString(claims))));
    }

    /** Goes there as this person, or as nobody, until it leads away again. */
    URI visit(URI there, String person) {
        try (HttpClient browser =
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build()) {
            URI next = there;
            for (int i = 0; i < 10; i++) {
                if (next.getPort() != port) {
                    return next;
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(next);
                if (!person.isEmpty()) {
                    request.header("X-User", person);
                }
                HttpResponse<String> response = send(browser, request);
                String location =
                        response.headers()
                                .firstValue("location")
                                .orElseThrow(() -> new IllegalStateException(response.body()));
                next = next.resolve(location);
            }
            throw new IllegalStateException("the provider leads in circles");
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
