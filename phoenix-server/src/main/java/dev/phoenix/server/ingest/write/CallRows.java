package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.write.SqlText.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the spans that name the same response of a provider. */
final class CallRows {

    /** What more spans name is no id of one response, but what some server says in all of them. */
    static final int MOST_REPORTS = 16;

    private static final String REPORTS =
            """
            SELECT m.id FROM spans m
            WHERE m.call_hash = wanted.call_hash AND m.project_id = wanted.project_id\
            """;

    private final SqlText sql;

    CallRows(SqlText sql) {
        this.sql = sql;
    }

    /** Those that several spans report, or that are counted as if they did. */
    Set<Call> shared(Connection connection, Collection<Call> calls) throws SQLException {
        return calls(
                connection,
                calls,
                """
                (SELECT count(*) FROM (%s LIMIT %d) counted) BETWEEN 2 AND %d
                    OR EXISTS (%s AND m.repeats BETWEEN 1 AND 3)\
                """
                        .formatted(REPORTS, MOST_REPORTS + 1, MOST_REPORTS, REPORTS));
    }

    /** Those that several spans count. */
    Set<Call> countedTwice(Connection connection, Collection<Call> calls) throws SQLException {
        return calls(
                connection,
                calls,
                "(SELECT count(*) FROM (%s AND m.repeats = 0 LIMIT 2) counted) = 2"
                        .formatted(REPORTS));
    }

    private Set<Call> calls(Connection connection, Collection<Call> calls, String condition)
            throws SQLException {
        String query =
                "SELECT wanted.call_hash, wanted.project_id FROM %s WHERE %s"
                        .formatted(sql.fromCalls(), condition);
        Set<Call> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindCalls(select, calls);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Call(rows.getLong(1), rows.getLong(2)));
                }
            }
        }
        return found;
    }

    /** The spans that report each call, one more than can be true at most. */
    List<RevisedSpan> reports(Connection connection, Collection<Call> calls) throws SQLException {
        return spans(connection, calls, REPORTS + " LIMIT " + (MOST_REPORTS + 1));
    }

    /** The spans that are left out because of another report. */
    List<RevisedSpan> repetitions(Connection connection, Collection<Call> calls)
            throws SQLException {
        return spans(connection, calls, REPORTS + " AND m.repeats BETWEEN 1 AND 3");
    }

    private List<RevisedSpan> spans(Connection connection, Collection<Call> calls, String keys)
            throws SQLException {
        List<RevisedSpan> spans = new ArrayList<>();
        if (calls.isEmpty()) {
            return spans;
        }
        String query =
                """
                SELECT %s FROM %s %s
                JOIN traces t ON t.id = s.trace_key LEFT JOIN span_costs c ON c.span_key = s.id\
                """
                        .formatted(RevisedSpan.COLUMNS, sql.fromCalls(), sql.joinEach(keys));
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindCalls(select, calls);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    spans.add(RevisedSpan.from(rows));
                }
            }
        }
        return spans;
    }
}
