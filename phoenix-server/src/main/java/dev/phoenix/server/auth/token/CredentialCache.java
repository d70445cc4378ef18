package dev.phoenix.server.auth.token;

import dev.phoenix.server.auth.account.AccountObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The credentials in use, so that a request costs a look into memory. What is in it is compared
 * with the database every two seconds ({@link CredentialCheck}), which is how long another server's
 * revocation may take; changes by this server count at once. What is not in it is read by primary
 * key, so that a session opened elsewhere works immediately.
 */
@Component
public class CredentialCache implements AccountObserver {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

    /** How long the database may be away before nobody is trusted any more. */
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(60);

    /** A session that another server has just opened must not wait longer to be known here. */
    private static final Duration MISSED_FOR = Duration.ofSeconds(1);

    private static final int LARGEST = 100_000;
    private static final int MISSES_KEPT = 10_000;

    private final CredentialReader reader;
    private final KeyUse keyUse;
    private final FirstUse firstUse;
    private final InstantSource clock;
    private final Map<TokenId, Entry> entries = new ConcurrentHashMap<>();

    /** Tokens that were just looked for in vain, and when. */
    private final Map<TokenId, Instant> misses = new ConcurrentHashMap<>();

    /** Counts what this server took away, so that nothing read before is put back. */
    private final AtomicLong removals = new AtomicLong();

    private volatile Instant checkedAt;

    CredentialCache(
            CredentialReader reader, KeyUse keyUse, FirstUse firstUse, InstantSource clock) {
        this.reader = reader;
        this.keyUse = keyUse;
        this.firstUse = firstUse;
        this.clock = clock;
        this.checkedAt = clock.instant();
    }

    private static final class Entry {

        private final StoredCredential stored;
        private volatile Instant usedAt;

        Entry(StoredCredential stored, Instant usedAt) {
            this.stored = stored;
            this.usedAt = usedAt;
        }
    }

    Optional<StoredCredential> find(TokenId token, Instant now) {
        Entry entry = now.isAfter(checkedAt.plus(TRUSTED_FOR)) ? null : entries.get(token);
        if (entry == null) {
            return load(token, now);
        }
        entry.usedAt = now;
        keyUse.note(token, now);
        return Optional.of(entry.stored);
    }

    /** What the caller has just revoked in the database no longer counts. */
    public void remove(Collection<TokenId> tokens) {
        removals.incrementAndGet();
        tokens.forEach(entries::remove);
    }

    @Override
    public void accountsChanged(Collection<Long> userIds) {
        remove(stored -> userIds.contains(stored.userId()));
    }

    private void remove(Predicate<StoredCredential> gone) {
        removals.incrementAndGet();
        entries.values().removeIf(entry -> gone.test(entry.stored));
    }

    private Optional<StoredCredential> load(TokenId token, Instant now) {
        Instant missed = misses.get(token);
        if (missed != null && now.isBefore(missed.plus(MISSED_FOR))) {
            return Optional.empty();
        }
        long before = removals.get();
        List<StoredCredential> found = reader.find(List.of(token));
        if (found.isEmpty()) {
            if (misses.size() < MISSES_KEPT) {
                misses.put(token, now);
            }
            return Optional.empty();
        }
        StoredCredential stored = found.getFirst();
        firstUse.note(stored, now);
        keyUse.note(token, now);
        if (before == removals.get() && entries.size() < LARGEST) {
            entries.put(token, new Entry(stored, now));
        }
        return Optional.of(stored);
    }

    /** Compares what is known with the database; what is gone there goes here. */
    void check() {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> entry.usedAt.plus(FORGOTTEN_AFTER).isBefore(now));
        Set<TokenId> known = Set.copyOf(entries.keySet());
        long before = removals.get();
        Map<TokenId, StoredCredential> current =
                reader.find(known).stream()
                        .collect(Collectors.toMap(StoredCredential::token, Function.identity()));
        boolean settled = before == removals.get();
        for (TokenId token : known) {
            StoredCredential stored = current.get(token);
            if (stored == null) {
                entries.remove(token);
            } else if (settled) {
                entries.computeIfPresent(token, (_, entry) -> new Entry(stored, entry.usedAt));
            } else {
                // It may be older than what this server did meanwhile, or the news of another one.
                entries.computeIfPresent(
                        token, (_, entry) -> entry.stored.isStill(stored) ? entry : null);
            }
        }
        misses.clear();
        checkedAt = now;
    }
}
