package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migrations of both engines end in the same tables. */
class EnginesTest {

    @TempDir private Path folder;

    @Test
    void engines_haveTheSameColumns() {
        List<String> sqlite =
                rows(
                        TestEngine.SQLITE,
                        """
                        SELECT t.name || '.' || c.name
                            || CASE c.type WHEN 'INTEGER' THEN ' number' WHEN 'TEXT' THEN ' text' ELSE c.type END
                            || CASE WHEN c."notnull" OR c.pk THEN ' required' ELSE '' END
                        FROM sqlite_master t JOIN pragma_table_info(t.name) c
                        WHERE t.type = 'table' AND t.name NOT LIKE 'flyway%' AND t.name NOT LIKE 'sqlite%'
                        """);
        List<String> postgres =
                rows(
                        TestEngine.POSTGRESQL,
                        """
                        SELECT table_name || '.' || column_name
                            || CASE WHEN data_type IN ('bigint', 'integer', 'smallint') THEN ' number'
                                    WHEN data_type = 'text' THEN ' text'
                                    WHEN data_type = 'bytea' THEN 'BLOB' ELSE data_type END
                            || CASE is_nullable WHEN 'NO' THEN ' required' ELSE '' END
                        FROM information_schema.columns
                        WHERE table_schema = 'public' AND table_name NOT LIKE 'flyway%'
                        """);
        assertThat(postgres).contains("spans.span_id text required").isEqualTo(sqlite);
    }

    @Test
    void engines_haveTheSameIndexes() {
        List<String> sqlite =
                rows(
                        TestEngine.SQLITE,
                        "SELECT tbl_name || ' ' || name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix%'");
        List<String> postgres =
                rows(
                        TestEngine.POSTGRESQL,
                        "SELECT tablename || ' ' || indexname FROM pg_indexes WHERE indexname LIKE 'ix%'");
        assertThat(postgres).contains("spans ix_spans_start").isEqualTo(sqlite);
    }

    private List<String> rows(TestEngine engine, String sql) {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()))) {
            return database.read().fetch(sql).getValues(0, String.class).stream().sorted().toList();
        }
    }
}
