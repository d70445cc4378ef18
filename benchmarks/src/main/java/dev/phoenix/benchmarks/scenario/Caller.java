package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.target.PhoenixWithAccounts;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Asks one server, one request after the other, as somebody.
 *
 * @param token empty where nobody asks for one
 */
record Caller(HttpClient http, URI server, String token) {

    private static final Pattern ACCESS = Pattern.compile("phoenix-access-token=([^;]+)");
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

    static Caller nobody(RunningServer server) {
        return new Caller(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                URI.create("http://127.0.0.1:" + server.httpPort()),
                "");
    }

    Caller as(String other) {
        return new Caller(http, server, other);
    }

    Caller admin() {
        return as(PhoenixWithAccounts.ADMIN_SECRET);
    }

    /** A key of the whole system. */
    String newKey(String name) throws Exception {
        return newKey("/v1/system/api_keys", name);
    }

    /** A key of whoever has logged in. */
    String newOwnKey(String name) throws Exception {
        return newKey("/v1/user/api_keys", name);
    }

    private String newKey(String path, String name) throws Exception {
        String answer = expect(201, post(path, "{\"data\":{\"name\":\"%s\"}}".formatted(name)));
        Matcher key = KEY.matcher(answer);
        if (!key.find()) {
            throw new IOException("the answer has no key: " + answer);
        }
        return key.group(1);
    }

    /** Who logs in through a provider needs no hash. */
    void newUser(String name) throws Exception {
        expect(
                201,
                post(
                        "/v1/users",
                        """
                        {"user": {"auth_method": "OAUTH2", "username": "%s", "email": "%s@example.com",
                         "role": "VIEWER"}, "send_welcome_email": false}\
                        """
                                .formatted(name, name)));
    }

    /** The access token of a new session. */
    Optional<String> logIn(String email, String password) throws Exception {
        HttpResponse<String> answer =
                post(
                        "/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
        return answer.headers().allValues("Set-Cookie").stream()
                .map(ACCESS::matcher)
                .filter(Matcher::find)
                .map(cookie -> cookie.group(1))
                .findFirst();
    }

    int status(String path) throws Exception {
        return send(request(path).GET()).statusCode();
    }

    String get(String path) throws Exception {
        return expect(200, send(request(path).GET()));
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** How long so many requests take, each by itself. */
    Latencies time(String path, int times) throws Exception {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = nanos(path);
        }
        return new Latencies(LongStream.of(nanos));
    }

    /** How long a request takes. */
    long nanos(String path) throws Exception {
        long startedAt = System.nanoTime();
        get(path);
        return System.nanoTime() - startedAt;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String expect(int status, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(answer.uri(), answer.statusCode(), answer.body()));
        }
        return answer.body();
    }
}
