package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A started server process that has answered {@code /readyz}. */
public final class RunningServer implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int httpPort;
    private final int grpcPort;
    private final Duration startTime;

    private RunningServer(Target target, Store store, Path folder) throws IOException {
        httpPort = Ports.free();
        grpcPort = Ports.free();
        Path output = folder.resolve(target.name() + ".log");
        var builder =
                new ProcessBuilder(target.command(store, httpPort, grpcPort))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PHOENIX_"));
        builder.environment().putAll(target.environment(store, folder, httpPort, grpcPort));
        long startedAt = System.nanoTime();
        process = builder.start();
        Ports.await(() -> get("/readyz").statusCode() == 200, process, output);
        startTime = Duration.ofNanos(System.nanoTime() - startedAt);
    }

    public static RunningServer start(Target target, Store store, Path folder) throws IOException {
        return new RunningServer(target, store, folder);
    }

    public int httpPort() {
        return httpPort;
    }

    public int grpcPort() {
        return grpcPort;
    }

    /** From the start of the process to its first good answer. */
    public Duration startTime() {
        return startTime;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory; Linux only, like the figures we publish. */
    public long residentBytes() throws IOException {
        for (String line :
                Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS line for process " + process.pid());
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    public HttpResponse<String> postJson(String path, String json) throws IOException {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + request.uri(), e);
        }
    }

    /** SIGKILL: nothing of the process gets to run any more. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the server did not stop within " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
        }
    }
}
