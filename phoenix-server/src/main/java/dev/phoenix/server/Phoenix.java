package dev.phoenix.server;

/** The program: {@code phoenix serve}, {@code phoenix demo}, {@code phoenix db migrate}. */
public final class Phoenix {

    private Phoenix() {}

    public static void main(String[] args) {
        int exitCode = new PhoenixCommand(System.getenv()).run(args);
        // A running server keeps the process alive by its own threads.
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
