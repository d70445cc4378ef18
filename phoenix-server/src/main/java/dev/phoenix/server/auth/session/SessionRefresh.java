package dev.phoenix.server.auth.session;

import static dev.phoenix.server.db.jooq.Tables.ACCESS_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.REFRESH_TOKENS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.token.CredentialCache;
import dev.phoenix.server.auth.token.TokenId;
import dev.phoenix.server.auth.token.TokenKind;
import dev.phoenix.server.auth.token.Tokens;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Exchanges a refresh token for a new pair; the old pair is worth nothing then. Two tabs share
 * their cookies and may ask at the same moment: for a few seconds the token of which the other one
 * was faster gets a pair as well, unless somebody already uses what the other one got.
 */
@Service
class SessionRefresh {

    static final Duration GRACE = Duration.ofSeconds(10);

    private final Database database;
    private final Tokens tokens;
    private final SessionRows rows;
    private final CredentialCache credentials;
    private final InstantSource clock;

    SessionRefresh(
            Database database,
            Tokens tokens,
            SessionRows rows,
            CredentialCache credentials,
            InstantSource clock) {
        this.database = database;
        this.tokens = tokens;
        this.rows = rows;
        this.credentials = credentials;
        this.clock = clock;
    }

    Session refresh(@Nullable String token) {
        if (token == null) {
            throw refused("Missing refresh token");
        }
        long id =
                tokens.read(token)
                        .filter(read -> read.kind() == TokenKind.REFRESH)
                        .orElseThrow(() -> refused("Invalid refresh token"))
                        .id();
        SessionRows.Keys next = rows.reserve();
        Exchange exchange =
                database.transaction(transaction -> exchange(transaction, id, token, next));
        credentials.remove(exchange.revoked());
        return exchange.session();
    }

    /** Whose session it is, also if another tab has renewed it a moment ago. */
    Optional<Long> owner(String token) {
        return tokens.read(token)
                .filter(read -> read.kind() == TokenKind.REFRESH)
                .flatMap(
                        read ->
                                database.readPrimary()
                                        .selectFrom(REFRESH_TOKENS)
                                        .where(REFRESH_TOKENS.ID.eq(read.id()))
                                        .fetchOptional())
                .filter(row -> Tokens.belongs(token, row.get(REFRESH_TOKENS.TOKEN_HASH)))
                .map(row -> row.get(REFRESH_TOKENS.USER_ID));
    }

    private record Exchange(Session session, List<TokenId> revoked) {}

    private Exchange exchange(
            DSLContext transaction, long id, String token, SessionRows.Keys next) {
        lockSessionsOfOwner(transaction, id);
        long now = Nanos.of(clock.instant());
        boolean first = consume(transaction, id, next, now);
        Record row =
                transaction.selectFrom(REFRESH_TOKENS).where(REFRESH_TOKENS.ID.eq(id)).fetchOne();
        if (row == null || !Tokens.belongs(token, row.get(REFRESH_TOKENS.TOKEN_HASH))) {
            throw refused("Invalid refresh token");
        }
        if (row.get(REFRESH_TOKENS.EXPIRES_AT_NS) <= now) {
            throw refused("Expired refresh token");
        }
        if (!first && !isOtherTab(transaction, row, now)) {
            throw refused("Invalid refresh token");
        }
        List<TokenId> revoked =
                transaction
                        .deleteFrom(ACCESS_TOKENS)
                        .where(ACCESS_TOKENS.REFRESH_TOKEN_ID.eq(id))
                        .returning(ACCESS_TOKENS.ID)
                        .fetch(gone -> new TokenId(TokenKind.ACCESS, gone.get(ACCESS_TOKENS.ID)));
        return new Exchange(next(transaction, row, next), revoked);
    }

    private static void lockSessionsOfOwner(DSLContext transaction, long id) {
        transaction
                .select(REFRESH_TOKENS.USER_ID)
                .from(REFRESH_TOKENS)
                .where(REFRESH_TOKENS.ID.eq(id))
                .fetchOptional(REFRESH_TOKENS.USER_ID)
                .ifPresent(owner -> Accounts.lockSessions(transaction, owner));
    }

    /** Only one of those who ask at once changes the row. */
    private static boolean consume(
            DSLContext transaction, long id, SessionRows.Keys next, long now) {
        return transaction
                        .update(REFRESH_TOKENS)
                        .set(REFRESH_TOKENS.CONSUMED_AT_NS, now)
                        .set(REFRESH_TOKENS.SUCCESSOR_ID, next.access())
                        .where(REFRESH_TOKENS.ID.eq(id), REFRESH_TOKENS.CONSUMED_AT_NS.isNull())
                        .execute()
                == 1;
    }

    /** The database knows what any server was shown; a successor that is gone was used, too. */
    private static boolean isOtherTab(DSLContext transaction, Record row, long now) {
        long consumed = row.get(REFRESH_TOKENS.CONSUMED_AT_NS);
        long successor = row.get(REFRESH_TOKENS.SUCCESSOR_ID);
        return now - consumed <= GRACE.toNanos()
                && transaction.fetchExists(
                        ACCESS_TOKENS,
                        ACCESS_TOKENS.ID.eq(successor).and(ACCESS_TOKENS.USED_AT_NS.isNull()));
    }

    private Session next(DSLContext transaction, Record row, SessionRows.Keys next) {
        SessionOrigin origin =
                new SessionOrigin(
                        AuthMethod.valueOf(row.get(REFRESH_TOKENS.LOGIN_METHOD)),
                        row.get(REFRESH_TOKENS.ADDRESS),
                        row.get(REFRESH_TOKENS.USER_AGENT));
        return rows.insert(
                transaction,
                next,
                row.get(REFRESH_TOKENS.USER_ID),
                row.get(REFRESH_TOKENS.SESSION_ID),
                origin,
                row.get(REFRESH_TOKENS.SESSION_STARTED_AT_NS));
    }

    private static ApiException refused(String why) {
        return new ApiException(HttpStatus.UNAUTHORIZED, why);
    }
}
