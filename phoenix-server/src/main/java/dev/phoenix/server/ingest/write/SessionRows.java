package dev.phoenix.server.ingest.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of table {@code project_sessions} that a batch touches. Sessions are global: the first
 * trace that names one decides its project, and the first session of a trace stays.
 */
final class SessionRows {

    private final SqlText sql;

    SessionRows(SqlText sql) {
        this.sql = sql;
    }

    /**
     * Attaches traces to the sessions they name, creating those, and widens every session of the
     * batch.
     */
    void store(Connection connection, Collection<TraceChange> changes, long firstKey)
            throws SQLException {
        Map<String, List<TraceChange>> joining = new TreeMap<>();
        for (TraceChange change : changes) {
            String session = change.sessionToJoin();
            if (session != null) {
                joining.computeIfAbsent(session, id -> new ArrayList<>()).add(change);
            }
        }
        if (!joining.isEmpty()) {
            joinExisting(connection, joining);
            create(connection, joining, firstKey);
        }
        widen(connection, changes);
    }

    private void joinExisting(Connection connection, Map<String, List<TraceChange>> joining)
            throws SQLException {
        String query =
                "SELECT id, session_id FROM project_sessions WHERE session_id %s ORDER BY session_id %s"
                        .formatted(sql.in(), sql.lockingRows());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, joining.keySet());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    List<TraceChange> traces = joining.remove(rows.getString(2));
                    if (traces != null) {
                        long key = rows.getLong(1);
                        traces.forEach(trace -> trace.joins(key));
                    }
                }
            }
        }
    }

    private static void create(
            Connection connection, Map<String, List<TraceChange>> missing, long firstKey)
            throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        String statement =
                "INSERT INTO project_sessions (id, session_id, project_id, start_ns, end_ns) VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (Map.Entry<String, List<TraceChange>> session : missing.entrySet()) {
                TraceChange first = session.getValue().getFirst();
                insert.setLong(1, key);
                insert.setString(2, session.getKey());
                insert.setLong(3, first.projectKey());
                insert.setLong(4, first.startNs());
                insert.setLong(5, first.endNs());
                insert.addBatch();
                long created = key++;
                session.getValue().forEach(trace -> trace.joins(created));
            }
            insert.executeBatch();
        }
    }

    private void widen(Connection connection, Collection<TraceChange> changes) throws SQLException {
        Map<Long, long[]> bounds = new TreeMap<>();
        for (TraceChange change : changes) {
            Long session = change.sessionKey();
            if (session != null) {
                bounds.merge(
                        session, new long[] {change.startNs(), change.endNs()}, SessionRows::union);
            }
        }
        if (bounds.isEmpty()) {
            return;
        }
        String statement =
                """
                UPDATE project_sessions SET start_ns = %s(start_ns, ?), end_ns = %s(end_ns, ?)
                WHERE id = ? AND (start_ns > ? OR end_ns < ?)"""
                        .formatted(sql.least(), sql.greatest());
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (Map.Entry<Long, long[]> session : bounds.entrySet()) {
                update.setLong(1, session.getValue()[0]);
                update.setLong(2, session.getValue()[1]);
                update.setLong(3, session.getKey());
                update.setLong(4, session.getValue()[0]);
                update.setLong(5, session.getValue()[1]);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static long[] union(long[] a, long[] b) {
        return new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])};
    }
}
