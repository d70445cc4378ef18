package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Origin;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Keys of resources and scopes, each stored once per hash. */
@Component
class OriginRegistry {

    private static final int MAX_CACHED = 10_000;

    private final Database database;
    private final KeyAllocator keys;
    private final OriginRows rows;
    private final Map<OriginTable, Map<String, Long>> cache = new EnumMap<>(OriginTable.class);

    OriginRegistry(Database database, KeyAllocator keys) {
        this.database = database;
        this.keys = keys;
        this.rows = new OriginRows(SqlText.of(database.engine()));
        for (OriginTable table : OriginTable.values()) {
            cache.put(table, new ConcurrentHashMap<>());
        }
    }

    /**
     * The keys of all origins of a batch. What is new is stored in one transaction before the
     * batch's own, so that a batch that fails leaves no key in the cache without its row, and so
     * that lanes that meet the same new origin wait for a moment and not for each other's batch.
     */
    OriginKeys register(Collection<DecodedSpan> spans) throws SQLException {
        OriginKeys registered = new OriginKeys();
        Map<OriginTable, SortedMap<String, Origin>> unknown = new EnumMap<>(OriginTable.class);
        for (OriginTable table : OriginTable.values()) {
            SortedMap<String, Origin> missing = lookUp(table, spans, registered);
            if (!missing.isEmpty()) {
                unknown.put(table, missing);
            }
        }
        if (!unknown.isEmpty()) {
            store(unknown).forEach(registered::putAll);
        }
        return registered;
    }

    /** Takes what is cached; returns what is not. */
    private SortedMap<String, Origin> lookUp(
            OriginTable table, Collection<DecodedSpan> spans, OriginKeys registered) {
        Map<String, Long> cached = cached(table);
        SortedMap<String, Origin> missing = new TreeMap<>();
        for (DecodedSpan span : spans) {
            Origin origin = table.of(span.payload());
            Long key = cached.get(origin.hash());
            if (key == null) {
                missing.put(origin.hash(), origin);
            } else {
                registered.put(table, origin.hash(), key);
            }
        }
        return missing;
    }

    private Map<OriginTable, Map<String, Long>> store(
            Map<OriginTable, SortedMap<String, Origin>> unknown) throws SQLException {
        Map<OriginTable, Long> firstKeys = new EnumMap<>(OriginTable.class);
        unknown.forEach(
                (table, origins) ->
                        firstKeys.put(table, keys.reserve(table.tableName(), origins.size())));
        Map<OriginTable, Map<String, Long>> stored =
                database.write(
                        connection -> {
                            Map<OriginTable, Map<String, Long>> found =
                                    new EnumMap<>(OriginTable.class);
                            for (var entry : unknown.entrySet()) {
                                OriginTable table = entry.getKey();
                                long firstKey = Objects.requireNonNull(firstKeys.get(table));
                                found.put(
                                        table,
                                        rows.store(connection, table, entry.getValue(), firstKey));
                            }
                            return found;
                        });
        stored.forEach(this::remember);
        return stored;
    }

    private void remember(OriginTable table, Map<String, Long> stored) {
        Map<String, Long> cached = cached(table);
        if (cached.size() + stored.size() > MAX_CACHED) {
            cached.clear();
        }
        cached.putAll(stored);
    }

    private Map<String, Long> cached(OriginTable table) {
        return Objects.requireNonNull(cache.get(table));
    }

    /** Keys of a batch's origins. */
    static final class OriginKeys {

        private final Map<OriginTable, Map<String, Long>> keys = new EnumMap<>(OriginTable.class);

        long resource(DecodedSpan.Payload payload) {
            return registered(OriginTable.RESOURCES, payload);
        }

        long scope(DecodedSpan.Payload payload) {
            return registered(OriginTable.SCOPES, payload);
        }

        private void put(OriginTable table, String hash, long key) {
            keys.computeIfAbsent(table, any -> new HashMap<>()).put(hash, key);
        }

        private void putAll(OriginTable table, Map<String, Long> stored) {
            stored.forEach((hash, key) -> put(table, hash, key));
        }

        private long registered(OriginTable table, DecodedSpan.Payload payload) {
            Map<String, Long> ofTable =
                    Objects.requireNonNull(keys.get(table), "a batch has origins of every kind");
            return Objects.requireNonNull(
                    ofTable.get(table.of(payload).hash()),
                    "every origin of a batch is registered before it");
        }
    }
}
