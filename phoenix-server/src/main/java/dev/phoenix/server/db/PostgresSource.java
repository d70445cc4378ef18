package dev.phoenix.server.db;

import com.zaxxer.hikari.HikariConfig;
import dev.phoenix.server.settings.DatabaseUrl;
import dev.phoenix.server.settings.Secret;
import dev.phoenix.server.settings.SettingsException;
import dev.phoenix.server.settings.StorageSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database, perhaps shared with other servers. */
final class PostgresSource implements DatabaseSource {

    private static final int OLDEST_VERSION = 14;

    /** Any number will do, as long as every server of this product uses the same one. */
    private static final long MIGRATION_LOCK = 0x70686f656e6978L;

    /** Below the hour after which load balancers and tokens tend to give up. */
    private static final Duration MAX_LIFETIME = Duration.ofSeconds(3300);

    /** For a server that takes connections and then says nothing. */
    private static final Duration LOGIN = Duration.ofSeconds(10);

    private static final Duration SILENCE = Duration.ofSeconds(10);

    /**
     * Longer than any statement of the writer takes, and half of what a sender waits: what is lost
     * with a connection is tried once more before the sender is told.
     */
    private static final Duration WRITER_SILENCE = Duration.ofSeconds(30);

    /**
     * What a writer locked when the network lost it would stay locked for hours: PostgreSQL ends
     * the transaction of a client that no longer answers, or says nothing in the middle of one.
     */
    private static final String LET_GO =
            """
            SET tcp_keepalives_idle = 10;
            SET tcp_keepalives_interval = 5;
            SET tcp_keepalives_count = 3;
            SET idle_in_transaction_session_timeout = '30s';
            """;

    /**
     * Builds without it keep theirs. It compresses a 2 KB payload several times faster than pglz.
     */
    private static final String COMPRESS_FAST =
            """
            DO $$
            BEGIN
                PERFORM set_config('default_toast_compression', 'lz4', false);
            EXCEPTION
                WHEN invalid_parameter_value THEN NULL;
            END
            $$;""";

    private final DatabaseUrl.Postgres url;
    private final StorageSettings settings;

    PostgresSource(DatabaseUrl.Postgres url, StorageSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public void prepare() {
        try (Connection connection = dataSource().getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new SettingsException(
                        "%s leads to PostgreSQL %d, but version %d or newer is needed: upgrade it or use another server."
                                .formatted(settings.urlVariable(), version, OLDEST_VERSION));
            }
        } catch (SQLException e) {
            throw PostgresFailure.explain(e, url, settings.urlVariable());
        }
    }

    @Override
    public DataSource migrating() {
        return dataSource();
    }

    /** Ends with the connection, so a server that dies leaves nothing behind. */
    @Override
    public AutoCloseable lock() throws SQLException {
        Connection connection = dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            // Of the transaction rather than the session: connection poolers keep sessions alive.
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public HikariConfig writer() {
        PGSimpleDataSource dataSource = dataSource();
        dataSource.setSocketTimeout((int) WRITER_SILENCE.toSeconds());
        HikariConfig pool = pool("writer", dataSource, writers());
        pool.setConnectionInitSql(LET_GO + COMPRESS_FAST);
        return pool;
    }

    @Override
    public HikariConfig reader() {
        PGSimpleDataSource dataSource = dataSource();
        dataSource.setReadOnlyMode("always");
        // For a network that swallows the answer, even the one to the cancellation.
        dataSource.setSocketTimeout((int) settings.readTimeout().plus(SILENCE).toSeconds());
        HikariConfig pool = pool("reader", dataSource, settings.poolSize() - writers());
        pool.setReadOnly(true);
        return pool;
    }

    @Override
    public @Nullable Checkpointer checkpointer(DataSource writer) {
        return null;
    }

    @Override
    public String writable() {
        return "SELECT 1 WHERE current_setting('transaction_read_only') = 'off'";
    }

    @Override
    public void release() {
        // Nothing is left when the connections are closed.
    }

    private int writers() {
        return Math.max(2, settings.poolSize() * 2 / 5);
    }

    private PGSimpleDataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {url.host()});
        dataSource.setPortNumbers(new int[] {url.port()});
        url.database().or(url::user).ifPresent(dataSource::setDatabaseName);
        url.user().ifPresent(dataSource::setUser);
        url.password().map(Secret::reveal).ifPresent(dataSource::setPassword);
        dataSource.setApplicationName("phoenix");
        dataSource.setReWriteBatchedInserts(true);
        dataSource.setTcpKeepAlive(true);
        dataSource.setLoginTimeout((int) LOGIN.toSeconds());
        settings.schema().ifPresent(schema -> dataSource.setCurrentSchema('"' + schema + '"'));
        url.properties().forEach((name, value) -> setProperty(dataSource, name, value));
        return dataSource;
    }

    private void setProperty(PGSimpleDataSource dataSource, String name, String value) {
        try {
            dataSource.setProperty(name, value);
        } catch (SQLException e) {
            throw new SettingsException(
                    "%s has a value for %s that PostgreSQL's driver does not take (%s): correct or remove it."
                            .formatted(settings.urlVariable(), name, Reason.of(e)),
                    e);
        }
    }

    private static HikariConfig pool(String name, DataSource dataSource, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setMaxLifetime(MAX_LIFETIME.toMillis());
        return pool;
    }
}
