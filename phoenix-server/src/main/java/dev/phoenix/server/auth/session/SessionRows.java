package dev.phoenix.server.auth.session;

import static dev.phoenix.server.db.jooq.Tables.ACCESS_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.REFRESH_TOKENS;

import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.token.IssuedToken;
import dev.phoenix.server.auth.token.TokenKind;
import dev.phoenix.server.auth.token.Tokens;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.SessionSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Writes the pairs of tokens that make a session. */
@Component
class SessionRows {

    private final KeyAllocator keys;
    private final Tokens tokens;
    private final SessionSettings settings;
    private final InstantSource clock;

    SessionRows(KeyAllocator keys, Tokens tokens, SessionSettings settings, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    /** The ids of a pair. */
    record Keys(long access, long refresh) {}

    /** Before the transaction that uses them. */
    Keys reserve() {
        return new Keys(keys.reserve("access_tokens", 1), keys.reserve("refresh_tokens", 1));
    }

    /** Empty if what the user proved is not worth anything any more. */
    Optional<Session> begin(DSLContext transaction, Keys pair, User user, SessionOrigin origin) {
        Accounts.lockSessions(transaction, user.id());
        if (!Accounts.isStill(transaction, user)) {
            return Optional.empty();
        }
        long now = Nanos.of(clock.instant());
        return Optional.of(insert(transaction, pair, user.id(), pair.refresh(), origin, now));
    }

    /** The next pair of a session. */
    Session insert(
            DSLContext transaction,
            Keys pair,
            long userId,
            long sessionId,
            SessionOrigin origin,
            long startedNs) {
        Instant now = clock.instant();
        IssuedToken refresh = tokens.issue(TokenKind.REFRESH, pair.refresh());
        IssuedToken access = tokens.issue(TokenKind.ACCESS, pair.access());
        transaction
                .insertInto(REFRESH_TOKENS)
                .set(REFRESH_TOKENS.ID, pair.refresh())
                .set(REFRESH_TOKENS.USER_ID, userId)
                .set(REFRESH_TOKENS.SESSION_ID, sessionId)
                .set(REFRESH_TOKENS.TOKEN_HASH, refresh.hash())
                .set(REFRESH_TOKENS.LOGIN_METHOD, origin.how().name())
                .set(REFRESH_TOKENS.ADDRESS, origin.address())
                .set(REFRESH_TOKENS.USER_AGENT, origin.userAgent())
                .set(REFRESH_TOKENS.SESSION_STARTED_AT_NS, startedNs)
                .set(REFRESH_TOKENS.CREATED_AT_NS, Nanos.of(now))
                .set(REFRESH_TOKENS.EXPIRES_AT_NS, Nanos.of(now.plus(settings.refreshLife())))
                .execute();
        transaction
                .insertInto(ACCESS_TOKENS)
                .set(ACCESS_TOKENS.ID, pair.access())
                .set(ACCESS_TOKENS.USER_ID, userId)
                .set(ACCESS_TOKENS.REFRESH_TOKEN_ID, pair.refresh())
                .set(ACCESS_TOKENS.TOKEN_HASH, access.hash())
                .set(ACCESS_TOKENS.CREATED_AT_NS, Nanos.of(now))
                .set(ACCESS_TOKENS.EXPIRES_AT_NS, Nanos.of(now.plus(settings.accessLife())))
                .execute();
        return new Session(sessionId, userId, access.text(), refresh.text());
    }
}
