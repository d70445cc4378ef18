package dev.phoenix.server;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program: {@code phoenix serve}, {@code phoenix demo}, {@code phoenix db migrate}. */
public final class Phoenix {

    private Phoenix() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = new PhoenixCommand(System.getenv(), out, err).run(args);
        // A running server keeps the process alive by its own threads.
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
