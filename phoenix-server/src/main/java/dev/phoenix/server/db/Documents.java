package dev.phoenix.server.db;

import static org.jooq.impl.DSL.field;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.CustomField;
import org.sqlite.Function;

/**
 * Texts of JSON in columns of SQLite, large ones compressed: to a half, and rows that are larger
 * than a page waste less of the pages they are on. PostgreSQL compresses by itself.
 */
public final class Documents {

    /** Characters. A smaller one is searched faster as it is. */
    private static final int LARGE = 4_000;

    /** The fastest: what waits is the one writer. */
    private static final int LEVEL = 1;

    private static final String DECOMPRESSED = "decompressed";
    private static final String SIZE = "decompressed_size";

    /** Only the large ones are handed to Java and back. */
    private static final String TEXT =
            "CASE typeof(%1$s) WHEN 'blob' THEN " + DECOMPRESSED + "(%1$s) ELSE %1$s END";

    private Documents() {}

    /** The column as text, on either engine. */
    public static Field<String> text(Field<String> column) {
        return onSqlite(field(TEXT.formatted("{0}"), String.class, column), column);
    }

    /** The same in a statement for SQLite that is written by hand. */
    public static String text(String column) {
        return TEXT.formatted(column);
    }

    /** Bytes of the column's text, which PostgreSQL decompresses to tell. */
    public static Field<Long> size(Field<String> column) {
        return onSqlite(
                field(
                        "CASE typeof({0}) WHEN 'blob' THEN %s({0}) ELSE octet_length({0}) END"
                                .formatted(SIZE),
                        Long.class,
                        column),
                field("octet_length({0})", Long.class, column));
    }

    private static <T> Field<T> onSqlite(Field<T> sqlite, Field<T> otherwise) {
        return CustomField.of(
                otherwise.getUnqualifiedName(),
                otherwise.getDataType(),
                context ->
                        context.visit(context.family() == SQLDialect.SQLITE ? sqlite : otherwise));
    }

    /** For SQLite. */
    public static void bind(PreparedStatement statement, int index, String json)
            throws SQLException {
        if (json.length() < LARGE) {
            statement.setString(index, json);
        } else {
            statement.setBytes(index, Zstd.compress(json.getBytes(StandardCharsets.UTF_8), LEVEL));
        }
    }

    /** Statements of this connection can read documents. */
    static void register(Connection sqlite) throws SQLException {
        Function.create(sqlite, DECOMPRESSED, new Decompressed(), 1, Function.FLAG_DETERMINISTIC);
        Function.create(sqlite, SIZE, new Size(), 1, Function.FLAG_DETERMINISTIC);
    }

    private static final class Size extends Function {

        @Override
        protected void xFunc() throws SQLException {
            result(Zstd.getFrameContentSize(value_blob(0)));
        }
    }

    private static final class Decompressed extends Function {

        @Override
        protected void xFunc() throws SQLException {
            byte[] compressed = value_blob(0);
            int size = Math.toIntExact(Zstd.getFrameContentSize(compressed));
            result(new String(Zstd.decompress(compressed, size), StandardCharsets.UTF_8));
        }
    }
}
