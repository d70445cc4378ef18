package dev.phoenix.server.auth.account;

import static dev.phoenix.server.db.jooq.Tables.PASSWORD_RESET_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.REFRESH_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.USERS;

import dev.phoenix.server.api.Page;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.AccountChange.NewPassword;
import dev.phoenix.server.auth.account.AccountConflictException.Field;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.Secret;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds, creates, changes and deletes accounts. Knows nothing of who may do so. */
@Service
public class Accounts {

    private static final int MOST_ADDRESSES = 1000;
    private static final int MOST_NAMED = 20;

    private final Database database;
    private final KeyAllocator keys;
    private final Passwords passwords;
    private final InstantSource clock;
    private final List<AccountObserver> observers;

    Accounts(
            Database database,
            KeyAllocator keys,
            Passwords passwords,
            InstantSource clock,
            List<AccountObserver> observers) {
        this.database = database;
        this.keys = keys;
        this.passwords = passwords;
        this.clock = clock;
        this.observers = List.copyOf(observers);
    }

    public Optional<User> find(long id) {
        return one(USERS.ID.eq(id));
    }

    /** However the address is written. */
    public Optional<User> findByEmail(String email) {
        return one(USERS.EMAIL_KEY.eq(AccountNames.key(email)));
    }

    /** However the name is written. */
    public Optional<User> findByUsername(String username) {
        return one(USERS.USERNAME_KEY.eq(AccountNames.key(username)));
    }

    public Optional<User> findByOauth2(String clientId, String userId) {
        return one(
                USERS.AUTH_METHOD
                        .eq(AuthMethod.OAUTH2.name())
                        .and(USERS.OAUTH2_CLIENT_ID.eq(clientId))
                        .and(USERS.OAUTH2_USER_ID.eq(userId)));
    }

    public Optional<User> findByLdap(String uniqueId) {
        return one(
                USERS.AUTH_METHOD
                        .eq(AuthMethod.LDAP.name())
                        .and(USERS.LDAP_UNIQUE_ID.eq(uniqueId)));
    }

    /** The user in whose name the server itself acts. */
    public User system() {
        return one(USERS.ROLE.eq(Role.SYSTEM.name())).orElseThrow();
    }

    /** Those that exist. */
    public Map<Long, User> byIds(Collection<Long> ids) {
        return database.readPrimary()
                .select(UserRows.COLUMNS)
                .from(USERS)
                .where(USERS.ID.in(ids))
                .fetchMap(USERS.ID, UserRows::user);
    }

    /** Where people with this role read mail; those of the server itself have no such place. */
    public List<String> addresses(Role role) {
        return database.readPrimary()
                .select(USERS.EMAIL)
                .from(USERS)
                .where(
                        USERS.ROLE.eq(role.name()),
                        USERS.EMAIL.isNotNull(),
                        USERS.EMAIL.notLike("%@localhost"))
                .orderBy(USERS.ID)
                .limit(MOST_ADDRESSES)
                .fetch(USERS.EMAIL);
    }

    /** How the first ones with this role are known: by their address, or else their name. */
    List<String> named(Role role) {
        return database.readPrimary()
                .select(DSL.coalesce(USERS.EMAIL, USERS.USERNAME))
                .from(USERS)
                .where(USERS.ROLE.eq(role.name()))
                .orderBy(USERS.ID)
                .limit(MOST_NAMED)
                .fetch(row -> row.value1());
    }

    int count(Role role) {
        return database.readPrimary().fetchCount(USERS, USERS.ROLE.eq(role.name()));
    }

    boolean exists(Role role) {
        return database.readPrimary().fetchExists(USERS, USERS.ROLE.eq(role.name()));
    }

    /**
     * Newest first.
     *
     * @param from the first id of the page; null starts at the newest
     */
    Page<User> page(@Nullable Long from, int limit) {
        return page(from == null ? null : from + 1, null, false, limit);
    }

