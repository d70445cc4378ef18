package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Documents;
import dev.phoenix.server.db.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the two engines differ in what the writer says to them. */
enum SqlText {
    SQLITE {
        @Override
        String in() {
            return "IN (SELECT value FROM json_each(?))";
        }

        @Override
        void bindIn(PreparedStatement statement, int index, Collection<String> values)
                throws SQLException {
            statement.setString(
                    index,
                    values.stream()
                            .map(SqlText::quoted)
                            .collect(Collectors.joining(",", "[", "]")));
        }

        @Override
        BulkInsert insert(Connection connection, String table, List<String> columns)
                throws SQLException {
            return new BatchInsert(connection, table, columns);
        }

        @Override
        void bindIn(PreparedStatement statement, int index, List<Long> keys) throws SQLException {
            statement.setString(
                    index,
                    keys.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
        }

        @Override
        String fromWanted() {
            return """
            (SELECT value ->> 0 AS trace_key, value ->> 1 AS span_id FROM json_each(?)) wanted
            CROSS JOIN\
            """;
        }

        @Override
        void bindWanted(PreparedStatement statement, List<Wanted> wanted) throws SQLException {
            statement.setString(
                    1,
                    wanted.stream()
                            .map(
                                    span ->
                                            "[%d,%s]"
                                                    .formatted(
                                                            span.traceKey(), quoted(span.spanId())))
                            .collect(Collectors.joining(",", "[", "]")));
        }

        @Override
        String fromCalls() {
            return """
            (SELECT value ->> 0 AS call_hash, value ->> 1 AS project_id
                FROM json_each(?)) wanted\
            """;
        }

        @Override
        void bindCalls(PreparedStatement statement, Collection<Call> calls) throws SQLException {
            statement.setString(
                    1,
                    calls.stream()
                            .map(call -> "[%d,%d]".formatted(call.hash(), call.projectKey()))
                            .collect(Collectors.joining(",", "[", "]")));
        }

        @Override
        String joinEach(String query) {
            return "CROSS JOIN spans s ON s.id IN (%s)".formatted(query);
        }

        @Override
        void lockRevisions(Connection connection) {
            // There is one writer.
        }

        @Override
        String orderedJoin() {
            return "CROSS JOIN";
        }

        @Override
        String limitedTable(String name, String recursion, int rows) {
            return "WITH RECURSIVE %s AS (%s LIMIT %d)".formatted(name, recursion, rows);
        }

        @Override
        String least() {
            return "min";
        }

        @Override
        String greatest() {
            return "max";
        }

        @Override
        String lockingRows() {
            return "";
        }

        @Override
        String document(String column) {
            return Documents.text(column);
        }

        @Override
        void bindDocument(PreparedStatement statement, int index, String json) throws SQLException {
            Documents.bind(statement, index, json);
        }

        @Override
        boolean isWorthEffort(String document) {
            return false;
        }

        @Override
        void compressWithEffort(Connection connection) {
            // It compresses nothing by itself.
        }

        @Override
        void begin(Connection connection) {
            // Nothing to say: there is one plan for each statement.
        }
    },
    POSTGRESQL {
        @Override
        String in() {
            return "= ANY (?)";
        }

        @Override
        void bindIn(PreparedStatement statement, int index, Collection<String> values)
                throws SQLException {
            statement.setArray(
                    index, statement.getConnection().createArrayOf("text", values.toArray()));
        }

        @Override
        BulkInsert insert(Connection connection, String table, List<String> columns)
                throws SQLException {
            return new CopyInsert(connection, table, columns);
        }

        @Override
        void bindIn(PreparedStatement statement, int index, List<Long> keys) throws SQLException {
            statement.setArray(
                    index, statement.getConnection().createArrayOf("bigint", keys.toArray()));
        }

        @Override
        String fromWanted() {
            return "unnest(?::bigint[], ?::text[]) AS wanted (trace_key, span_id) JOIN";
        }

        @Override
        void bindWanted(PreparedStatement statement, List<Wanted> wanted) throws SQLException {
            Connection connection = statement.getConnection();
            Object[] traceKeys = wanted.stream().map(Wanted::traceKey).toArray();
            Object[] spanIds = wanted.stream().map(Wanted::spanId).toArray();
            statement.setArray(1, connection.createArrayOf("bigint", traceKeys));
            statement.setArray(2, connection.createArrayOf("text", spanIds));
        }

        @Override
        String fromCalls() {
            return "unnest(?::bigint[], ?::bigint[]) AS wanted (call_hash, project_id)";
        }

        @Override
        void bindCalls(PreparedStatement statement, Collection<Call> calls) throws SQLException {
            Connection connection = statement.getConnection();
            Object[] hashes = calls.stream().map(Call::hash).toArray();
            Object[] projects = calls.stream().map(Call::projectKey).toArray();
            statement.setArray(1, connection.createArrayOf("bigint", hashes));
            statement.setArray(2, connection.createArrayOf("bigint", projects));
        }

        @Override
        String joinEach(String query) {
            return "JOIN LATERAL (%s) each_one ON true JOIN spans s ON s.id = each_one.id"
                    .formatted(query);
        }

        @Override
        void lockRevisions(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + REVISIONS_LOCK + ")");
            }
        }

