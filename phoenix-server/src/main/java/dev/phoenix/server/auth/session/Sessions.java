package dev.phoenix.server.auth.session;

import static dev.phoenix.server.db.jooq.Tables.REFRESH_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.USERS;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.token.CredentialCache;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists sessions and ends them. */
@Service
class Sessions {

    private static final int LISTED = 1000;
    private static final Duration TOLD_FOR = Duration.ofDays(1);

    /** Longer than two tabs may take to refresh. */
    private static final Duration CONSUMED_FOR = Duration.ofMinutes(1);

    private final Database database;
    private final CredentialCache credentials;
    private final InstantSource clock;
    private final AuditLog audit;

    Sessions(Database database, CredentialCache credentials, InstantSource clock, AuditLog audit) {
        this.database = database;
        this.credentials = credentials;
        this.clock = clock;
        this.audit = audit;
    }

    /** A session that goes on. */
    record Open(
            long id,
            AuthMethod how,
            @Nullable String address,
            @Nullable String userAgent,
            Instant startedAt,
            Instant renewedAt,
            Instant expiresAt) {}

    /** Those of a user, newest first. */
    List<Open> of(long userId) {
        var renewed = DSL.max(REFRESH_TOKENS.CREATED_AT_NS).as("renewed");
        var expires = DSL.max(REFRESH_TOKENS.EXPIRES_AT_NS).as("expires");
        return database.readPrimary()
                .select(
                        REFRESH_TOKENS.SESSION_ID,
                        REFRESH_TOKENS.LOGIN_METHOD,
                        REFRESH_TOKENS.ADDRESS,
                        REFRESH_TOKENS.USER_AGENT,
                        REFRESH_TOKENS.SESSION_STARTED_AT_NS,
                        renewed,
                        expires)
                .from(REFRESH_TOKENS)
                .where(REFRESH_TOKENS.USER_ID.eq(userId), isOpen())
                .groupBy(
                        REFRESH_TOKENS.SESSION_ID,
                        REFRESH_TOKENS.LOGIN_METHOD,
                        REFRESH_TOKENS.ADDRESS,
                        REFRESH_TOKENS.USER_AGENT,
                        REFRESH_TOKENS.SESSION_STARTED_AT_NS)
                .orderBy(REFRESH_TOKENS.SESSION_ID.desc())
                .limit(LISTED)
                .fetch(
                        row ->
                                open(
                                        row,
                                        Timestamps.instant(row.get(renewed)),
                                        Timestamps.instant(row.get(expires))));
    }

    /** Returns whether the user has such a session. */
    boolean end(Caller caller, long userId, long sessionId) {
        return end(caller, REFRESH_TOKENS.SESSION_ID.eq(sessionId), userId) > 0;
    }

    /** Ends all sessions of a user; API keys live on. */
    void endAll(Caller caller, long userId) {
        end(caller, DSL.noCondition(), userId);
    }

    private int end(Caller caller, Condition which, long userId) {
        int ended =
                database.transaction(
                        transaction -> {
                            Accounts.lockSessions(transaction, userId);
                            int gone =
                                    transaction
                                            .deleteFrom(REFRESH_TOKENS)
                                            .where(REFRESH_TOKENS.USER_ID.eq(userId), which)
                                            .execute();
                            if (gone > 0) {
                                audit.record(
                                        transaction,
                                        caller.did(
                                                "session.close",
                                                name(transaction, userId),
                                                Map.of()));
                            }
                            return gone;
                        });
        credentials.accountsChanged(List.of(userId));
        return ended;
    }

    private static String name(DSLContext transaction, long userId) {
        return transaction
                .select(USERS.USERNAME)
                .from(USERS)
                .where(USERS.ID.eq(userId))
                .fetchOptional(USERS.USERNAME)
                .orElseThrow();
    }

    /** Removes what is of no use any more; what expired a day ago, so that people are told so. */
    void purge() {
        Instant now = clock.instant();
        long expired = Nanos.of(now.minus(TOLD_FOR));
        long consumed = Nanos.of(now.minus(CONSUMED_FOR));
        database.transaction(
                transaction ->
                        transaction
                                .deleteFrom(REFRESH_TOKENS)
                                .where(REFRESH_TOKENS.EXPIRES_AT_NS.lt(expired))
                                .or(REFRESH_TOKENS.CONSUMED_AT_NS.lt(consumed))
                                .execute());
    }

    private Condition isOpen() {
        return REFRESH_TOKENS
                .CONSUMED_AT_NS
                .isNull()
                .and(REFRESH_TOKENS.EXPIRES_AT_NS.gt(Nanos.of(clock.instant())));
    }

    private static Open open(Record row, Instant renewed, Instant expires) {
        return new Open(
                row.get(REFRESH_TOKENS.SESSION_ID),
                AuthMethod.valueOf(row.get(REFRESH_TOKENS.LOGIN_METHOD)),
                row.get(REFRESH_TOKENS.ADDRESS),
                row.get(REFRESH_TOKENS.USER_AGENT),
                Timestamps.instant(row.get(REFRESH_TOKENS.SESSION_STARTED_AT_NS)),
                renewed,
                expires);
    }
}
