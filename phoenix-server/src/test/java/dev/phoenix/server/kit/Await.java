package dev.phoenix.server.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks again until the answer is as expected. */
public final class Await {

    private Await() {}

    public static <T> void await(Duration atMost, T expected, Supplier<T> answer) {
        long deadline = System.nanoTime() + atMost.toNanos();
        T last = answer.get();
        while (!last.equals(expected) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            last = answer.get();
        }
        assertThat(last).isEqualTo(expected);
    }
}
