package dev.phoenix.server.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts the PostgreSQL of the operating system in a folder of its own. It refuses root, so root
 * lends it a user.
 */
final class InstalledPostgres {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    private InstalledPostgres() {}

    static boolean isAvailable() {
        return newest().isPresent();
    }

    /** Returns the port. */
    static int start() {
        Path programs = newest().orElseThrow().resolve("bin");
        try {
            Path folder = Files.createTempDirectory("phoenix-postgres-");
            int port = freePort();
            if (isRoot()) {
                run("chown", USER, folder.toString());
            }
            String data = folder.resolve("data").toString();
            runAsUser(
                    programs.resolve("initdb").toString(),
                    "-D",
                    data,
                    "-U",
                    USER,
                    "-A",
                    "trust",
                    "--no-sync");
            String control = programs.resolve("pg_ctl").toString();
            String options = "-p %d -c listen_addresses=localhost -k %s".formatted(port, folder);
            runAsUser(
                    control,
                    "-D",
                    data,
                    "-w",
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    options,
                    "start");
            AtExit.endDatabase(() -> stop(control, data, folder));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(
                            Comparator.comparing(
                                    version -> Integer.valueOf(version.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(String control, String data, Path folder) {
        try {
            runAsUser(control, "-D", data, "-m", "immediate", "stop");
            run("rm", "-r", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runAsUser(String... command) throws IOException {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("runuser", "-u", USER, "--"));
        }
        words.addAll(List.of(command));
        run(words.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        try {
            int exitCode =
                    new ProcessBuilder(command)
                            .directory(new File("/"))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
            if (exitCode != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
