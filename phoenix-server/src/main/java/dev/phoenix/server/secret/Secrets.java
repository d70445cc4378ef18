package dev.phoenix.server.secret;

import static dev.phoenix.server.db.jooq.Tables.SECRETS;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what is stored, by name. */
@Component
class Secrets {

    private static final Keyset<String> ORDER =
            new Keyset<>(SECRETS.KEY, SECRETS.ID, SortKey.STRING, false);

    private final Database database;

    Secrets(Database database) {
        this.database = database;
    }

    /**
     * @param names null for all
     */
    Page<Listed<StoredSecret>> page(
            @Nullable List<String> names, @Nullable String after, int limit) {
        Condition condition = DSL.noCondition();
        if (names != null) {
            condition = condition.and(SECRETS.KEY.in(names));
        }
        if (after != null) {
            condition = condition.and(ORDER.after(after));
        }
        return ORDER.page(
                database.read()
                        .select(SECRETS.fields())
                        .select(ORDER.selected())
                        .from(SECRETS)
                        .where(condition),
                limit,
                Secrets::secret);
    }

    Optional<StoredSecret> find(long key) {
        return database.read().fetchOptional(SECRETS, SECRETS.ID.eq(key)).map(Secrets::secret);
    }

    /** Those after a key, in the order of keys. */
    List<StoredSecret> after(long key, int limit) {
        return database.read()
                .selectFrom(SECRETS)
                .where(SECRETS.ID.gt(key))
                .orderBy(SECRETS.ID)
                .limit(limit)
                .fetch(Secrets::secret);
    }

    private static StoredSecret secret(Record row) {
        return new StoredSecret(
                row.get(SECRETS.ID),
                row.get(SECRETS.KEY),
                new String(row.get(SECRETS.VALUE), StandardCharsets.US_ASCII),
                row.get(SECRETS.USER_ID),
                Timestamps.instant(row.get(SECRETS.UPDATED_AT_NS)));
    }
}
