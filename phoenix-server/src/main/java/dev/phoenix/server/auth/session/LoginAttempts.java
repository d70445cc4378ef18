package dev.phoenix.server.auth.session;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.PasswordSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Locks an account for a while after wrong passwords in a row, whether or not the account exists.
 * An attempt takes its place before the password is looked at: of many guesses at once no more are
 * checked than may be wrong, and the others wait for how those end.
 */
@Component
public class LoginAttempts {

    private static final Duration LOCKED_FOR = Duration.ofMinutes(5);
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(20);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int REMEMBERED = 50_000;
    private static final int LONGEST_KEY = 400;

    private final OptionalInt maxFailures;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    LoginAttempts(PasswordSettings settings, InstantSource clock) {
        this.maxFailures = settings.maxFailures();
        this.clock = clock;
    }

    /** Looks at a password. */
    @FunctionalInterface
    public interface Attempt<T, E extends Exception> {

        Optional<T> run() throws E;
    }

    private static final class Account {

        private int failures;
        private int beingChecked;
        private Instant lastFailure = Instant.EPOCH;
    }

    /**
     * Tries to log somebody in. An empty result is a wrong password; what is thrown is neither
     * right nor wrong.
     *
     * @param account the account under attack, with a prefix for its kind, such as {@code
     *     ldap:ann}; the same however it is typed
     */
    public <T, E extends Exception> Optional<T> attempt(String account, Attempt<T, E> login)
            throws E {
        if (maxFailures.isEmpty()) {
            return login.run();
        }
        String key = key(account);
        begin(key);
        Outcome outcome = Outcome.UNKNOWN;
        try {
            Optional<T> result = login.run();
            outcome = result.isPresent() ? Outcome.RIGHT : Outcome.WRONG;
            return result;
        } finally {
            end(key, outcome);
        }
    }

    /** Whether nobody gets in for now. */
    public boolean isLocked(String account) {
        lock.lock();
        try {
            Account known = accounts.get(key(account));
            return known != null && maxFailures.isPresent() && known.failures >= limit();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what went wrong, because the owner has shown up another way. */
    public void forgive(String account) {
        lock.lock();
        try {
            Account known = accounts.get(key(account));
            if (known != null) {
                known.failures = 0;
                ended.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private enum Outcome {
        RIGHT,
        WRONG,
        UNKNOWN
    }

    private void begin(String key) {
        long nanosLeft = LONGEST_WAIT.toNanos();
        lock.lock();
        try {
            Account account = current(key);
            while (account.failures < limit()
                    && account.failures + account.beingChecked >= limit()) {
                if (nanosLeft <= 0) {
                    throw tooMany(LONGEST_WAIT);
                }
                nanosLeft = ended.awaitNanos(nanosLeft);
                account = current(key);
            }
            if (account.failures >= limit()) {
                throw tooMany(
                        Duration.between(clock.instant(), account.lastFailure.plus(LOCKED_FOR)));
            }
            account.beingChecked++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany(LONGEST_WAIT);
        } finally {
            lock.unlock();
        }
    }

    private void end(String key, Outcome outcome) {
        lock.lock();
        try {
            Account account = current(key);
            account.beingChecked = Math.max(0, account.beingChecked - 1);
            switch (outcome) {
                case RIGHT -> account.failures = 0;
                case WRONG -> {
                    account.failures++;
                    account.lastFailure = clock.instant();
                }
                case UNKNOWN -> {}
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Account current(String key) {
        Account account = accounts.computeIfAbsent(key, _ -> new Account());
        Duration kept = account.failures >= limit() ? LOCKED_FOR : REMEMBERED_FOR;
        if (!clock.instant().isBefore(account.lastFailure.plus(kept))) {
            account.failures = 0;
        }
        if (accounts.size() > REMEMBERED) {
            forgetTheLeastRecent();
        }
        return account;
    }

    private void forgetTheLeastRecent() {
        Iterator<Account> oldest = accounts.values().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().beingChecked == 0) {
                oldest.remove();
                return;
            }
        }
    }

    /** Attackers choose what is remembered, so it is short. */
    private static String key(String account) {
        return account.substring(0, Math.min(LONGEST_KEY, account.length()));
    }

    private int limit() {
        return maxFailures.orElseThrow();
    }

    private static ApiException tooMany(Duration wait) {
        return ApiException.tooManyRequests(
                "Too many failed login attempts. Please try again later.", wait);
    }
}
