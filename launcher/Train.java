import dev.phoenix.server.demo.DemoTraffic;
import dev.phoenix.server.demo.Recording;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains the start-up cache of a built server: starts it in a throw-away folder on free ports, sends it recorded traffic, reads
 * that back and stops it. The JVM writes the cache on its way out, with profiles of the methods that were hot.
 *
 * <p>Runs with the classes of the built server. Arguments: the server's folder, a folder of recorded requests, and the java command with the flags the server will run with
 * (a cache is only used under the flags it was made with).
 */
class Train {

    static final Duration INGEST = Duration.ofSeconds(10);
    static final Duration READING = Duration.ofSeconds(10);
    static final Pattern TRACE = Pattern.compile("\"trace_id\":\"([0-9a-f]{32})\"");
    static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        Path server = Path.of(args[0]);
        Path traffic = Path.of(args[1]);
        List<String> java = List.of(args).subList(2, args.length);
        Path folder = Files.createTempDirectory("phoenix-training");
        try {
            train(server, traffic, java, folder);
        } finally {
            delete(folder);
        }
    }

    static void train(Path server, Path traffic, List<String> java, Path folder) throws Exception {
        int port = freePort();
        Path cache = server.resolve("phoenix.aot");
        var command = new ArrayList<>(java);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(List.of("-jar", server.resolve("phoenix.jar").toString(), "serve"));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("PHOENIX_"));
        builder.environment().put("PHOENIX_WORKING_DIR", folder.toString());
        builder.environment().put("PHOENIX_HOST", "127.0.0.1");
        builder.environment().put("PHOENIX_PORT", Integer.toString(port));
        builder.environment().put("PHOENIX_GRPC_PORT", Integer.toString(freePort()));
        Process process = builder.start();
        try {
            use(URI.create("http://127.0.0.1:" + port), traffic, process);
        } finally {
            process.destroy();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
        if (!Files.isRegularFile(cache) || Files.size(cache) == 0) {
            throw new IllegalStateException("the JVM wrote no " + cache);
        }
    }

    /** What the answers are is the tests' business; here the code that gives them has to run once. */
    static void use(URI base, Path traffic, Process process) throws Exception {
        awaitReady(base, process);
        ingest(base);
        List<Path> requests;
        try (var files = Files.list(traffic)) {
            requests = files.filter(file -> file.toString().endsWith(".pb") && !file.toString().endsWith(".logs.pb")).sorted().toList();
        }
        for (Path request : requests) {
            post(base, "/v1/traces", "application/x-protobuf", BodyPublishers.ofFile(request));
        }
        for (String path : List.of("/", "/v1/projects", "/v1/projects/default", "/v1/projects/default/spans", "/v1/projects/default/traces")) {
            get(base, path);
        }
        read(base);
    }

    /** Long enough for what people open first not to be found out about at each start, too: lists, charts and traces. */
    static void read(URI base) throws Exception {
        List<String> pages = List.of(
                "name endTime traceCount recordCount tokenCountTotal latencyMsQuantile(probability: 0.5) costSummary {total {cost}}",
                "spans(first: 50, sort: {col: startTime, dir: desc}) " + edges("""
                        id spanId name spanKind statusCode statusMessage startTime latencyMs tokenCountTotal modelName metadata
                        trace {id traceId} input {truncatedValue} output {truncatedValue} costSummary {total {cost}}
                        spanAnnotations {id name label score} spanAnnotationSummaries {name meanScore}"""),
                "spans(first: 50, filterCondition: \"span_kind == 'LLM' and latency_ms > 10\") " + edges("id name latencyMs"),
                "traces(first: 50) " + edges("id traceId startTime latencyMs numSpans rootSpan {name} costSummary {total {cost}}"),
                "sessions(first: 50) " + edges("id sessionId startTime numTraces tokenUsage {total} costSummary {total {cost}}"),
                "spanCountTimeSeries(timeRange: {start: \"%s\"}) {data {timestamp okCount errorCount}}"
                        .formatted(Instant.now().minus(Duration.ofDays(7))));
        Matcher traces = TRACE.matcher(text(base, "/v1/projects/default/traces?limit=1"));
        String trace = traces.find() ? "/v1/traces/" + traces.group(1) : "/v1/projects";
        Instant end = Instant.now().plus(READING);
        while (Instant.now().isBefore(end)) {
            for (String page : pages) {
                ask(base, "{projects(first: 4) " + edges(page) + "}");
            }
            get(base, trace);
            get(base, trace + "/skeleton");
        }
    }

    /** A question that is refused would train nothing. */
    static void ask(URI base, String query) throws IOException, InterruptedException {
        var body = BodyPublishers.ofString("{\"query\": \"" + query.replace("\n", " ").replace("\"", "\\\"") + "\"}");
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/graphql")).header("Content-Type", "application/json").POST(body).build();
        String answer = HTTP.send(request, BodyHandlers.ofString()).body();
        if (!answer.startsWith("{\"data\"")) {
            throw new IllegalStateException(query + " was answered with " + answer);
        }
    }

    static String edges(String node) {
        return "{pageInfo {hasNextPage endCursor} edges {cursor node {" + node + "}}}";
    }

    /** Long enough for the compiler to know what ingest spends its time on, so that it need not find out at each start. */
    static void ingest(URI base) throws Exception {
        List<Recording> recordings = Recording.all();
        Instant end = Instant.now().plus(INGEST);
        try (var traffic = new DemoTraffic(base, InstantSource.system())) {
            while (Instant.now().isBefore(end)) {
                traffic.send(recordings, (recording, rejected) -> {});
            }
        }
    }

    static void awaitReady(URI base, Process process) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (!isReady(base)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the server did not become ready");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    static boolean isReady(URI base) throws InterruptedException {
        try {
            return get(base, "/readyz") == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    static int get(URI base, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.discarding()).statusCode();
    }

    static String text(URI base, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString()).body();
    }

    static void post(URI base, String path, String type, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", type).POST(body).build();
        HTTP.send(request, BodyHandlers.discarding());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
