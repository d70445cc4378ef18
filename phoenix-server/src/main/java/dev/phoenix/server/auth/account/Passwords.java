package dev.phoenix.server.auth.account;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.Secret;
import jakarta.annotation.PreDestroy;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Hashes passwords, slowly and few at a time: a flood of log-ins waits in a short line of its own
 * and is then turned away, while other requests go on.
 */
@Service
public class Passwords {

    static final int ROUNDS = 600_000;
    private static final String PREFIX = "pbkdf2-sha256:";
    private static final String SCHEME = PREFIX + ROUNDS;
    private static final int BYTES = 32;
    private static final int WAITING = 32;

    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor executor = executor();
    private final PasswordHash nobodys = new PasswordHash(SCHEME, randomBytes(), randomBytes());

    /** What to keep of a password. */
    public PasswordHash hash(Secret password) {
        byte[] salt = randomBytes();
        return run(() -> new PasswordHash(SCHEME, salt, password.derive(salt, ROUNDS, BYTES)));
    }

    /** Whether it is the password of which the hash was kept. */
    public boolean matches(Secret password, PasswordHash kept) {
        int rounds = Integer.parseInt(kept.scheme().substring(PREFIX.length()));
        byte[] hash = run(() -> password.derive(kept.salt(), rounds, BYTES));
        return MessageDigest.isEqual(hash, kept.hash());
    }

    /** Takes as long as {@link #matches}, where there is no account to compare with. */
    public void matchNobody(Secret password) {
        matches(password, nobodys);
    }

    /** Whether a hash was made with fewer rounds than new ones. */
    public static boolean isOutdated(PasswordHash kept) {
        return !kept.scheme().equals(SCHEME);
    }

    /** A password nobody will ever know. */
    public Secret random() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes()));
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T run(Callable<T> work) {
        try {
            return executor.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new ApiException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too many passwords are being checked; try again in a few seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a password was checked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private static ThreadPoolExecutor executor() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var executor =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
