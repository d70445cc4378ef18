package dev.phoenix.server.secret;

import static dev.phoenix.server.db.jooq.Tables.SECRETS;

import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    <R> Connection<R> page(
            @Nullable List<String> names, ConnectionRange range, Function<StoredSecret, R> mapper) {
        return ORDER.connection(
                database.readPrimary()
                        .select(SECRETS.fields())
                        .select(ORDER.selected())
                        .from(SECRETS)
                        .where(names == null ? DSL.noCondition() : SECRETS.KEY.in(names)),
                range,
                row -> mapper.apply(secret(row)));
    }

    /** Those with these names, by name. */
    List<StoredSecret> named(Collection<String> names) {
        return database.readPrimary()
                .selectFrom(SECRETS)
                .where(SECRETS.KEY.in(names))
                .orderBy(SECRETS.KEY)
                .fetch(Secrets::secret);
    }

    Optional<StoredSecret> find(long key) {
        return database.readPrimary()
                .fetchOptional(SECRETS, SECRETS.ID.eq(key))
                .map(Secrets::secret);
    }

    /** Those after a key, in the order of keys. */
    List<StoredSecret> after(long key, int limit) {
        return database.readPrimary()
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
