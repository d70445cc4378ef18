package dev.phoenix.server.db;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How to reach one database of one engine. */
sealed interface DatabaseSource permits SqliteSource, PostgresSource {

    Engine engine();

    /**
     * Fails with a sentence for the operator when the database cannot be used. Creates what is
     * missing.
     */
    void prepare();

    /** Unpooled connections for migrations. */
    DataSource migrating();

    /** Held while migrating, so that servers that start together take turns. */
    AutoCloseable lock() throws SQLException;

    HikariConfig writer();

    HikariConfig reader();

    /**
     * What keeps the log of the engine short beside its writer, unless the engine does by itself.
     */
    @Nullable Checkpointer checkpointer(DataSource writer);

    /** A query that finds a row in a transaction of the writer, if it could write. */
    String writable();

    /** Called after the last connection is closed. */
    void release();
}
