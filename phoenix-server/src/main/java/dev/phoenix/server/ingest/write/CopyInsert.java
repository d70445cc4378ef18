package dev.phoenix.server.ingest.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows as PostgreSQL's binary COPY: nothing is parsed, planned or bound, which halves what a row
 * costs the database.
 */
final class CopyInsert implements BulkInsert {

    /** The signature, no flags, no header extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int NULL = -1;
    private static final short END = -1;
    private static final int BUFFER = 64 * 1024;

    private final Connection connection;
    private final CopyIn copy;
    private final short columns;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private boolean lost;

    CopyInsert(Connection connection, String table, List<String> columns) throws SQLException {
        this.connection = connection;
        this.copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY %s (%s) FROM STDIN (FORMAT binary)"
                                        .formatted(table, String.join(", ", columns)));
        this.columns = (short) columns.size();
        buffer.put(HEADER).putShort(this.columns);
    }

    @Override
    public BulkInsert text(@Nullable String value) throws SQLException {
        if (value == null) {
            return missing();
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES).putInt(bytes.length);
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.remaining()) {
            write(bytes, bytes.length);
        } else {
            buffer.put(bytes);
        }
        return this;
    }

    @Override
    public BulkInsert document(String json) throws SQLException {
        return text(PostgresCompression.compressible(json));
    }

    @Override
    public BulkInsert bigint(@Nullable Long value) throws SQLException {
        if (value == null) {
            return missing();
        }
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    @Override
    public BulkInsert integer(int value) throws SQLException {
        room(Integer.BYTES + Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    @Override
    public BulkInsert real(@Nullable Double value) throws SQLException {
        if (value == null) {
            return missing();
        }
        room(Integer.BYTES + Double.BYTES).putInt(Double.BYTES).putDouble(value);
        return this;
    }

    /** Begins the next row: its number of columns or, in place of it, the end. */
    @Override
    public void endRow() throws SQLException {
        room(Short.BYTES).putShort(columns);
    }

    @Override
    public void execute() throws SQLException {
        buffer.position(buffer.position() - Short.BYTES).putShort(END);
        flush();
        try {
            copy.endCopy();
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            if (lost) {
                // To cancel would be to wait for an answer once more, and everything else on this
                // connection waits for the copy.
                connection.abort(Runnable::run);
            } else {
                copy.cancelCopy();
            }
        }
    }

    private BulkInsert missing() throws SQLException {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }

    private ByteBuffer room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws SQLException {
        write(buffer.array(), buffer.position());
        buffer.clear();
    }

    private void write(byte[] bytes, int length) throws SQLException {
        try {
            copy.writeToCopy(bytes, 0, length);
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    private SQLException noted(SQLException failure) {
        lost |= SqlFailure.of(failure) == SqlFailure.CONNECTION_LOST;
        return failure;
    }
}
