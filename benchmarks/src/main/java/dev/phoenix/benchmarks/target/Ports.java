package dev.phoenix.benchmarks.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Loopback ports of processes that are started for a measurement. */
final class Ports {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(10);

    private Ports() {}

    static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until {@code ready} holds; fails with what the process said when it ends or takes too
     * long.
     */
    static void await(Condition ready, Process process, Path output) throws IOException {
        long until = System.nanoTime() + START.toNanos();
        while (!holds(ready)) {
            if (!process.isAlive() || System.nanoTime() > until) {
                process.destroyForcibly();
                throw new IOException("not ready; it said:\n" + Files.readString(output));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean holds(Condition ready) {
        try {
            return ready.holds();
        } catch (IOException notListening) {
            return false;
        }
    }

    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }
}
