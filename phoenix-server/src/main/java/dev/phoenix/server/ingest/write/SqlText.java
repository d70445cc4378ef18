package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

        /**
         * Every lookup of the writer is by a unique key. A plan made while the tables were small
         * would scan them for as long as the prepared statement lives.
         */
        @Override
        void begin(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL enable_seqscan = off");
            }
        }
    };

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

    abstract BulkInsert insert(Connection connection, String table, List<String> columns)
            throws SQLException;

    abstract String least();

    abstract String greatest();

    abstract String lockingRows();

    abstract void begin(Connection connection) throws SQLException;

    static void bindLong(PreparedStatement statement, int index, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

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
