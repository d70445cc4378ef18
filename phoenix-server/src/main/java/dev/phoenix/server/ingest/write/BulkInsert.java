package dev.phoenix.server.ingest.write;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** New rows of one table, given value by value in the order of the columns. */
interface BulkInsert extends AutoCloseable {

    /** JSON that may be large, stored so that it takes less room. */
    BulkInsert document(String json) throws SQLException;

    BulkInsert text(@Nullable String value) throws SQLException;

    /** For columns of type BIGINT. */
    BulkInsert bigint(@Nullable Long value) throws SQLException;

    /** For columns of type INTEGER. */
    BulkInsert integer(int value) throws SQLException;

    /** For columns of type DOUBLE PRECISION. */
    BulkInsert real(@Nullable Double value) throws SQLException;

    void endRow() throws SQLException;

    /** Inserts the rows; none of them is there if this fails. */
    void execute() throws SQLException;

    @Override
    void close() throws SQLException;
}
