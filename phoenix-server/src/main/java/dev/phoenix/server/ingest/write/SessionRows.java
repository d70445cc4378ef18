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
 *
 * <p>Rows are created in the order of their session ids and updated in the order of their keys, and
 * all are created before any is updated: no two servers can wait for each other.
 */
final class SessionRows {

    private final SqlText sql;

    SessionRows(SqlText sql) {
        this.sql = sql;
    }

    /** Attaches traces to the sessions they name, creating those. */
    void attach(Connection connection, Collection<TraceChange> changes, long firstKey)
            throws SQLException {
        Map<String, List<TraceChange>> joining = new TreeMap<>();
        for (TraceChange change : changes) {
            String session = change.sessionToJoin();
            if (session != null) {
                joining.computeIfAbsent(session, id -> new ArrayList<>()).add(change);
            }
        }
        if (!joining.isEmpty()) {
            create(connection, joining, firstKey);
            join(connection, joining);
        }
    }

    /** Sessions that exist stay as they are. */
    private static void create(
            Connection connection, Map<String, List<TraceChange>> joining, long firstKey)
            throws SQLException {
        String statement =
                """
                INSERT INTO project_sessions (id, session_id, project_id, start_ns, end_ns)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (session_id) DO NOTHING\
                """;
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (Map.Entry<String, List<TraceChange>> session : joining.entrySet()) {
                TraceChange first = session.getValue().getFirst();
                insert.setLong(1, key++);
                insert.setString(2, session.getKey());
                insert.setLong(3, first.projectKey());
                insert.setLong(4, first.startNs());
                insert.setLong(5, first.endNs());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void join(Connection connection, Map<String, List<TraceChange>> joining)
            throws SQLException {
        String query = "SELECT id, session_id FROM project_sessions WHERE session_id " + sql.in();
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
        if (!joining.isEmpty()) {
            throw SqlFailure.conflict("a session was deleted while a trace joined it");
        }
    }

    /** Widens the sessions of a batch and adds what their traces bring. */
    void update(Connection connection, Collection<TraceChange> changes) throws SQLException {
        Map<Long, SessionChange> sessions = new TreeMap<>();
        for (TraceChange change : changes) {
            Long session = change.sessionKey();
            if (session != null) {
                sessions.computeIfAbsent(session, any -> new SessionChange()).add(change);
            }
        }
        if (sessions.isEmpty()) {
            return;
        }
        String statement =
                """
                UPDATE project_sessions SET start_ns = %s(start_ns, ?), end_ns = %s(end_ns, ?),
                    trace_count = trace_count + ?, error_trace_count = error_trace_count + ?,
                    prompt_tokens = prompt_tokens + ?, completion_tokens = completion_tokens + ?
                WHERE id = ?\
                """
                        .formatted(sql.least(), sql.greatest());
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (Map.Entry<Long, SessionChange> session : sessions.entrySet()) {
                SessionChange change = session.getValue();
                update.setLong(1, change.startNs());
                update.setLong(2, change.endNs());
                update.setLong(3, change.traces());
                update.setLong(4, change.errorTraces());
                update.setLong(5, change.promptTokens());
                update.setLong(6, change.completionTokens());
                update.setLong(7, session.getKey());
                update.addBatch();
            }
            for (int updated : update.executeBatch()) {
                if (updated == 0) {
                    throw SqlFailure.conflict("a session was deleted while its spans came");
                }
            }
        }
    }
}