    /**
     * Those between two users.
     *
     * @param after only older ones
     * @param before only newer ones
     * @param oldestFirst otherwise newest first
     */
    Page<User> page(@Nullable Long after, @Nullable Long before, boolean oldestFirst, int limit) {
        Condition older = after == null ? DSL.noCondition() : USERS.ID.lt(after);
        Condition newer = before == null ? DSL.noCondition() : USERS.ID.gt(before);
        List<User> fetched =
                database.readPrimary()
                        .select(UserRows.COLUMNS)
                        .from(USERS)
                        .where(older, newer)
                        .orderBy(oldestFirst ? USERS.ID.asc() : USERS.ID.desc())
                        .limit(limit + 1)
                        .fetch(UserRows::user);
        return Page.of(fetched, limit);
    }

    /** What is kept of the password of a user who logs in with one. */
    public Optional<PasswordHash> password(long id) {
        return database.readPrimary()
                .select(USERS.PASSWORD_SCHEME, USERS.PASSWORD_SALT, USERS.PASSWORD_HASH)
                .from(USERS)
                .where(USERS.ID.eq(id), USERS.PASSWORD_HASH.isNotNull())
                .fetchOptional(
                        row ->
                                new PasswordHash(
                                        row.get(USERS.PASSWORD_SCHEME),
                                        row.get(USERS.PASSWORD_SALT),
                                        row.get(USERS.PASSWORD_HASH)));
    }

    /**
     * @throws AccountConflictException if somebody has the name, the address or the outside id
     */
    public User create(NewUser user) {
        return create(user, (_, _) -> {});
    }

    /**
     * @param also done in the same transaction
     */
    public User create(NewUser user, BiConsumer<DSLContext, User> also) {
        long id = keys.reserve("users", 1);
        return unique(
                transaction -> {
                    requireUnique(transaction, id, user);
                    UserRows.insert(transaction, id, user, now());
                    User created = require(transaction, id);
                    also.accept(transaction, created);
                    return created;
                },
                id,
                user);
    }

    /**
     * Changes an account that exists. A new role or password ends its sessions.
     *
     * @param also done in the same transaction
     * @throws AccountConflictException if somebody has the name, the address or the outside id
     */
    public User change(long id, AccountChange change, BiConsumer<DSLContext, User> also) {
        NewUser wanted = UserRows.unique(change);
        User changed =
                unique(
                        transaction -> {
                            requireUnique(transaction, id, wanted);
                            UserRows.update(transaction, id, change, now());
                            if (change.endsSessions()) {
                                endSessions(transaction, id);
                            }
                            User after = require(transaction, id);
                            also.accept(transaction, after);
                            return after;
                        },
                        id,
                        wanted);
        tell(List.of(id));
        return changed;
    }

    /** Hashes a right password anew where it was hashed as one used to; sessions go on. */
    public void modernize(User user, Secret password, PasswordHash kept) {
        if (Passwords.isOutdated(kept)) {
            var modern = new NewPassword(passwords.hash(password), user.passwordNeedsReset());
            database.transaction(
                    transaction ->
                            UserRows.replacePassword(transaction, user.id(), kept, modern, now()));
        }
    }

    /**
     * Deletes accounts with all that proves who they are: all of them, or none if somebody else has
     * just deleted one.
     *
     * @param also done in the same transaction
     */
    boolean delete(Collection<Long> ids, Consumer<DSLContext> also) {
        boolean deleted =
                database.transaction(
                        transaction -> {
                            if (lockAll(transaction, ids) < ids.size()) {
                                return false;
                            }
                            also.accept(transaction);
                            transaction.deleteFrom(USERS).where(USERS.ID.in(ids)).execute();
                            return true;
                        });
        tell(ids);
        return deleted;
    }

    /** How many of them there are, which stays so until the transaction ends. */
    private static int lockAll(DSLContext transaction, Collection<Long> ids) {
        var rows =
                transaction.select(USERS.ID).from(USERS).where(USERS.ID.in(ids)).orderBy(USERS.ID);
        return transaction.family() == SQLDialect.SQLITE
                ? rows.fetch().size()
                : rows.forUpdate().fetch().size();
    }

    private void tell(Collection<Long> ids) {
        observers.forEach(observer -> observer.accountsChanged(ids));
    }

