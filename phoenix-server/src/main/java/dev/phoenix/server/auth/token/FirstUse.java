package dev.phoenix.server.auth.token;

import static dev.phoenix.server.db.jooq.Tables.ACCESS_TOKENS;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Writes down that the access token of a session that was just renewed has been shown, because from
 * then on no server may take the refresh token before it for that of another tab. Nobody asks about
 * older tokens.
 */
@Component
class FirstUse {

    /** Longer than two tabs may take to refresh, by the clocks of two servers. */
    private static final Duration ASKED_FOR = Duration.ofSeconds(30);

    private final Database database;

    FirstUse(Database database) {
        this.database = database;
    }

    void note(StoredCredential stored, Instant now) {
        if (stored.unusedSinceNs() > Nanos.of(now.minus(ASKED_FOR))) {
            database.transaction(
                    transaction ->
                            transaction
                                    .update(ACCESS_TOKENS)
                                    .set(ACCESS_TOKENS.USED_AT_NS, Nanos.of(now))
                                    .where(
                                            ACCESS_TOKENS.ID.eq(stored.token().id()),
                                            ACCESS_TOKENS.USED_AT_NS.isNull())
                                    .execute());
        }
    }
}
