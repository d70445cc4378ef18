package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;
import static dev.phoenix.server.db.jooq.Tables.PRICE_REVISION;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings the stored built-in models up to the list of this server. A list that is older than the
 * stored one changes nothing, so servers of different versions on one database agree; people's own
 * models are never touched.
 */
@Component
class PriceListSync {

    private final Database database;
    private final KeyAllocator keys;
    private final InstantSource clock;

    PriceListSync(Database database, KeyAllocator keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    void run() {
        if (storedVersion(database.read()) < PriceList.shippedVersion()) {
            apply(PriceList.shipped());
        }
    }

    /**
     * Of servers that start at once, one writes; the others find it done when they get the lock.
     */
    void apply(PriceList list) {
        long firstKey = keys.reserve("generative_models", list.models().size());
        database.transaction(
                transaction -> {
                    ModelRows rows = ModelRows.change(transaction, clock.instant());
                    if (storedVersion(transaction) < list.version()) {
                        store(list, firstKey, stored(transaction), rows);
                        transaction
                                .update(PRICE_REVISION)
                                .set(PRICE_REVISION.LIST_VERSION, list.version())
                                .execute();
                    }
                    return list;
                });
    }

    private static void store(
            PriceList list, long firstKey, Map<Identity, Long> stored, ModelRows rows) {
        Map<Long, ListedModel> added = new LinkedHashMap<>();
        Map<Long, ListedModel> updated = new LinkedHashMap<>();
        Set<Long> vanished = new HashSet<>(stored.values());
        long key = firstKey;
        for (ListedModel model : list.models()) {
            Long known = stored.get(Identity.of(model));
            if (known == null) {
                added.put(key++, model);
            } else {
                updated.put(known, model);
                vanished.remove(known);
            }
        }
        rows.delete(vanished);
        rows.update(updated);
        rows.insert(added);
    }

    private static Map<Identity, Long> stored(DSLContext transaction) {
        Map<Identity, Long> stored = new HashMap<>();
        transaction
                .selectFrom(GENERATIVE_MODELS)
                .where(
                        GENERATIVE_MODELS.IS_BUILT_IN.isTrue(),
                        GENERATIVE_MODELS.DELETED_AT_NS.isNull())
                .forEach(
                        row ->
                                stored.put(
                                        new Identity(
                                                row.get(GENERATIVE_MODELS.NAME_PATTERN),
                                                row.get(GENERATIVE_MODELS.PROVIDER),
                                                row.get(GENERATIVE_MODELS.START_NS)),
                                        row.get(GENERATIVE_MODELS.ID)));
        return stored;
    }

    private static long storedVersion(DSLContext context) {
        return context.selectFrom(PRICE_REVISION)
                .fetchSingle(row -> row.get(PRICE_REVISION.LIST_VERSION));
    }

    private record Identity(String pattern, String provider, @Nullable Long startNs) {

        static Identity of(ListedModel model) {
            return new Identity(model.namePattern(), model.provider(), model.startNs());
        }
    }
}
