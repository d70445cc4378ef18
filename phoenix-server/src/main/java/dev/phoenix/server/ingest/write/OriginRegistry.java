package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Keys of resources and scopes, each stored once per hash. */
@Component
class OriginRegistry {

    private static final int MAX_CACHED = 10_000;

    private final Database database;
    private final KeyAllocator keys;
    private final SqlText sql;
    private final Map<String, Long> resources = new ConcurrentHashMap<>();
    private final Map<String, Long> scopes = new ConcurrentHashMap<>();

    OriginRegistry(Database database, KeyAllocator keys) {
        this.database = database;
        this.keys = keys;
        this.sql = SqlText.of(database.engine());
    }

    /**
     * The keys of all origins of a batch; what is new is stored, before the batch's own transaction
     * begins.
     */
    OriginKeys register(Collection<DecodedSpan> spans) throws SQLException {
        forgetWhenFull();
        Map<String, Long> resourceKeys = new HashMap<>();
        Map<String, Long> scopeKeys = new HashMap<>();
        for (DecodedSpan span : spans) {
            register(resources, "resources", span.payload().resource(), resourceKeys);
            register(scopes, "scopes", span.payload().scope(), scopeKeys);
        }
        return new OriginKeys(resourceKeys, scopeKeys);
    }

    private void forgetWhenFull() {
        if (resources.size() + scopes.size() > MAX_CACHED) {
            resources.clear();
            scopes.clear();
        }
    }

    private void register(
            Map<String, Long> cache, String table, Origin origin, Map<String, Long> batch)
            throws SQLException {
        if (batch.containsKey(origin.hash())) {
            return;
        }
        Long known = cache.get(origin.hash());
        if (known == null) {
            known = store(table, origin);
            cache.put(origin.hash(), known);
        }
        batch.put(origin.hash(), known);
    }

    private long store(String table, Origin origin) throws SQLException {
        long candidate = keys.reserve(table, 1);
        try (Connection connection = database.writer().getConnection()) {
            if (table.equals("scopes")) {
                insertScope(connection, candidate, origin);
            } else {
                insertResource(connection, candidate, origin);
            }
            return keyOf(connection, table, origin);
        }
    }

    private void insertResource(Connection connection, long key, Origin resource)
            throws SQLException {
        String statement =
                "INSERT INTO resources (id, hash, attributes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setLong(1, key);
            insert.setString(2, resource.hash());
            insert.setString(3, resource.attributes());
            insert.executeUpdate();
        }
    }

    private void insertScope(Connection connection, long key, Origin scope) throws SQLException {
        String statement =
                """
                INSERT INTO scopes (id, hash, name, version, attributes) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (hash) DO NOTHING""";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setLong(1, key);
            insert.setString(2, scope.hash());
            insert.setString(3, scope.name());
            insert.setString(4, scope.version());
            insert.setString(5, scope.attributes());
            insert.executeUpdate();
        }
    }

    private static long keyOf(Connection connection, String table, Origin origin)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM " + table + " WHERE hash = ?")) {
            select.setString(1, origin.hash());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Keys by hash. */
    record OriginKeys(Map<String, Long> resources, Map<String, Long> scopes) {

        long resource(DecodedSpan.Payload payload) {
            return registered(resources, payload.resource());
        }

        long scope(DecodedSpan.Payload payload) {
            return registered(scopes, payload.scope());
        }

        private static long registered(Map<String, Long> keys, Origin origin) {
            return Objects.requireNonNull(
                    keys.get(origin.hash()), "every origin of a batch is registered before it");
        }
    }
}
