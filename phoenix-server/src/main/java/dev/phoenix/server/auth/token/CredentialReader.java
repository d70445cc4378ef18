package dev.phoenix.server.auth.token;

import static dev.phoenix.server.db.jooq.Tables.ACCESS_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.API_KEYS;
import static dev.phoenix.server.db.jooq.Tables.REFRESH_TOKENS;
import static dev.phoenix.server.db.jooq.Tables.USERS;

import dev.phoenix.server.auth.Role;
import dev.phoenix.server.db.Database;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** Reads what tokens stand for, by primary key. */
@Component
class CredentialReader {

    private static final int AT_ONCE = 500;

    private final Database database;

    CredentialReader(Database database) {
        this.database = database;
    }

    /** Those that still exist. */
    List<StoredCredential> find(Collection<TokenId> tokens) {
        return Stream.concat(
                        chunks(tokens, TokenKind.ACCESS).flatMap(this::sessions),
                        chunks(tokens, TokenKind.API_KEY).flatMap(this::keys))
                .toList();
    }

    private static Stream<List<Long>> chunks(Collection<TokenId> tokens, TokenKind kind) {
        List<Long> ids =
                tokens.stream().filter(token -> token.kind() == kind).map(TokenId::id).toList();
        return Stream.iterate(0, from -> from < ids.size(), from -> from + AT_ONCE)
                .map(from -> ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
    }

    /** An access token lives no longer than the refresh token it came with. */
    private Stream<StoredCredential> sessions(List<Long> ids) {
        return database
                .readPrimary()
                .select(
                        ACCESS_TOKENS.ID,
                        ACCESS_TOKENS.TOKEN_HASH,
                        ACCESS_TOKENS.EXPIRES_AT_NS,
                        ACCESS_TOKENS.CREATED_AT_NS,
                        ACCESS_TOKENS.USED_AT_NS,
                        REFRESH_TOKENS.ID,
                        REFRESH_TOKENS.SESSION_ID,
                        USERS.ID,
                        USERS.USERNAME,
                        USERS.ROLE)
                .from(ACCESS_TOKENS)
                .join(REFRESH_TOKENS)
                .on(REFRESH_TOKENS.ID.eq(ACCESS_TOKENS.REFRESH_TOKEN_ID))
                .join(USERS)
                .on(USERS.ID.eq(ACCESS_TOKENS.USER_ID))
                .where(ACCESS_TOKENS.ID.in(ids), REFRESH_TOKENS.CONSUMED_AT_NS.isNull())
                .fetch(CredentialReader::session)
                .stream();
    }

    private static StoredCredential session(Record row) {
        boolean renewed = !row.get(REFRESH_TOKENS.ID).equals(row.get(REFRESH_TOKENS.SESSION_ID));
        boolean used = row.get(ACCESS_TOKENS.USED_AT_NS) != null;
        return new StoredCredential(
                new TokenId(TokenKind.ACCESS, row.get(ACCESS_TOKENS.ID)),
                row.get(USERS.ID),
                row.get(USERS.USERNAME),
                Role.valueOf(row.get(USERS.ROLE)),
                row.get(REFRESH_TOKENS.SESSION_ID),
                row.get(ACCESS_TOKENS.TOKEN_HASH),
                row.get(ACCESS_TOKENS.EXPIRES_AT_NS),
                renewed && !used ? row.get(ACCESS_TOKENS.CREATED_AT_NS) : Long.MIN_VALUE);
    }

    private Stream<StoredCredential> keys(List<Long> ids) {
        return database
                .readPrimary()
                .select(
                        API_KEYS.ID,
                        API_KEYS.TOKEN_HASH,
                        API_KEYS.EXPIRES_AT_NS,
                        USERS.ID,
                        USERS.USERNAME,
                        USERS.ROLE)
                .from(API_KEYS)
                .join(USERS)
                .on(USERS.ID.eq(API_KEYS.USER_ID))
                .where(API_KEYS.ID.in(ids))
                .fetch(CredentialReader::key)
                .stream();
    }

    private static StoredCredential key(Record row) {
        Long expires = row.get(API_KEYS.EXPIRES_AT_NS);
        return new StoredCredential(
                new TokenId(TokenKind.API_KEY, row.get(API_KEYS.ID)),
                row.get(USERS.ID),
                row.get(USERS.USERNAME),
                Role.valueOf(row.get(USERS.ROLE)),
                row.get(API_KEYS.ID),
                row.get(API_KEYS.TOKEN_HASH),
                expires == null ? Long.MAX_VALUE : expires,
                Long.MIN_VALUE);
    }
}