    /**
     * Until the transaction ends, no session of the user begins, goes on or ends in another one. To
     * be taken before any row of a session: what ends them all must not miss one that is just being
     * renewed.
     */
    public static void lockSessions(DSLContext transaction, long id) {
        if (transaction.family() == SQLDialect.SQLITE) {
            return; // Its transactions that write follow each other anyway.
        }
        transaction.select(USERS.ID).from(USERS).where(USERS.ID.eq(id)).forUpdate().execute();
    }

    /**
     * Whether the account is still as it was when its owner proved who they are: it exists, and
     * neither its password nor its role has changed. Call it under {@link #lockSessions}.
     */
    public static boolean isStill(DSLContext transaction, User user) {
        return transaction.fetchExists(
                USERS, USERS.ID.eq(user.id()).and(USERS.SIGN_IN_EPOCH.eq(user.epoch())));
    }

    /** Links that were mailed for a new password end as well. */
    private static void endSessions(DSLContext transaction, long id) {
        lockSessions(transaction, id);
        transaction
                .update(USERS)
                .set(USERS.SIGN_IN_EPOCH, USERS.SIGN_IN_EPOCH.plus(1))
                .where(USERS.ID.eq(id))
                .execute();
        transaction.deleteFrom(REFRESH_TOKENS).where(REFRESH_TOKENS.USER_ID.eq(id)).execute();
        transaction
                .deleteFrom(PASSWORD_RESET_TOKENS)
                .where(PASSWORD_RESET_TOKENS.USER_ID.eq(id))
                .execute();
    }

    private Optional<User> one(Condition condition) {
        return database.readPrimary()
                .select(UserRows.COLUMNS)
                .from(USERS)
                .where(condition)
                .fetchOptional(UserRows::user);
    }

    private static User require(DSLContext transaction, long id) {
        return transaction
                .select(UserRows.COLUMNS)
                .from(USERS)
                .where(USERS.ID.eq(id))
                .fetchOptional(UserRows::user)
                .orElseThrow(() -> new IllegalStateException("no user has the id " + id));
    }

    /**
     * Two servers may both have seen a name as free; the database lets only one of them have it.
     */
    private User unique(Function<DSLContext, User> work, long id, NewUser wanted) {
        try {
            return database.transaction(work);
        } catch (DataAccessException e) {
            if (e.sqlStateClass() == SQLStateClass.C23_INTEGRITY_CONSTRAINT_VIOLATION) {
                requireUnique(database.readPrimary(), id, wanted);
            }
            throw e;
        }
    }

    private static void requireUnique(DSLContext context, long id, NewUser user) {
        Map<Field, Condition> taken = new HashMap<>();
        if (!user.username().isEmpty()) {
            taken.put(Field.USERNAME, USERS.USERNAME_KEY.eq(AccountNames.key(user.username())));
        }
        if (user.email() != null) {
            taken.put(Field.EMAIL, USERS.EMAIL_KEY.eq(AccountNames.key(user.email())));
        }
        if (user.oauth2UserId() != null && user.oauth2ClientId() != null) {
            taken.put(
                    Field.OAUTH2_ID,
                    USERS.AUTH_METHOD
                            .eq(AuthMethod.OAUTH2.name())
                            .and(USERS.OAUTH2_CLIENT_ID.eq(user.oauth2ClientId()))
                            .and(USERS.OAUTH2_USER_ID.eq(user.oauth2UserId())));
        }
        if (user.ldapUniqueId() != null) {
            taken.put(
                    Field.LDAP_ID,
                    USERS.AUTH_METHOD
                            .eq(AuthMethod.LDAP.name())
                            .and(USERS.LDAP_UNIQUE_ID.eq(user.ldapUniqueId())));
        }
        for (Field field : Field.values()) {
            Condition same = taken.get(field);
            if (same != null && context.fetchExists(USERS, same.and(USERS.ID.ne(id)))) {
                throw new AccountConflictException(field);
            }
        }
    }

    private long now() {
        return Nanos.of(clock.instant());
    }
}