        @Override
        String orderedJoin() {
            return "JOIN";
        }

        /** A recursion goes no further than its rows are asked for. */
        @Override
        String limitedTable(String name, String recursion, int rows) {
            return "WITH RECURSIVE walk AS (%s), %s AS (SELECT * FROM walk LIMIT %d)"
                    .formatted(recursion.replace(name, "walk"), name, rows);
        }

        @Override
        String least() {
            return "least";
        }

        @Override
        String greatest() {
            return "greatest";
        }

        @Override
        String lockingRows() {
            return "FOR UPDATE";
        }

        @Override
        String document(String column) {
            return column;
        }

        @Override
        void bindDocument(PreparedStatement statement, int index, String json) throws SQLException {
            statement.setString(index, PostgresCompression.compressible(json));
        }

        @Override
        boolean isWorthEffort(String document) {
            return PostgresCompression.isWorthEffort(document);
        }

        @Override
        void compressWithEffort(Connection connection) throws SQLException {
            PostgresCompression.takeEffort(connection);
        }

        /**
         * Every lookup of the writer is by an index. A plan made while the tables were small would
         * scan them, or a whole index, for as long as the prepared statement lives.
         */
        @Override
        void begin(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        """
                        SET LOCAL enable_seqscan = off;
                        SET LOCAL enable_hashjoin = off;
                        SET LOCAL enable_mergejoin = off\
                        """);
            }
        }
    };

    /** Any number that no other lock of the database has. */
    private static final long REVISIONS_LOCK = 0x70686f656e697801L;

    static SqlText of(Engine engine) {
        return switch (engine) {
            case SQLITE -> SQLITE;
            case POSTGRESQL -> POSTGRESQL;
        };
    }

    /** A condition on a text column with one parameter for any number of values. */
    abstract String in();

    abstract void bindIn(PreparedStatement statement, int index, Collection<String> values)
            throws SQLException;

    /** For a column of keys. */
    abstract void bindIn(PreparedStatement statement, int index, List<Long> keys)
            throws SQLException;

    /**
     * What to join with spans of traces: rows {@code wanted} of trace_key and span_id, the first
     * parameters of the statement.
     */
    abstract String fromWanted();

    abstract void bindWanted(PreparedStatement statement, List<Wanted> wanted) throws SQLException;

    /** Rows {@code wanted} of call_hash and project_id, the first parameters of the statement. */
    abstract String fromCalls();

    abstract void bindCalls(PreparedStatement statement, Collection<Call> calls)
            throws SQLException;

    /**
     * Joins spans {@code s} to the row on the left.
     *
     * @param query their keys, as {@code id}, by columns of that row
     */
    abstract String joinEach(String query);

    /** Revisions of traces wait for each other, because they meet in no order that is known. */
    abstract void lockRevisions(Connection connection) throws SQLException;

    abstract BulkInsert insert(Connection connection, String table, List<String> columns)
            throws SQLException;

    /** Joins to the left table's rows, by an index of the right one. */
    abstract String orderedJoin();

    /**
     * A table for the statement that follows: the first rows of a recursion over itself, nearest
     * first.
     */
    abstract String limitedTable(String name, String recursion, int rows);

    abstract String least();

    abstract String greatest();

    abstract String lockingRows();

    /** A column of attributes as text, perhaps with blanks behind it. */
    abstract String document(String column);

    abstract void bindDocument(PreparedStatement statement, int index, String json)
            throws SQLException;

    /** Whether to spend more of the processor on this document to store it smaller. */
    abstract boolean isWorthEffort(String document);

    /** For what the transaction writes from now on. */
    abstract void compressWithEffort(Connection connection) throws SQLException;

    abstract void begin(Connection connection) throws SQLException;

    static void bindLong(PreparedStatement statement, int index, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** A span that is looked for in its own trace only. */
    record Wanted(long traceKey, String spanId) {}

    /** A response of a provider, in the project whose spans report it. */
    record Call(long hash, long projectKey) {}

    private static String quoted(String value) {
        StringBuilder json = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ') {
                json.append("\\u00")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            } else if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
