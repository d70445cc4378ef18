package dev.phoenix.server.ingest.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** How documents are written so that PostgreSQL, which compresses by itself, stores them small. */
final class PostgresCompression {

    /** Characters of a document that is a fifth smaller when it is compressed. */
    private static final int WORTH_COMPRESSING = 700;

    /** With the other columns of its row this is above the threshold of 2,032 bytes. */
    private static final int COMPRESSED = 2000;

    /** Characters of documents that pglz makes a seventh smaller than lz4. */
    private static final int PGLZ_FROM = 4_000;

    private static final int PGLZ_TO = 64_000;

    private PostgresCompression() {}

    /**
     * Rows below 2 KB are stored as they are. Blanks make one large enough to be compressed, and
     * are next to nothing in it then.
     */
    static String compressible(String json) {
        int length = json.length();
        return length < WORTH_COMPRESSING || length >= COMPRESSED
                ? json
                : json + " ".repeat(COMPRESSED - length);
    }

    /** Below that pglz would cost more than it saves; its window is too small for larger ones. */
    static boolean isWorthEffort(String json) {
        return json.length() >= PGLZ_FROM && json.length() < PGLZ_TO;
    }

    /** For what the transaction writes from now on; connections begin with lz4. */
    static void takeEffort(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL default_toast_compression = pglz");
        }
    }
}
