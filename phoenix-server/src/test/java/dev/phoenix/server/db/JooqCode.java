package dev.phoenix.server.db;

import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** Writes the package {@code dev.phoenix.server.db.jooq} from a migrated PostgreSQL schema. */
final class JooqCode {

    static final String PACKAGE = "dev.phoenix.server.db.jooq";

    private JooqCode() {}

    static void generate(String jdbcUrl, Path sourceFolder) throws Exception {
        GenerationTool.generate(
                new Configuration()
                        .withLogging(Logging.WARN)
                        .withJdbc(new Jdbc().withUrl(jdbcUrl).withUser("postgres"))
                        .withGenerator(generator(sourceFolder)));
    }

    private static Generator generator(Path sourceFolder) {
        return new Generator()
                .withDatabase(database())
                .withGenerate(
                        new Generate()
                                .withIndexes(false)
                                .withRecords(false)
                                .withGeneratedAnnotation(false)
                                .withImplicitJoinPathsToOne(false)
                                .withImplicitJoinPathsToMany(false)
                                .withImplicitJoinPathTableSubtypes(false))
                .withTarget(
                        new Target()
                                .withPackageName(PACKAGE)
                                .withDirectory(sourceFolder.toString()));
    }

    private static Database database() {
        return new Database()
                .withInputSchema("public")
                .withOutputSchemaToDefault(true)
                .withExcludes("flyway_schema_history");
    }
}
