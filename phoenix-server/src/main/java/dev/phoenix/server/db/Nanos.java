package dev.phoenix.server.db;

import java.time.Instant;

/** Times as they are stored: nanoseconds since the epoch, UTC. */
public final class Nanos {

    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    public static long of(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
    }
}
