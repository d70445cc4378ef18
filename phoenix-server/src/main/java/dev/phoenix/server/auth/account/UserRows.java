package dev.phoenix.server.auth.account;

import static dev.phoenix.server.db.jooq.Tables.USERS;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.AccountChange.NewPassword;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Users as rows. */
final class UserRows {

    static final List<Field<?>> COLUMNS =
            List.of(
                    USERS.ID,
                    USERS.ROLE,
                    USERS.USERNAME,
                    USERS.EMAIL,
                    USERS.PROFILE_PICTURE_URL,
                    USERS.AUTH_METHOD,
                    USERS.RESET_PASSWORD,
                    USERS.OAUTH2_CLIENT_ID,
                    USERS.OAUTH2_USER_ID,
                    USERS.LDAP_UNIQUE_ID,
                    USERS.SIGN_IN_EPOCH,
                    USERS.CREATED_AT_NS,
                    USERS.UPDATED_AT_NS);

    private UserRows() {}

    static User user(Record row) {
        return new User(
                row.get(USERS.ID),
                Role.valueOf(row.get(USERS.ROLE)),
                row.get(USERS.USERNAME),
                row.get(USERS.EMAIL),
                row.get(USERS.PROFILE_PICTURE_URL),
                AuthMethod.valueOf(row.get(USERS.AUTH_METHOD)),
                row.get(USERS.RESET_PASSWORD),
                row.get(USERS.OAUTH2_CLIENT_ID),
                row.get(USERS.OAUTH2_USER_ID),
                row.get(USERS.LDAP_UNIQUE_ID),
                row.get(USERS.SIGN_IN_EPOCH),
                Timestamps.instant(row.get(USERS.CREATED_AT_NS)),
                Timestamps.instant(row.get(USERS.UPDATED_AT_NS)));
    }

    static void insert(DSLContext transaction, long id, NewUser user, long nowNs) {
        PasswordHash password = user.password();
        transaction
                .insertInto(USERS)
                .set(USERS.ID, id)
                .set(USERS.ROLE, user.role().name())
                .set(USERS.USERNAME, user.username())
                .set(USERS.USERNAME_KEY, AccountNames.key(user.username()))
                .set(USERS.EMAIL, user.email())
                .set(USERS.EMAIL_KEY, key(user.email()))
                .set(USERS.PROFILE_PICTURE_URL, user.profilePictureUrl())
                .set(USERS.AUTH_METHOD, user.authMethod().name())
                .set(USERS.PASSWORD_SCHEME, password == null ? null : password.scheme())
                .set(USERS.PASSWORD_SALT, password == null ? null : password.salt())
                .set(USERS.PASSWORD_HASH, password == null ? null : password.hash())
                .set(USERS.RESET_PASSWORD, user.passwordNeedsReset())
                .set(USERS.OAUTH2_CLIENT_ID, user.oauth2ClientId())
                .set(USERS.OAUTH2_USER_ID, user.oauth2UserId())
                .set(USERS.LDAP_UNIQUE_ID, user.ldapUniqueId())
                .set(USERS.CREATED_AT_NS, nowNs)
                .set(USERS.UPDATED_AT_NS, nowNs)
                .execute();
    }

    static void update(DSLContext transaction, long id, AccountChange change, long nowNs) {
        Map<Field<?>, Object> values = new HashMap<>();
        values.put(USERS.UPDATED_AT_NS, nowNs);
        put(values, USERS.ROLE, change.role() == null ? null : change.role().name());
        put(values, USERS.USERNAME, change.username());
        put(values, USERS.USERNAME_KEY, key(change.username()));
        put(values, USERS.EMAIL, change.email());
        put(values, USERS.EMAIL_KEY, key(change.email()));
        put(values, USERS.PROFILE_PICTURE_URL, change.profilePictureUrl());
        put(values, USERS.OAUTH2_CLIENT_ID, change.oauth2ClientId());
        put(values, USERS.OAUTH2_USER_ID, change.oauth2UserId());
        put(values, USERS.LDAP_UNIQUE_ID, change.ldapUniqueId());
        transaction.update(USERS).set(values).where(USERS.ID.eq(id)).execute();
        if (change.password() != null) {
            setPassword(transaction, id, change.password(), nowNs, DSL.noCondition());
        }
    }

    /** Unless somebody has set another one meanwhile. */
    static int replacePassword(
            DSLContext transaction, long id, PasswordHash kept, NewPassword password, long nowNs) {
        return setPassword(transaction, id, password, nowNs, USERS.PASSWORD_HASH.eq(kept.hash()));
    }

    private static int setPassword(
            DSLContext transaction,
            long id,
            NewPassword password,
            long nowNs,
            Condition condition) {
        return transaction
                .update(USERS)
                .set(USERS.PASSWORD_SCHEME, password.hash().scheme())
                .set(USERS.PASSWORD_SALT, password.hash().salt())
                .set(USERS.PASSWORD_HASH, password.hash().hash())
                .set(USERS.RESET_PASSWORD, password.needsReset())
                .set(USERS.UPDATED_AT_NS, nowNs)
                .where(USERS.ID.eq(id), USERS.AUTH_METHOD.eq(AuthMethod.LOCAL.name()), condition)
                .execute();
    }

    /** What of a change must be unique, as if a user came who has it. */
    static NewUser unique(AccountChange change) {
        return new NewUser(
                Role.VIEWER,
                change.username() == null ? "" : change.username(),
                change.email(),
                AuthMethod.LOCAL,
                null,
                false,
                null,
                change.oauth2ClientId(),
                change.oauth2UserId(),
                change.ldapUniqueId());
    }

    private static void put(Map<Field<?>, Object> values, Field<?> field, @Nullable Object value) {
        if (value != null) {
            values.put(field, value);
        }
    }

    private static @Nullable String key(@Nullable String name) {
        return name == null ? null : AccountNames.key(name);
    }
}
