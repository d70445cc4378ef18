package dev.phoenix.server.ingest.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongConsumer;

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
        List<Joining> traces = new ArrayList<>();
        List<TraceChange> asSent =
                changes.stream().sorted(Comparator.comparingLong(TraceChange::key)).toList();
        for (TraceChange change : asSent) {
            String session = change.sessionToJoin();
            if (session != null) {
                traces.add(
                        new Joining(
                                session,
                                change.projectKey(),
                                change.startNs(),
                                change.endNs(),
                                change::joins));
            }
        }
        attach(connection, traces, firstKey);
    }

    /** Returns whether any of the traces has joined a session. */
    boolean attachRevised(Connection connection, Collection<RevisedTrace> changes, long firstKey)
            throws SQLException {
        List<Joining> traces = new ArrayList<>();
        for (RevisedTrace change : changes) {
            String session = change.sessionToJoin();
            if (session != null) {
                traces.add(
                        new Joining(
                                session,
                                change.before().projectKey(),
                                change.startNs(),
                                change.endNs(),
                                change::joins));
            }
        }
        attach(connection, traces, firstKey);
        return !traces.isEmpty();
    }

    private void attach(Connection connection, List<Joining> traces, long firstKey)
            throws SQLException {
        Map<String, List<Joining>> joining = new LinkedHashMap<>();
        for (Joining trace : traces) {
            joining.computeIfAbsent(trace.sessionId, id -> new ArrayList<>()).add(trace);
        }
        if (!joining.isEmpty()) {
            create(connection, joining, firstKey);
            join(connection, joining);
        }
    }

    /** A trace that joins a session. */
    private record Joining(
            String sessionId, long projectKey, long startNs, long endNs, LongConsumer joins) {}

    /** Sessions that exist stay as they are. */
    private static void create(
            Connection connection, Map<String, List<Joining>> joining, long firstKey)
            throws SQLException {
        String statement =
                """
                INSERT INTO project_sessions (id, session_id, project_id, start_ns, end_ns)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (session_id) DO NOTHING\
                """;
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            Map<String, Long> keys = new TreeMap<>();
            joining.keySet().forEach(session -> keys.put(session, firstKey + keys.size()));
            // In one order, because batches of several servers wait for each other here.
            for (Map.Entry<String, Long> session : keys.entrySet()) {
                Joining first = Objects.requireNonNull(joining.get(session.getKey())).getFirst();
                insert.setLong(1, session.getValue());
                insert.setString(2, session.getKey());
                insert.setLong(3, first.projectKey());
                insert.setLong(4, first.startNs());
                insert.setLong(5, first.endNs());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void join(Connection connection, Map<String, List<Joining>> joining)
            throws SQLException {
        String query = "SELECT id, session_id FROM project_sessions WHERE session_id " + sql.in();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, joining.keySet());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    List<Joining> traces = joining.remove(rows.getString(2));
                    if (traces != null) {
                        long key = rows.getLong(1);
                        traces.forEach(trace -> trace.joins.accept(key));
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
        update(connection, sessions);
    }

    /** Adds to the sessions of revised traces what they have more than before. */
    void revise(Connection connection, Collection<RevisedTrace> traces) throws SQLException {
        Map<Long, SessionChange> sessions = new TreeMap<>();
        List<Long> shrinking = new ArrayList<>();
        for (RevisedTrace trace : traces) {
            Long session = trace.sessionKey();
            if (session != null) {
                sessions.computeIfAbsent(session, any -> new SessionChange()).revise(trace);
                if (trace.shrinks()) {
                    shrinking.add(session);
                }
            }
        }
        sessions.entrySet()
                .removeIf(
                        session ->
                                !session.getValue().changes(shrinking.contains(session.getKey())));
        update(connection, sessions);
        if (!shrinking.isEmpty()) {
            deleteEmpty(connection, shrinking);
            shrink(connection, shrinking);
        }
    }

    /** Bounds that nothing is left of would outlive the traces that join next. */
    private void deleteEmpty(Connection connection, List<Long> sessions) throws SQLException {
        String statement = "DELETE FROM project_sessions WHERE trace_count = 0 AND id " + sql.in();
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
            sql.bindIn(delete, 1, sessions);
            delete.executeUpdate();
        }
    }

    private void shrink(Connection connection, List<Long> sessions) throws SQLException {
        String statement =
                """
                UPDATE project_sessions SET
                    start_ns = (SELECT min(start_ns) FROM traces
                        WHERE traces.session_key = project_sessions.id),
                    end_ns = (SELECT max(end_ns) FROM traces
                        WHERE traces.session_key = project_sessions.id)
                WHERE id %s\
                """
                        .formatted(sql.in());
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            sql.bindIn(update, 1, sessions);
            update.executeUpdate();
        }
    }

    private void update(Connection connection, Map<Long, SessionChange> sessions)
            throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        String statement =
                """
                UPDATE project_sessions SET start_ns = %s(start_ns, ?), end_ns = %s(end_ns, ?),
                    trace_count = trace_count + ?, error_trace_count = error_trace_count + ?,
                    prompt_tokens = prompt_tokens + ?, completion_tokens = completion_tokens + ?,
                    cost = cost + ?
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
                update.setDouble(7, change.cost());
                update.setLong(8, session.getKey());
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
