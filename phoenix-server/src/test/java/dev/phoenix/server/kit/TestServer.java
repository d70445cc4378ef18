package dev.phoenix.server.kit;

import dev.phoenix.server.Server;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.ingest.recount.Recount;
import dev.phoenix.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real server in this JVM on free ports, with a database of its own. */
public final class TestServer implements AutoCloseable {

    /** A bearer token with the rights of an admin, on servers with authentication. */
    public static final String ADMIN_SECRET = "an-admin-secret-of-tests-0123456789";

    /** Signs the tokens of servers with authentication. */
    public static final String SECRET = "a-secret-of-tests-that-signs-0123456789";

    /** The environment of servers where callers must log in. */
    public static final Map<String, String> AUTHENTICATION =
            Map.of(
                    "PHOENIX_ENABLE_AUTH",
                    "true",
                    "PHOENIX_SECRET",
                    SECRET,
                    "PHOENIX_ADMIN_SECRET",
                    ADMIN_SECRET,
                    "PHOENIX_DISABLE_RATE_LIMIT",
                    "true");

    /** More than any answer takes; a test that waits for one that never comes fails alone. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);

    private static final AtomicInteger PROJECTS = new AtomicInteger();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final TestEngine engine;
    private final String databaseUrl;
    private final Path folder;
    private final Server server;

    private TestServer(TestEngine engine, String databaseUrl, Path folder, Server server) {
        this.engine = engine;
        this.databaseUrl = databaseUrl;
        this.folder = folder;
        this.server = server;
    }

    /**
     * Starts a server of one's own, with more variables than the ports and the database. Close it.
     */
    public static TestServer start(TestEngine engine, Map<String, String> variables) {
        return start(engine, variables, InstantSource.system());
    }

    /** Also with a clock of one's own. */
    public static TestServer start(
            TestEngine engine, Map<String, String> variables, InstantSource clock) {
        try {
            Path folder = Files.createTempDirectory("phoenix-test-");
            Map<String, String> environment = new HashMap<>();
            environment.put("PHOENIX_WORKING_DIR", folder.toString());
            environment.put("PHOENIX_PORT", "0");
            environment.put("PHOENIX_GRPC_PORT", "0");
            environment.put("PHOENIX_PROMETHEUS_PORT", "0");
            environment.put("PHOENIX_LOGGING_LEVEL", "warning");
            environment.putAll(variables);
            String url =
                    environment.computeIfAbsent(
                            "PHOENIX_SQL_DATABASE_URL", _ -> engine.newDatabase(folder));
            Server server = Server.start(Settings.load(environment), environment, clock);
            return new TestServer(engine, url, folder, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestEngine testEngine() {
        return engine;
    }

    public Engine engine() {
        return engine.engine();
    }

    /** Where this server stores; another server may be started on it. */
    public String databaseUrl() {
        return databaseUrl;
    }

    /** For what no API does: break rows, lock tables, look behind the server. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                switch (engine()) {
                    case SQLITE -> "jdbc:" + databaseUrl.replace("sqlite:///", "sqlite:");
                    case POSTGRESQL ->
                            "jdbc:" + databaseUrl.replace("postgres@", "") + "?user=postgres";
                });
    }

    public Settings settings() {
        return server.settings();
    }

    /** Stored sums of the whole database that do not equal a recount. */
    public List<String> differences() {
        try (Database database = Database.open(settings().storage())) {
            return Recount.of(database).told();
        }
    }

    /** Without a slash at the end. */
    public URI baseUrl() {
        return URI.create("http://localhost:" + server.settings().network().port());
    }

    public int grpcPort() {
        return server.settings().network().grpcPort();
    }

    /** A name no other test uses. */
    public String projectName() {
        return "project-" + PROJECTS.incrementAndGet();
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String contentType, byte[] body) {
        return send(
                request(path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> post(String path, String contentType, String body) {
        return send(
                request(path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body)));
    }

    /** A request to this server, to be completed and given to {@link #send}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl() + path)).timeout(ANSWERED_WITHIN);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return CLIENT.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return engine.name();
    }
}
