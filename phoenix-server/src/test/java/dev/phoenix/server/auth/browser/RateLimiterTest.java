package dev.phoenix.server.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RateLimiter limiter = new RateLimiter(0.2, Duration.ofMinutes(1), () -> now);

    @Test
    void burst_isRateTimesWindow() {
        assertThat(taken("a")).isEqualTo(12);
        assertThat(taken("b")).isEqualTo(12);
    }

    @Test
    void tokens_comeBackWithTime() {
        taken("a");
        pass(Duration.ofSeconds(4));
        assertThat(taken("a")).isZero();
        pass(Duration.ofSeconds(2));
        assertThat(taken("a")).isEqualTo(1);
        pass(Duration.ofSeconds(30));
        assertThat(taken("a")).isEqualTo(6);
        pass(Duration.ofHours(1));
        assertThat(taken("a")).isEqualTo(12);
    }

    @Test
    void emptyBucket_outlivesTheWindowThatEmptiedIt() {
        pass(Duration.ofSeconds(59));
        taken("a");
        pass(Duration.ofSeconds(2));
        assertThat(taken("a")).isZero();
        pass(Duration.ofSeconds(50));
        assertThat(taken("a")).isEqualTo(10);
    }

    @Test
    void clockThatGoesBack_givesNothingAway() {
        taken("a");
        pass(Duration.ofHours(-1));
        assertThat(taken("a")).isZero();
    }

    @Test
    void floodOfKeys_isBounded() {
        for (int i = 0; i < 50_000; i++) {
            limiter.allows("key " + i);
        }
        int more = 0;
        for (int i = 0; i < 1000; i++) {
            more += limiter.allows("another " + i) ? 1 : 0;
        }
        assertThat(more).isEqualTo(12);
        assertThat(taken("key 7")).isEqualTo(11);
    }

    private int taken(String key) {
        int taken = 0;
        while (limiter.allows(key)) {
            taken++;
        }
        return taken;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
