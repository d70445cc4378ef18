package dev.phoenix.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.settings.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed jOOQ code is what the migrations give. After a change of a migration, write it anew
 * with
 *
 * <pre>
 * ./mvnw -q -pl phoenix-server -am test -Dtest=JooqCodeTest -Dsurefire.failIfNoSpecifiedTests=false -Djooq.write
 * </pre>
 */
class JooqCodeTest {

    private static final Path COMMITTED = Path.of("src/main/java");

    @Test
    void code_isWhatTheMigrationsGive(@TempDir Path fresh) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Database.migrate(
                    Settings.load(
                                    Map.of(
                                            "PHOENIX_SQL_DATABASE_URL",
                                            "postgresql://postgres@localhost:%d/postgres"
                                                    .formatted(postgres.getPort())))
                            .storage());
            Path target = System.getProperty("jooq.write") == null ? fresh : COMMITTED;
            JooqCode.generate(postgres.getJdbcUrl("postgres", "postgres"), target);
            assertThat(sources(target)).isEqualTo(sources(COMMITTED));
        }
    }

    private static Map<String, String> sources(Path sourceFolder) throws IOException {
        Path folder = sourceFolder.resolve(JooqCode.PACKAGE.replace('.', '/'));
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }
}
