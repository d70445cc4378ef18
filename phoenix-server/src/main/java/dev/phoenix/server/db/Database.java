package dev.phoenix.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.phoenix.server.settings.DatabaseUrl;
import dev.phoenix.server.settings.StorageSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database: one data source to write, one to read. */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Duration WRITER_TIMEOUT = Duration.ofSeconds(60);

    /** Short, because people and health checks wait for it. */
    private static final Duration READER_TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_REPLAYS = 5;
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "23503");

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final DatabaseSource source;
    private final HikariDataSource writer;
    private final HikariDataSource reader;
    private final @Nullable HikariDataSource replica;
    private final @Nullable Checkpointer checkpointer;
    private final DSLContext read;
    private final DSLContext readPrimary;
    private final ReadLimit readLimit;
    private final SpareCarriers carriers;
    private final WriterProbe probe = new WriterProbe(this::isWritable);

    private Database(
            DatabaseSource source,
            HikariDataSource writer,
            HikariDataSource reader,
            @Nullable HikariDataSource replica,
            Duration readTimeout) {
        this.replica = replica;
        this.source = source;
        this.writer = writer;
        this.reader = reader;
        this.checkpointer = source.checkpointer(writer);
        this.readLimit = new ReadLimit(readTimeout);
        this.carriers =
                SpareCarriers.add(
                        source.engine() == Engine.SQLITE ? reader.getMaximumPoolSize() : 0);
        // Without schema names: PostgreSQL finds the tables by the search path of each connection.
        Settings rendering = new Settings().withRenderSchema(false).withExecuteLogging(false);
        Configuration configuration =
                new DefaultConfiguration()
                        .set(source.engine().dialect())
                        .set(rendering)
                        .set(readLimit);
        this.read = DSL.using(configuration.derive(new RoutedReads(reader, replica)));
        this.readPrimary = DSL.using(configuration.derive(new RoutedReads(reader, null)));
    }

    /** Opens the database and, unless switched off, brings its schema up to date. */
    public static Database open(StorageSettings settings) {
        DatabaseSource source = source(settings);
        source.prepare();
        if (settings.migrate()) {
            new Migrations(source, settings).run();
        }
        HikariDataSource writer = pool(source.writer(), WRITER_TIMEOUT);
        HikariDataSource reader = pool(source.reader(), READER_TIMEOUT);
        return new Database(source, writer, reader, replica(settings), settings.readTimeout());
    }

    private static @Nullable HikariDataSource replica(StorageSettings settings) {
        DatabaseUrl.Postgres url = settings.readReplica().orElse(null);
        if (url == null) {
            return null;
        }
        if (!(settings.url() instanceof DatabaseUrl.Postgres)) {
            log.warn("PHOENIX_SQL_DATABASE_READ_REPLICA_URL is ignored: SQLite has no replicas");
            return null;
        }
        PostgresSource source = new PostgresSource(url, settings.ofReplica(url));
        source.prepare();
        return pool(source.reader(), READER_TIMEOUT);
    }

    /**
     * Brings the schema up to date and closes the database again.
     *
     * @return the version of the schema
     */
    public static String migrate(StorageSettings settings) {
        DatabaseSource source = source(settings);
        try {
            source.prepare();
            return new Migrations(source, settings).run();
        } finally {
            source.release();
        }
    }

    public Engine engine() {
        return source.engine();
    }

    /**
     * SQLite: exactly one connection. Hold it as briefly as possible, and never ask for a second
     * one meanwhile.
     */
    public DataSource writer() {
        return writer;
    }

    /**
     * Runs work in one transaction of the writer. A connection whose transaction failed is not used
     * again: after a failed begin or rollback its driver may no longer know that it has none.
     */
    public <T> T write(Work<T> work) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            try {
                connection.setAutoCommit(false);
                T result = work.in(connection);
                connection.commit();
                connection.setAutoCommit(true);
                if (checkpointer != null) {
                    checkpointer.written();
                }
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                abandon(connection, e);
                throw e;
            }
        }
    }

    /**
     * Like {@link #write}, with jOOQ.
     *
     * @throws DataAccessException if the database failed
     */
    public <T> T transaction(Function<DSLContext, T> work) {
        try {
            return write(
                    connection ->
                            work.apply(DSL.using(connection, engine().dialect(), read.settings())));
        } catch (SQLException e) {
            throw new DataAccessException("the transaction failed", e);
        }
    }

    /**
     * Like {@link #transaction}, repeated where another server was in the way: serialization
     * failures, deadlocks, rows that somebody deleted meanwhile.
     */
    public <T> T replaying(Function<DSLContext, T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return transaction(work);
            } catch (DataAccessException e) {
                if (attempt == MAX_REPLAYS || !CONFLICTS.contains(e.sqlState())) {
                    throw e;
                }
            }
        }
    }

    private void abandon(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            writer.evictConnection(connection);
        } catch (SQLException e) {
            failure.addSuppressed(e);
            writer.evictConnection(connection);
            // What broke this connection broke those that wait beside it, as a rule: whoever tries
            // again gets a new one.
            writer.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Read-only connections. */
    public DataSource reader() {
        return reader;
    }

    /**
     * Queries on {@link #reader()}, or on the replica where {@link ReplicaReads} allows it; each
     * ends in a {@link ReadTimeoutException} at the latest.
     */
    public DSLContext read() {
        return read;
    }

    /**
     * Like {@link #read()}, but never on the replica: for what must count at once, such as
     * credentials.
     */
    public DSLContext readPrimary() {
        return readPrimary;
    }

    /** How many queries have read. */
    long queries() {
        return readLimit.queries();
    }

    /**
     * Whether the database answers and could be written to. Readers are not asked: they may all be
     * busy, and what they read is the same database.
     */
    public boolean isReachable() {
        return probe.answers();
    }

    private boolean isWritable() {
        try {
            return write(
                    connection -> {
                        try (Statement statement = connection.createStatement();
                                ResultSet row = statement.executeQuery(source.writable())) {
                            return row.next();
                        }
                    });
        } catch (SQLException e) {
            return false;
        }
    }

    /** What is done within a transaction. */
    @FunctionalInterface
    public interface Work<T> {

        T in(Connection connection) throws SQLException;
    }

    @Override
    public void close() {
        reader.close();
        if (replica != null) {
            replica.close();
        }
        if (checkpointer != null) {
            checkpointer.close();
        }
        writer.close();
        readLimit.close();
        carriers.close();
        source.release();
    }

    static DatabaseSource source(StorageSettings settings) {
        return switch (settings.url()) {
            case DatabaseUrl.SqliteFile(var path) ->
                    SqliteSource.file(path, settings.urlVariable(), settings.poolSize());
            case DatabaseUrl.SqliteMemory() -> SqliteSource.memory(settings.poolSize());
            case DatabaseUrl.Postgres postgres -> new PostgresSource(postgres, settings);
        };
    }

    private static HikariDataSource pool(HikariConfig config, Duration timeout) {
        config.setConnectionTimeout(timeout.toMillis());
        return new HikariDataSource(config);
    }
}
