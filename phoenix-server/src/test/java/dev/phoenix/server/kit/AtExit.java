package dev.phoenix.server.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * Ends what all test classes share when the JVM ends: servers first and side by side, then the
 * databases below them. A server whose database is gone takes long to end.
 */
final class AtExit {

    private static final List<Runnable> SERVERS = new ArrayList<>();
    private static final List<Runnable> DATABASES = new ArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::end, "end of the tests"));
    }

    private AtExit() {}

    static synchronized void endServer(Runnable end) {
        SERVERS.add(end);
    }

    static synchronized void endDatabase(Runnable end) {
        DATABASES.add(end);
    }

    private static synchronized void end() {
        endAll(SERVERS);
        endAll(DATABASES);
    }

    private static void endAll(List<Runnable> ends) {
        List<Thread> threads = ends.stream().map(end -> Thread.ofPlatform().start(end)).toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
