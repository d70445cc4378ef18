package dev.phoenix.benchmarks.load;

import java.time.Duration;

/** An answer, and how long a server that refuses asks to wait; zero if it does not say. */
public record Reply(Answer answer, Duration retryAfter) {

    static final Reply ACKNOWLEDGED = new Reply(Answer.ACKNOWLEDGED, Duration.ZERO);
    static final Reply FAILED = new Reply(Answer.FAILED, Duration.ZERO);

    static Reply refused(Duration retryAfter) {
        return new Reply(Answer.REFUSED, retryAfter);
    }
}
