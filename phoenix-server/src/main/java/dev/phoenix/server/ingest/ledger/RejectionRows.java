package dev.phoenix.server.ingest.ledger;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.ingest.ledger.LedgerEntry.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of table {@code rejections}; used by one thread. */
@Component
class RejectionRows {

    /** Until then an entry goes on in the row it began. */
    private static final Duration ROW_COVERS = Duration.ofMinutes(1);

    private static final int MAX_OPEN_ROWS = 1000;
    private static final int MAX_ROWS = 5000;
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_PROJECT_ROWS = 500;
    private static final int MAX_PROJECT_BYTES = 1 << 20;

    /** Of the columns that have a fixed size, and of the index. */
    private static final int ROW_OVERHEAD = 200;

    private final Database database;
    private final KeyAllocator keys;
    private final JsonMapper json;
    private final Map<Key, OpenRow> openRows = new LinkedHashMap<>();

    RejectionRows(Database database, KeyAllocator keys, JsonMapper json) {
        this.database = database;
        this.keys = keys;
        this.json = json;
    }

    /**
     * Adds to the rows of the last minute, begins others, and removes the oldest beyond the bounds.
     */
    void store(Collection<LedgerEntry> entries) throws SQLException {
        long firstKey = keys.reserve("rejections", entries.size());
        Map<Key, OpenRow> begun = new LinkedHashMap<>();
        database.write(
                connection -> {
                    begun.clear();
                    List<LedgerEntry> fresh = new ArrayList<>();
                    for (LedgerEntry entry : entries) {
                        if (!addTo(connection, entry)) {
                            fresh.add(entry);
                        }
                    }
                    insert(connection, fresh, firstKey, begun);
                    trim(connection, fresh);
                    return begun;
                });
        remember(begun);
    }

    private void remember(Map<Key, OpenRow> begun) {
        begun.keySet().forEach(openRows::remove);
        openRows.putAll(begun);
        var oldest = openRows.keySet().iterator();
        while (openRows.size() > MAX_OPEN_ROWS) {
            oldest.next();
            oldest.remove();
        }
    }

    private boolean addTo(Connection connection, LedgerEntry entry) throws SQLException {
        OpenRow row = openRows.get(entry.key());
        if (row == null || entry.lastNs() - row.firstNs() > ROW_COVERS.toNanos()) {
            return false;
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE rejections SET span_count = span_count + ?, last_ns = ? WHERE id = ?")) {
            update.setLong(1, entry.spans());
            update.setLong(2, entry.lastNs());
            update.setLong(3, row.id());
            return update.executeUpdate() > 0;
        }
    }

    private void insert(
            Connection connection,
            List<LedgerEntry> entries,
            long firstKey,
            Map<Key, OpenRow> begun)
            throws SQLException {
        String statement =
                """
                INSERT INTO rejections (id, project_name, reason, message, protocol, service_name, sdk,
                    user_agent, span_count, first_ns, last_ns, samples, byte_size)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long id = firstKey;
            for (LedgerEntry entry : entries) {
                bind(insert, id, entry);
                insert.addBatch();
                begun.put(entry.key(), new OpenRow(id++, entry.firstNs()));
            }
            insert.executeBatch();
        }
    }

    private void bind(PreparedStatement insert, long id, LedgerEntry entry) throws SQLException {
        Key key = entry.key();
        Sender sender =
                key.resourceHash().isEmpty() ? new Sender("", "") : Sender.of(entry.resource());
        String samples = json.writeValueAsString(entry.samples());
        List<String> texts =
                List.of(
                        key.project(),
                        key.reason().wireName(),
                        entry.message(),
                        key.carrier().protocol(),
                        sender.serviceName(),
                        sender.sdk(),
                        key.carrier().userAgent());
        insert.setLong(1, id);
        for (int i = 0; i < texts.size(); i++) {
            insert.setString(2 + i, texts.get(i));
        }
        insert.setLong(9, entry.spans());
        insert.setLong(10, entry.firstNs());
        insert.setLong(11, entry.lastNs());
        insert.setString(12, samples);
        insert.setInt(
                13,
                ROW_OVERHEAD + samples.length() + texts.stream().mapToInt(String::length).sum());
    }

    private static void trim(Connection connection, List<LedgerEntry> inserted)
            throws SQLException {
        var projects =
                inserted.stream()
                        .map(entry -> entry.key().project())
                        .collect(Collectors.toCollection(TreeSet::new));
        for (String project : projects) {
            trim(connection, "project_name = ?", project, MAX_PROJECT_ROWS, MAX_PROJECT_BYTES);
        }
        if (!projects.isEmpty()) {
            trim(connection, "? = ''", "", MAX_ROWS, MAX_BYTES);
        }
    }

    private static void trim(
            Connection connection, String condition, String value, int maxRows, int maxBytes)
            throws SQLException {
        String statement =
                """
                DELETE FROM rejections WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER newest AS place, sum(byte_size) OVER newest AS bytes
                        FROM rejections WHERE %s WINDOW newest AS (ORDER BY id DESC)) AS kept
                    WHERE place > ? OR bytes > ?)"""
                        .formatted(condition);
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
            delete.setString(1, value);
            delete.setInt(2, maxRows);
            delete.setInt(3, maxBytes);
            delete.executeUpdate();
        }
    }

    private record OpenRow(long id, long firstNs) {}
}
