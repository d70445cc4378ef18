package dev.phoenix.server.project;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<String, Long> cache = new ConcurrentHashMap<>();

    ProjectRegistry(Database database, KeyAllocator keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        keyOf(DEFAULT_PROJECT);
    }

    /** The key of the project with this name; callers hold no connection of the writer. */
    public long keyOf(String name) throws SQLException {
        Long known = cache.get(name);
        if (known != null) {
            return known;
        }
        long key = findOrCreate(name);
        if (cache.size() >= MAX_CACHED) {
            cache.clear();
        }
        cache.put(name, key);
        return key;
    }

    /** Drops what is cached, because a project may have been deleted by another server. */
    public void forget() {
        cache.clear();
    }

    private long findOrCreate(String name) throws SQLException {
        try (Connection connection = database.writer().getConnection()) {
            Long found = find(connection, name);
            if (found != null) {
                return found;
            }
        }
        long candidate = keys.reserve("projects", 1);
        try (Connection connection = database.writer().getConnection()) {
            insert(connection, candidate, name);
            Long found = find(connection, name);
            if (found == null) {
                throw new SQLException(
                        "project '" + name + "' was deleted while it was created", "40001");
            }
            return found;
        }
    }

    private static @Nullable Long find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM projects WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    private void insert(Connection connection, long key, String name) throws SQLException {
        String statement =
                """
                INSERT INTO projects
                    (id, name, gradient_start_color, gradient_end_color, created_at_ns, updated_at_ns)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING""";
        ProjectGradient gradient =
                name.equals(DEFAULT_PROJECT)
                        ? ProjectGradient.DEFAULT
                        : ProjectGradient.PRESETS.get(
                                random.nextInt(ProjectGradient.PRESETS.size()));
        long nowNs = Nanos.of(clock.instant());
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setLong(1, key);
            insert.setString(2, name);
            insert.setString(3, gradient.start());
            insert.setString(4, gradient.end());
            insert.setLong(5, nowNs);
            insert.setLong(6, nowNs);
            insert.executeUpdate();
        }
    }
}
