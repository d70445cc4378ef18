package dev.phoenix.benchmarks.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What strace sees a process sync. */
final class SyncTrace implements AutoCloseable {

    private final Process strace;
    private final Path calls;

    private SyncTrace(Process strace, Path calls) {
        this.strace = strace;
        this.calls = calls;
    }

    /** Why nothing can be traced here; null where it can. */
    static @Nullable String obstacle() {
        try {
            Process trial =
                    new ProcessBuilder("strace", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectErrorStream(true)
                            .start();
            return trial.onExit().join().exitValue() == 0 ? null : "strace does not run here";
        } catch (IOException e) {
            return "strace is not installed";
        }
    }

    /** Returns when the process is being traced. */
    static SyncTrace of(long pid) throws IOException {
        Path calls = Files.createTempFile("phoenix-syncs", ".strace");
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-f",
                                "-y",
                                "-e",
                                "trace=fsync,fdatasync",
                                "-o",
                                calls.toString(),
                                "-p",
                                Long.toString(pid))
                        .redirectErrorStream(true)
                        .start();
        var said =
                new BufferedReader(
                        new InputStreamReader(strace.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (line == null || !line.contains("attached")) {
            Files.delete(calls);
            throw new IOException("strace cannot attach to the server: " + line);
        }
        return new SyncTrace(strace, calls);
    }

    /** How often the file was synced. */
    long finish(String file) throws IOException {
        stop();
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains(file + ">"))
                    .filter(line -> line.contains("sync("))
                    .count();
        }
    }

    private void stop() throws IOException {
        // Detaches from the server, which goes on.
        strace.destroy();
        try {
            if (!strace.waitFor(10, TimeUnit.SECONDS)) {
                throw new IOException("strace does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        Files.deleteIfExists(calls);
    }
}
