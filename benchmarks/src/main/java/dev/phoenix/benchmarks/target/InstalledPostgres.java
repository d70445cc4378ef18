package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster of its own made with the programs of the installed PostgreSQL. */
public final class InstalledPostgres implements PostgresServer {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final int STOP_SECONDS = 30;

    private final Path programs;
    private final Path folder;
    private final Path output;
    private final int port;
    private Process process;

    InstalledPostgres(Path programs, Path folder) throws IOException {
        this.programs = programs;
        this.folder = folder;
        this.output = folder.resolveSibling("postgresql.log");
        this.port = Ports.free();
        run(
                output,
                programs.resolve("initdb"),
                "-D",
                folder,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8");
        process = run();
        awaitConnections();
    }

    /** The programs of the newest version, or null. */
    public static @Nullable Path newest() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.max(
                            Comparator.comparing(
                                    version -> Integer.valueOf(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .orElse(null);
        }
    }

    @Override
    public int port() {
        return port;
    }

    /** A crash on purpose: nothing is written any more, and the next start recovers. */
    public void stopImmediately() throws IOException {
        run(output, programs.resolve("pg_ctl"), "-D", folder, "-m", "immediate", "-w", "stop");
        process.onExit().join();
    }

    /** After a stop, on the same port. */
    public void start() throws IOException {
        process = run();
        awaitConnections();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("PostgreSQL did not stop within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void awaitConnections() throws IOException {
        Ports.await(this::acceptsConnections, process, output);
    }

    private boolean acceptsConnections() {
        try (Connection connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres")) {
            return connection.isValid(1);
        } catch (SQLException starting) {
            return false;
        }
    }

    private Process run() throws IOException {
        return start(
                output,
                programs.resolve("postgres"),
                "-D",
                folder,
                "-p",
                port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=");
    }

    private static void run(Path output, Object... command) throws IOException {
        Process process = start(output, command);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command[0] + " failed:\n" + Files.readString(output));
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own nobody is. */
    private static Process start(Path output, Object... command) throws IOException {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "--user"));
        }
        for (Object word : command) {
            words.add(word.toString());
        }
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }
}
