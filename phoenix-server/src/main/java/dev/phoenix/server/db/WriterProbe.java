package dev.phoenix.server.db;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the writer is there, once at a time however many want to know: a writer that hangs
 * must not collect more and more who wait for it.
 */
final class WriterProbe {

    /** Longer than a batch of spans takes, and than a busy disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BooleanSupplier question;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Boolean> asking;

    /**
     * @param question may block for longer than anybody waits
     */
    WriterProbe(BooleanSupplier question) {
        this.question = question;
    }

    boolean answers() {
        try {
            return ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Boolean> ask() {
        lock.lock();
        try {
            if (asking == null || asking.isDone()) {
                CompletableFuture<Boolean> answer = new CompletableFuture<>();
                // SQLite waits for locks in native code, which a virtual thread's carrier must not.
                Thread.ofPlatform()
                        .daemon()
                        .name("writer-probe")
                        .start(() -> answer.completeAsync(question::getAsBoolean, Runnable::run));
                asking = answer;
            }
            return asking;
        } finally {
            lock.unlock();
        }
    }
}
