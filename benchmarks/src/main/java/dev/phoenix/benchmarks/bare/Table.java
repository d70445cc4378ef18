package dev.phoenix.benchmarks.bare;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** The one table, through one connection that commits once for many rows. */
final class Table implements AutoCloseable {

    private static final String INSERT =
            """
            INSERT INTO spans (span_id, trace_id, parent_span_id, project, name, kind, start_ns, end_ns,
                               status_code, status_message, session_id, attributes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)
            ON CONFLICT (span_id) DO NOTHING
            """;

    /** As the server's own schema does it: builds without lz4 keep the default. */
    private static final String FASTER_COMPRESSION =
            """
            DO $$
            BEGIN
                ALTER TABLE spans ALTER COLUMN attributes SET COMPRESSION lz4;
            EXCEPTION
                WHEN feature_not_supported OR invalid_parameter_value THEN NULL;
            END
            $$
            """;

    private final Connection connection;
    private final PreparedStatement insert;

    private Table(Connection connection, String attributes) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(INSERT.formatted(attributes));
    }

    static Table open(String jdbcUrl) throws SQLException {
        return jdbcUrl.startsWith("jdbc:sqlite:") ? sqlite(jdbcUrl) : postgresql(jdbcUrl);
    }

    static void create(String jdbcUrl) throws SQLException {
        boolean sqlite = jdbcUrl.startsWith("jdbc:sqlite:");
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            if (sqlite) {
                statement.execute("PRAGMA page_size = 8192");
                statement.execute("PRAGMA journal_mode = WAL");
            }
            statement.execute(
                    """
                    CREATE TABLE spans (
                        id %s, span_id TEXT NOT NULL UNIQUE, trace_id TEXT NOT NULL,
                        parent_span_id TEXT NOT NULL, project TEXT NOT NULL, name TEXT NOT NULL,
                        kind TEXT NOT NULL, start_ns BIGINT NOT NULL, end_ns BIGINT NOT NULL,
                        status_code TEXT NOT NULL, status_message TEXT NOT NULL,
                        session_id TEXT NOT NULL, attributes %s NOT NULL)
                    """
                            .formatted(
                                    sqlite
                                            ? "INTEGER PRIMARY KEY"
                                            : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                                    sqlite ? "TEXT" : "JSONB"));
            if (!sqlite) {
                statement.execute(FASTER_COMPRESSION);
            }
            statement.execute("CREATE INDEX ix_trace ON spans (trace_id, start_ns)");
            statement.execute("CREATE INDEX ix_start ON spans (project, start_ns, id)");
            statement.execute("CREATE INDEX ix_project ON spans (project, id)");
            statement.execute("CREATE INDEX ix_session ON spans (session_id, start_ns)");
        }
    }

    void insert(List<Row> rows) throws SQLException {
        for (Row row : rows) {
            insert.setString(1, row.spanId());
            insert.setString(2, row.traceId());
            insert.setString(3, row.parentSpanId());
            insert.setString(4, row.project());
            insert.setString(5, row.name());
            insert.setString(6, row.kind());
            insert.setLong(7, row.startNanos());
            insert.setLong(8, row.endNanos());
            insert.setString(9, row.statusCode());
            insert.setString(10, row.statusMessage());
            insert.setString(11, row.sessionId());
            insert.setString(12, row.attributes());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Forgets what was inserted since the last commit. */
    void rollback() {
        try {
            insert.clearBatch();
            connection.rollback();
        } catch (SQLException connectionIsGone) {
            // Then the database does the same, and the next insert fails.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static Table sqlite(String jdbcUrl) throws SQLException {
        var settings = new Properties();
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("wal_autocheckpoint", "10000");
        settings.setProperty("busy_timeout", "5000");
        return new Table(DriverManager.getConnection(jdbcUrl, settings), "?");
    }

    private static Table postgresql(String jdbcUrl) throws SQLException {
        var settings = new Properties();
        settings.setProperty("reWriteBatchedInserts", "true");
        return new Table(DriverManager.getConnection(jdbcUrl, settings), "?::jsonb");
    }
}
