package dev.phoenix.server.auth.ldap;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.ldap.LdapAnswer.Refused;
import dev.phoenix.server.auth.ldap.LdapAnswer.Unavailable;
import dev.phoenix.server.settings.LdapSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the directory who somebody is: a few at a time, and never for long. */
final class LdapDirectory {

    private static final Logger log = LoggerFactory.getLogger(LdapDirectory.class);
    private static final int AT_ONCE = 10;
    private static final int LONGEST_USERNAME = 256;
    private static final int LONGEST_PASSWORD = 1024;

    /**
     * @param connecting to one server
     * @param answering one question
     * @param overall whatever happens, waiting for a turn included
     */
    record Limits(Duration connecting, Duration answering, Duration overall) {

        static final Limits STANDARD =
                new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    private final LdapSettings settings;
    private final LdapServers servers;
    private final LdapSearch search;
    private final GroupRoles roles;
    private final Duration overall;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    LdapDirectory(LdapSettings settings, Limits limits) {
        this.settings = settings;
        this.servers = new LdapServers(settings, limits.connecting(), limits.answering());
        this.search = new LdapSearch(settings);
        this.roles = new GroupRoles(settings.roles());
        this.overall = limits.overall();
    }

    /** An empty password would be a log-in as nobody, which many directories call a success. */
    LdapAnswer authenticate(String username, String password, Guesses guesses) {
        if (username.isBlank()
                || password.isEmpty()
                || username.length() > LONGEST_USERNAME
                || password.length() > LONGEST_PASSWORD) {
            return new Refused();
        }
        long deadline = System.nanoTime() + overall.toNanos();
        try {
            if (!turns.tryAcquire(overall.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn("The directory is too slow: {} log-ins wait for it already", AT_ONCE);
                return new Unavailable();
            }
            return ask(
                    new LdapAttempt(settings, servers, search, roles, guesses),
                    username.strip(),
                    password,
                    deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable();
        }
    }

    private LdapAnswer ask(LdapAttempt attempt, String username, String password, long deadline)
            throws InterruptedException {
        FutureTask<LdapAnswer> work =
                new FutureTask<>(
                        () -> {
                            try {
                                return attempt.ask(username, password);
                            } finally {
                                turns.release();
                            }
                        });
        Thread.ofVirtual().name("ldap").start(work);
        try (attempt) {
            return work.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.warn("The directory did not answer within {} s", overall.toSeconds());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException tooMany) {
                throw tooMany;
            }
            log.error(
                    "The directory was not asked: {}",
                    Objects.requireNonNull(e.getCause()).getClass().getName());
        }
        return new Unavailable();
    }
}
