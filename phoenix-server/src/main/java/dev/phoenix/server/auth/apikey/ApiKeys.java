package dev.phoenix.server.auth.apikey;

import static dev.phoenix.server.db.jooq.Tables.API_KEYS;
import static dev.phoenix.server.db.jooq.Tables.USERS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.token.CredentialCache;
import dev.phoenix.server.auth.token.IssuedToken;
import dev.phoenix.server.auth.token.TokenId;
import dev.phoenix.server.auth.token.TokenKind;
import dev.phoenix.server.auth.token.Tokens;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Issues keys for programs, lists and revokes them. */
@Service
class ApiKeys {

    private static final int LONGEST_LIST = 20_000;
    private static final Pattern NOT_SHOWN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST_NAME = 320;
    private static final int LONGEST_DESCRIPTION = 4000;
    private static final int HINT = 6;

    /** Times are kept in nanoseconds, which end there. */
    private static final Instant LAST_EXPIRY = Instant.parse("2262-04-11T00:00:00Z");

    private static final List<Field<?>> COLUMNS =
            List.of(
                    API_KEYS.ID,
                    API_KEYS.USER_ID,
                    API_KEYS.NAME,
                    API_KEYS.DESCRIPTION,
                    API_KEYS.HINT,
                    API_KEYS.CREATED_AT_NS,
                    API_KEYS.EXPIRES_AT_NS,
                    API_KEYS.LAST_USED_AT_NS,
                    USERS.ROLE);

    private final Database database;
    private final KeyAllocator keys;
    private final Tokens tokens;
    private final CredentialCache credentials;
    private final Accounts accounts;
    private final AuditLog audit;
    private final InstantSource clock;

