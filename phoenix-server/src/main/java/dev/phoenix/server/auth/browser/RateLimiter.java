package dev.phoenix.server.auth.browser;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each key. A bucket that was not used for a whole window is full, as a new one
 * is, so it need not be kept: there are two generations of them, and the older one is dropped.
 */
final class RateLimiter {

    /** More keys at a time share one bucket. */
    private static final int MAX_KEYS = 50_000;

    private static final String EVERYBODY_ELSE = "";

    private final double perSecond;
    private final Duration window;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Bucket> current = new HashMap<>();
    private Map<String, Bucket> previous = new HashMap<>();
    private Instant generationEnds;

    RateLimiter(double perSecond, Duration window, InstantSource clock) {
        this.perSecond = perSecond;
        this.window = window;
        this.clock = clock;
        this.generationEnds = clock.instant().plus(window);
    }

    /** How long it takes until there is one more at most. */
    long secondsForOne() {
        return Math.ceilDiv(1000, Math.round(perSecond * 1000));
    }

    /** Takes a token if there is one. */
    boolean allows(String key) {
        lock.lock();
        try {
            Instant now = clock.instant();
            rotate(now);
            return bucket(key, now).take(now);
        } finally {
            lock.unlock();
        }
    }

    private void rotate(Instant now) {
        if (now.isBefore(generationEnds)) {
            return;
        }
        boolean idleSince = !now.isBefore(generationEnds.plus(window));
        previous = idleSince ? new HashMap<>() : current;
        current = new HashMap<>();
        generationEnds = now.plus(window);
    }

    private Bucket bucket(String key, Instant now) {
        @Nullable Bucket known = current.get(key);
        if (known == null) {
            known = previous.remove(key);
        }
        if (known == null && current.size() >= MAX_KEYS && !key.equals(EVERYBODY_ELSE)) {
            return bucket(EVERYBODY_ELSE, now);
        }
        Bucket bucket = known == null ? new Bucket(now) : known;
        current.put(key, bucket);
        return bucket;
    }

    private final class Bucket {

        private double tokens = burst();
        private Instant filled;

        Bucket(Instant now) {
            this.filled = now;
        }

        boolean take(Instant now) {
            double seconds = Duration.between(filled, now).toMillis() / 1000.0;
            tokens = Math.min(burst(), tokens + Math.max(0, seconds) * perSecond);
            filled = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }

        private double burst() {
            return perSecond * window.toSeconds();
        }
    }
}
