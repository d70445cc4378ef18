package dev.phoenix.server.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class LoginAttemptsTest {

    private static final String ACCOUNT = "local:ann@example.com";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final LoginAttempts attempts = attempts(OptionalInt.of(5));

    private LoginAttempts attempts(OptionalInt limit) {
        return new LoginAttempts(
                new PasswordSettings(
                        true, false, Secret.of("admin"), limit, Duration.ofMinutes(15)),
                now::get);
    }

    @Test
    void fiveWrongPasswords_lockOutEvenTheRightOne() {
        fail(5);
        assertThatThrownBy(this::succeed)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS))
                .hasMessage("Too many failed login attempts. Please try again later.");
    }

    @Test
    void rightPassword_startsTheCountAnew() {
        fail(4);
        succeed();
        fail(4);
        succeed();
    }

    @Test
    void lock_ends() {
        fail(5);
        now.updateAndGet(time -> time.plusSeconds(299));
        assertThatThrownBy(this::succeed).isInstanceOf(ApiException.class);
        now.updateAndGet(time -> time.plusSeconds(1));
        fail(4);
        succeed();
    }

    @Test
    void resetPassword_unlocks() {
        fail(5);
        attempts.forgive(ACCOUNT);
        succeed();
    }

    @Test
    void otherAccounts_areNotAffected() {
        fail(5);
        assertThat(attempts.attempt("local:bo@example.com", () -> Optional.of("bo")))
                .hasValue("bo");
    }

    @Test
    void failureToTell_isNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(
                            () ->
                                    attempts.attempt(
                                            ACCOUNT,
                                            () -> {
                                                throw new IllegalStateException("no directory");
                                            }))
                    .hasMessage("no directory");
        }
        succeed();
    }

    @Test
    void withoutProtection_nobodyIsLockedOut() {
        LoginAttempts unlimited = attempts(OptionalInt.empty());
        for (int i = 0; i < 20; i++) {
            unlimited.attempt(ACCOUNT, Optional::empty);
        }
        assertThat(unlimited.attempt(ACCOUNT, () -> Optional.of("ann"))).hasValue("ann");
    }

    @Test
    void ofManyWrongPasswordsAtOnce_noMoreAreCheckedThanMayBeWrong() throws Exception {
        AtomicInteger checked = new AtomicInteger();
        List<Boolean> refused =
                atOnce(
                        50,
                        () ->
                                attempts.attempt(
                                        ACCOUNT,
                                        () -> {
                                            checked.incrementAndGet();
                                            return Optional.empty();
                                        }));
        assertThat(checked).hasValue(5);
        assertThat(refused).filteredOn(Boolean::booleanValue).hasSize(45);
    }

    /** Whoever makes names up gets others forgotten, never more of them remembered. */
    @Test
    void endlessAccounts_areForgotten() {
        fail(5);
        assertThat(attempts.isLocked(ACCOUNT)).isTrue();
        for (int i = 0; i < 50_001; i++) {
            attempts.attempt("local:%d@example.com".formatted(i), Optional::empty);
        }
        assertThat(attempts.isLocked(ACCOUNT)).isFalse();
        assertThat(attempts.isLocked("local:50000@example.com")).isFalse();
        fail(5);
        assertThat(attempts.isLocked(ACCOUNT)).isTrue();
    }

    @Test
    void endlessName_isCut() {
        String endless = "local:" + "x".repeat(100_000);
        for (int i = 0; i < 5; i++) {
            attempts.attempt(endless + i, Optional::empty);
        }
        assertThat(attempts.isLocked(endless + "another end")).isTrue();
    }

    @Test
    void manyRightPasswordsAtOnce_areAllRight() throws Exception {
        assertThat(atOnce(50, () -> attempts.attempt(ACCOUNT, () -> Optional.of("ann"))))
                .containsOnly(false);
    }

    /** Whether each was refused. */
    private static List<Boolean> atOnce(int count, Callable<?> attempt) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> started = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                started.add(threads.submit(() -> isRefused(attempt)));
            }
            List<Boolean> refused = new ArrayList<>();
            for (Future<Boolean> each : started) {
                refused.add(each.get());
            }
            return refused;
        }
    }

    private static boolean isRefused(Callable<?> attempt) throws Exception {
        try {
            attempt.call();
            return false;
        } catch (ApiException e) {
            return true;
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.attempt(ACCOUNT, Optional::empty)).isEmpty();
        }
    }

    private void succeed() {
        assertThat(attempts.attempt(ACCOUNT, () -> Optional.of("ann"))).hasValue("ann");
    }
}
