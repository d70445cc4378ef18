package dev.phoenix.server.auth.token;

import static dev.phoenix.server.db.jooq.Tables.API_KEYS;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** When API keys were last used, gathered here and written together from time to time. */
@Component
class KeyUse {

    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(30);

    private final Database database;
    private final Map<Long, Long> lastUsedNs = new ConcurrentHashMap<>();
    private volatile Instant writtenAt = Instant.EPOCH;

    KeyUse(Database database) {
        this.database = database;
    }

    void note(TokenId token, Instant now) {
        if (token.kind() == TokenKind.API_KEY) {
            lastUsedNs.put(token.id(), Nanos.of(now));
        }
    }

    void writeIfDue(Instant now) {
        if (!now.isBefore(writtenAt.plus(WRITTEN_EVERY))) {
            write(now);
        }
    }

    void write(Instant now) {
        writtenAt = now;
        if (lastUsedNs.isEmpty()) {
            return;
        }
        Map<Long, Long> used = Map.copyOf(lastUsedNs);
        List<Query> updates = used.entrySet().stream().map(use -> update(use)).toList();
        database.transaction(transaction -> transaction.batch(updates).execute().length);
        used.forEach(lastUsedNs::remove);
    }

    /** Never back in time: another server may have seen the key later. */
    private static Query update(Map.Entry<Long, Long> use) {
        return DSL.update(API_KEYS)
                .set(API_KEYS.LAST_USED_AT_NS, use.getValue())
                .where(API_KEYS.ID.eq(use.getKey()))
                .and(
                        API_KEYS.LAST_USED_AT_NS
                                .isNull()
                                .or(API_KEYS.LAST_USED_AT_NS.lt(use.getValue())));
    }
}
