package dev.phoenix.server.db;

/**
 * Which threads may read from a replica, which lags behind by a moment: those that answer
 * questions. All others, and whatever starts from what it read, read where they write.
 */
public final class ReplicaReads {

    private static final ThreadLocal<Boolean> ALLOWED = ThreadLocal.withInitial(() -> false);

    private ReplicaReads() {}

    /** From here on the current thread only answers a question. */
    public static void begin() {
        ALLOWED.set(true);
    }

    public static void end() {
        ALLOWED.remove();
    }

    /** Whether the current thread only answers a question: so do those that help it. */
    public static boolean areAllowed() {
        return ALLOWED.get();
    }
}
