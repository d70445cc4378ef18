package dev.phoenix.server.kit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL that runs until the JVM ends. */
public final class Postgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final int port;

    private Postgres(int port) {
        this.port = port;
    }

    /** The one from the test dependencies. */
    public static Postgres embedded() {
        return Embedded.INSTANCE;
    }

    /** The one of the operating system; see {@link TestEngine#isAvailable()}. */
    static Postgres installed() {
        return Installed.INSTANCE;
    }

    /** The URL of a new, empty database. */
    public String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    /** Runs a statement as the superuser. */
    public void execute(String database, String sql) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"localhost"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser("postgres");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public int port() {
        return port;
    }

    private String url(String database) {
        return "postgresql://postgres@localhost:%d/%s".formatted(port, database);
    }

    private static final class Embedded {

        private static final Postgres INSTANCE = start();

        private static Postgres start() {
            try {
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
                AtExit.endDatabase(() -> close(postgres));
                return new Postgres(postgres.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Installed {

        private static final Postgres INSTANCE = new Postgres(InstalledPostgres.start());
    }
}
