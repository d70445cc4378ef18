package dev.phoenix.server.annotation.config;

import static dev.phoenix.server.db.jooq.Tables.ANNOTATION_CONFIGS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_ANNOTATION_CONFIGS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.db.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds and lists annotation configs. */
@Service
class ConfigReader {

    private final DSLContext database;
    private final Keyset<Long> newestFirst =
            new Keyset<>(ANNOTATION_CONFIGS.ID, ANNOTATION_CONFIGS.ID, SortKey.INTEGER, true);

    ConfigReader(Database database) {
        this.database = database.read();
    }

    Optional<AnnotationConfig> find(long key) {
        return database.selectFrom(ANNOTATION_CONFIGS)
                .where(ANNOTATION_CONFIGS.ID.eq(key))
                .fetchOptional(ConfigRow::read);
    }

    /** By global id or by exact name. */
    AnnotationConfig require(String identifier) {
        OptionalLong key = AnnotationType.keyOf(identifier);
        Condition which =
                key.isPresent()
                        ? ANNOTATION_CONFIGS.ID.eq(key.getAsLong())
                        : ANNOTATION_CONFIGS.NAME.eq(identifier);
        return database.selectFrom(ANNOTATION_CONFIGS)
                .where(which)
                .fetchOptional(ConfigRow::read)
                .orElseThrow(
                        () ->
                                ApiException.notFound(
                                        "no annotation config has the id or name " + identifier));
    }

    List<AnnotationConfig> byKeys(Collection<Long> keys) {
        return database.selectFrom(ANNOTATION_CONFIGS)
                .where(ANNOTATION_CONFIGS.ID.in(keys))
                .orderBy(ANNOTATION_CONFIGS.ID.desc())
                .fetch(ConfigRow::read);
    }

    /**
     * Newest first, from the config with this key on.
     *
     * @param project null for all there are
     */
    Page<AnnotationConfig> newest(@Nullable Long project, @Nullable Long from, int limit) {
        Condition start = from == null ? DSL.noCondition() : ANNOTATION_CONFIGS.ID.le(from);
        return Page.of(
                database.selectFrom(ANNOTATION_CONFIGS)
                        .where(start, of(project))
                        .orderBy(ANNOTATION_CONFIGS.ID.desc())
                        .limit(limit + 1L)
                        .fetch(ConfigRow::read),
                limit);
    }

    /** The same for GraphQL. */
    <R> Connection<R> list(
            @Nullable Long project,
            @Nullable Collection<String> names,
            ConnectionRange range,
            Function<AnnotationConfig, R> mapper) {
        Condition named = names == null ? DSL.noCondition() : ANNOTATION_CONFIGS.NAME.in(names);
        var query =
                database.select(ANNOTATION_CONFIGS.fields())
                        .select(newestFirst.selected())
                        .from(ANNOTATION_CONFIGS)
                        .where(of(project), named);
        return newestFirst.connection(query, range, row -> mapper.apply(ConfigRow.read(row)));
    }

    private static Condition of(@Nullable Long project) {
        return project == null
                ? DSL.noCondition()
                : DSL.exists(
                        DSL.selectOne()
                                .from(PROJECT_ANNOTATION_CONFIGS)
                                .where(
                                        PROJECT_ANNOTATION_CONFIGS.PROJECT_ID.eq(project),
                                        PROJECT_ANNOTATION_CONFIGS.CONFIG_ID.eq(
                                                ANNOTATION_CONFIGS.ID)));
    }
}
