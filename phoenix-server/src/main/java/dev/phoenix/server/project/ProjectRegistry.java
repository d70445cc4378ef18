package dev.phoenix.server.project;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Projects by name, created when a span names a new one. The project {@code default} always exists.
 */
@Component
public class ProjectRegistry implements InitializingBean {

    public static final String DEFAULT_PROJECT = "default";

    private static final int MAX_CACHED = 10_000;

    private final Database database;
    private final KeyAllocator keys;
    private final InstantSource clock;
    private final Map<String, Long> cache = new ConcurrentHashMap<>();

    ProjectRegistry(
            Database database, KeyAllocator keys, ProjectChanges changes, InstantSource clock) {
        changes.onForeignChange(project -> cache.values().remove(project));
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        keysOf(List.of(DEFAULT_PROJECT));
    }

    /**
     * The keys of the projects with these names. Missing projects are created, in one transaction
     * for all; callers hold no connection of the writer.
     */
    public Map<String, Long> keysOf(Collection<String> names) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        SortedSet<String> missing = new TreeSet<>();
        for (String name : names) {
            Long known = cache.get(name);
            if (known == null) {
                missing.add(name);
            } else {
                found.put(name, known);
            }
        }
        if (!missing.isEmpty()) {
            Map<String, Long> created = findOrCreate(missing);
            if (cache.size() + created.size() > MAX_CACHED) {
                cache.clear();
            }
            cache.putAll(created);
            found.putAll(created);
        }
        return found;
    }

    /** Drops what is cached, because a project may have been deleted by another server. */
    public void forget() {
        cache.clear();
    }

    private Map<String, Long> findOrCreate(SortedSet<String> names) throws SQLException {
        long firstKey = keys.reserve("projects", names.size());
        return database.write(
                connection -> {
                    Map<String, Long> found = find(connection, names);
                    SortedSet<String> missing = new TreeSet<>(names);
                    missing.removeAll(found.keySet());
                    if (!missing.isEmpty()) {
                        insert(connection, firstKey, missing);
                        found.putAll(find(connection, missing));
                    }
                    if (found.size() < names.size()) {
                        throw new SQLException(
                                "a project was deleted while it was created", "40001");
                    }
                    return found;
                });
    }

    private static Map<String, Long> find(Connection connection, SortedSet<String> names)
            throws SQLException {
        Map<String, Long> found = new HashMap<>();
        String query =
                "SELECT name, id FROM projects WHERE name IN (%s)"
                        .formatted(String.join(", ", Collections.nCopies(names.size(), "?")));
        try (PreparedStatement select = connection.prepareStatement(query)) {
            int parameter = 1;
            for (String name : names) {
                select.setString(parameter++, name);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return found;
    }

    /** In the order of their names, so that two servers cannot wait for each other. */
    private void insert(Connection connection, long firstKey, SortedSet<String> names)
            throws SQLException {
        String statement =
                """
                INSERT INTO projects
                    (id, name, gradient_start_color, gradient_end_color, created_at_ns, updated_at_ns)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING\
                """;
        long key = firstKey;
        long nowNs = Nanos.of(clock.instant());
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (String name : names) {
                ProjectGradient gradient = gradientOf(name);
                insert.setLong(1, key++);
                insert.setString(2, name);
                insert.setString(3, gradient.start());
                insert.setString(4, gradient.end());
                insert.setLong(5, nowNs);
                insert.setLong(6, nowNs);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static ProjectGradient gradientOf(String name) {
        return name.equals(DEFAULT_PROJECT) ? ProjectGradient.DEFAULT : ProjectGradient.any();
    }
}