    ApiKeys(
            Database database,
            KeyAllocator keys,
            Tokens tokens,
            CredentialCache credentials,
            Accounts accounts,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.tokens = tokens;
        this.credentials = credentials;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    /** A key to be issued. */
    record Wanted(String name, @Nullable String description, @Nullable Instant expiresAt) {}

    /**
     * @param secret the key itself, which nobody sees again
     */
    record Issued(ApiKey key, Secret secret) {}

    /** A key of the caller. */
    Issued issue(Caller owner, Wanted wanted) {
        Long userId = owner.principal().userId();
        if (userId == null) {
            throw new IllegalStateException("the policy lets only sessions through");
        }
        return issue(owner, userId, wanted);
    }

    /** A key of the whole system. */
    Issued issueForSystem(Caller admin, Wanted wanted) {
        return issue(admin, accounts.system().id(), wanted);
    }

    private Issued issue(Caller caller, long userId, Wanted wanted) {
        Instant now = clock.instant();
        String name = checked("name", wanted.name().strip(), LONGEST_NAME);
        if (name.isEmpty()) {
            throw ApiException.unprocessable("name must not be blank; say what the key is for");
        }
        if (NOT_SHOWN.matcher(name).find()) {
            throw ApiException.unprocessable(
                    "name must hold no control and no invisible characters (such as line breaks or U+200B), because lists and logs show it");
        }
        if (wanted.description() != null) {
            checked("description", wanted.description(), LONGEST_DESCRIPTION);
        }
        checkExpiry(wanted.expiresAt(), now);
        long id = keys.reserve("api_keys", 1);
        IssuedToken token = tokens.issue(TokenKind.API_KEY, id);
        String text = token.text().reveal();
        String hint = text.substring(text.length() - HINT);
        ApiKey stored =
                database.transaction(
                        transaction -> {
                            transaction
                                    .insertInto(API_KEYS)
                                    .set(API_KEYS.ID, id)
                                    .set(API_KEYS.USER_ID, userId)
                                    .set(API_KEYS.NAME, name)
                                    .set(API_KEYS.DESCRIPTION, wanted.description())
                                    .set(API_KEYS.TOKEN_HASH, token.hash())
                                    .set(API_KEYS.HINT, hint)
                                    .set(API_KEYS.CREATED_AT_NS, Nanos.of(now))
                                    .set(API_KEYS.EXPIRES_AT_NS, nanos(wanted.expiresAt()))
                                    .execute();
                            ApiKey key =
                                    transaction
                                            .select(COLUMNS)
                                            .from(API_KEYS)
                                            .join(USERS)
                                            .on(USERS.ID.eq(API_KEYS.USER_ID))
                                            .where(API_KEYS.ID.eq(id))
                                            .fetchSingle(ApiKeys::key);
                            audit.record(
                                    transaction,
                                    caller.did("api_key.create", key.id(), Map.of("name", name)));
                            return key;
                        });
        return new Issued(stored, token.text());
    }

    private static void checkExpiry(@Nullable Instant expiry, Instant now) {
        if (expiry == null) {
            return;
        }
        if (!expiry.isAfter(now)) {
            throw ApiException.unprocessable(
                    "expires_at must be in the future, was " + Timestamps.format(expiry));
        }
        if (expiry.isAfter(LAST_EXPIRY)) {
            throw ApiException.unprocessable(
                    "expires_at must not be after %s, was %s; a key without expires_at never expires"
                            .formatted(Timestamps.format(LAST_EXPIRY), Timestamps.format(expiry)));
        }
    }

    private static String checked(String field, String text, int longest) {
        if (text.length() > longest || text.indexOf('\0') >= 0) {
            throw ApiException.unprocessable(
                    "%s must have at most %d characters and no NUL, had %d"
                            .formatted(field, longest, text.length()));
        }
        return text;
    }

    /** Those of a user, newest first. */
    List<ApiKey> of(long userId) {
        return fetch(API_KEYS.USER_ID.eq(userId), LONGEST_LIST);
    }

    List<ApiKey> ofSystem() {
        return fetch(USERS.ROLE.eq(Role.SYSTEM.name()), LONGEST_LIST);
    }

    List<ApiKey> ofPeople() {
        return fetch(USERS.ROLE.ne(Role.SYSTEM.name()), LONGEST_LIST);
    }

    /**
     * Those of people, newest first.
     *
     * @param from the first key of the page; null starts at the newest
     */
    Page<ApiKey> pageOfPeople(@Nullable Long from, int limit) {
        Condition place = from == null ? DSL.noCondition() : API_KEYS.ID.le(from);
        return Page.of(fetch(USERS.ROLE.ne(Role.SYSTEM.name()).and(place), limit + 1), limit);
    }

    /** How many keys each of the users has. */
    Map<Long, Integer> counts(Collection<Long> userIds) {
        return database.readPrimary()
                .select(API_KEYS.USER_ID, DSL.count())
                .from(API_KEYS)
                .where(API_KEYS.USER_ID.in(userIds))
                .groupBy(API_KEYS.USER_ID)
                .fetchMap(API_KEYS.USER_ID, DSL.count());
    }

    Optional<ApiKey> find(long id) {
        return fetch(API_KEYS.ID.eq(id), 1).stream().findFirst();
    }

    /**
     * The key is refused from now on; by other servers within seconds. Of several who revoke it at
     * once only one has done it; for the others it is gone.
     */
    boolean revoke(Caller caller, ApiKey key) {
        AuditEvent event = caller.did("api_key.revoke", key.id(), Map.of("name", key.name()));
        boolean revoked =
                database.transaction(
                        transaction -> {
                            boolean gone =
                                    transaction
                                                    .deleteFrom(API_KEYS)
                                                    .where(API_KEYS.ID.eq(key.key()))
                                                    .execute()
                                            > 0;
                            if (gone) {
                                audit.record(transaction, event);
                            }
                            return gone;
                        });
        credentials.remove(List.of(new TokenId(TokenKind.API_KEY, key.key())));
        return revoked;
    }

    private List<ApiKey> fetch(Condition which, int limit) {
        return database.readPrimary()
                .select(COLUMNS)
                .from(API_KEYS)
                .join(USERS)
                .on(USERS.ID.eq(API_KEYS.USER_ID))
                .where(which)
                .orderBy(API_KEYS.ID.desc())
                .limit(limit)
                .fetch(ApiKeys::key);
    }

    private static ApiKey key(Record row) {
        return new ApiKey(
                row.get(API_KEYS.ID),
                row.get(API_KEYS.USER_ID),
                row.get(USERS.ROLE).equals(Role.SYSTEM.name()),
                row.get(API_KEYS.NAME),
                row.get(API_KEYS.DESCRIPTION),
                row.get(API_KEYS.HINT),
                Timestamps.instant(row.get(API_KEYS.CREATED_AT_NS)),
                instant(row.get(API_KEYS.EXPIRES_AT_NS)),
                instant(row.get(API_KEYS.LAST_USED_AT_NS)));
    }

    private static @Nullable Instant instant(@Nullable Long nanos) {
        return nanos == null ? null : Timestamps.instant(nanos);
    }

    private static @Nullable Long nanos(@Nullable Instant time) {
        return time == null ? null : Timestamps.nanos(time);
    }
}
