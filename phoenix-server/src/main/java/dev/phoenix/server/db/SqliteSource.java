package dev.phoenix.server.db;

import com.zaxxer.hikari.HikariConfig;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** A SQLite file: one connection writes, the others read the write-ahead log beside it. */
final class SqliteSource implements DatabaseSource {

    /**
     * A 2 KB row fits a page; with the default of 4096 most rows would spill over and cost twice
     * the writes.
     */
    private static final int PAGE_SIZE = 8192;

    /** The checkpointer is earlier, unless it fails; then commits do what it does not. */
    private static final int CHECKPOINT_PAGES = 50_000;

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final int WRITER_CACHE_KIB = 32_000;
    private static final int READER_CACHE_KIB = 2_000;

    private final Path file;
    private final String variable;
    private final int readers;
    private final SQLiteConfig.SynchronousMode durability;
    private final Runnable release;

    private SqliteSource(
            Path file,
            String variable,
            int readers,
            SQLiteConfig.SynchronousMode durability,
            Runnable release) {
        this.file = file;
        this.variable = variable;
        this.readers = readers;
        this.durability = durability;
        this.release = release;
    }

    static SqliteSource file(Path file, String variable, int poolSize) {
        // FULL, because an answer is sent after the commit and promises that the spans survive a
        // power cut.
        return new SqliteSource(
                file, variable, poolSize - 1, SQLiteConfig.SynchronousMode.FULL, () -> {});
    }

    static SqliteSource memory(int poolSize) {
        TemporaryFolder folder = TemporaryFolder.create();
        return new SqliteSource(
                folder.path().resolve("phoenix.db"),
                "PHOENIX_SQL_DATABASE_URL",
                poolSize - 1,
                SQLiteConfig.SynchronousMode.OFF,
                folder::delete);
    }

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public void prepare() {
        try {
            createFiles();
            createDatabase();
        } catch (IOException | SQLException e) {
            throw new SettingsException(
                    "%s leads to the SQLite file %s, which cannot be opened for writing (%s): choose a folder this user may write to."
                            .formatted(variable, file, reason(e)),
                    e);
        }
    }

    @Override
    public DataSource migrating() {
        // Foreign keys stay off here: a migration may rebuild a table others refer to.
        return dataSource(baseConfig());
    }

    @Override
    public AutoCloseable lock() {
        return FileTurn.take(file.resolveSibling(file.getFileName() + ".lock"));
    }

    @Override
    public HikariConfig writer() {
        SQLiteConfig sqlite = durableConfig();
        sqlite.enforceForeignKeys(true);
        sqlite.setCacheSize(-WRITER_CACHE_KIB);
        sqlite.setPragma(
                SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        // Takes the write lock at once: a read that becomes a write could not wait for another
        // process.
        sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return pool("writer", sqlite, 1);
    }

    @Override
    public HikariConfig reader() {
        SQLiteConfig sqlite = baseConfig();
        sqlite.setReadOnly(true);
        sqlite.setCacheSize(-READER_CACHE_KIB);
        HikariConfig pool = pool("reader", sqlite, readers);
        pool.setReadOnly(true);
        return pool;
    }

    @Override
    public Checkpointer checkpointer(DataSource writer) {
        return new Checkpointer(dataSource(durableConfig()), writer);
    }

    /** Says nothing: to begin a transaction takes the write lock. */
    @Override
    public String writable() {
        return "SELECT 1";
    }

    @Override
    public void release() {
        release.run();
    }

    private void createFiles() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            PrivateFiles.createFolders(folder);
        }
        PrivateFiles.createFile(file);
    }

    /**
     * The page size must be set before the first page is written, and so before write-ahead logging
     * is.
     */
    private void createDatabase() throws SQLException {
        try (Connection connection = dataSource(baseConfig()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_SIZE);
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
                if (!mode.next() || !"wal".equals(mode.getString(1))) {
                    throw new SQLException(
                            "the file system has no write-ahead logging, as on network drives");
                }
            }
            // Takes the write lock and gives it back: the only sure test of being allowed to write.
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        }
    }

    private SQLiteConfig durableConfig() {
        SQLiteConfig config = baseConfig();
        config.setSynchronous(durability);
        return config;
    }

    private static SQLiteConfig baseConfig() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        return config;
    }

    private SQLiteDataSource dataSource(SQLiteConfig config) {
        SQLiteDataSource dataSource = new DocumentSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file);
        return dataSource;
    }

    private HikariConfig pool(String name, SQLiteConfig sqlite, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(dataSource(sqlite));
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setMaxLifetime(0);
        return pool;
    }

    /** Of connections that can read {@link Documents}. */
    private static final class DocumentSource extends SQLiteDataSource {

        DocumentSource(SQLiteConfig config) {
            super(config);
        }

        @Override
        public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
                throws SQLException {
            SQLiteConnection connection = super.getConnection(user, password);
            Documents.register(connection);
            return connection;
        }
    }

    private static String reason(Exception e) {
        return e instanceof FileAlreadyExistsException taken
                ? taken.getFile() + " is not a folder"
                : Reason.of(e);
    }
}
