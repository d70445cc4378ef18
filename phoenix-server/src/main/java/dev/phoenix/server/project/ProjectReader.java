package dev.phoenix.server.project;

import static dev.phoenix.server.db.jooq.Tables.PROJECTS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectLimitStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds and lists projects. */
@Service
public class ProjectReader {

    /** Nobody sees a project whose traces are still being deleted. */
    private static final Condition IS_THERE = PROJECTS.DELETED_AT_NS.isNull();

    private final DSLContext database;
    private final Field<String> name;
    private final Field<Long> latestEnd;

    ProjectReader(Database database, ProjectActivity activity) {
        this.database = database.read();
        // In code point order on both engines.
        this.name =
                database.engine() == Engine.POSTGRESQL ? PROJECTS.NAME.collate("C") : PROJECTS.NAME;
        this.latestEnd = activity.latestEnd(PROJECTS.ID);
    }

    /** By global id or by exact name. */
    public Project require(String identifier) {
        OptionalLong key = GlobalId.keyOf(Project.TYPE, identifier);
        return (key.isPresent() ? find(key.getAsLong()) : findByName(identifier))
                .orElseThrow(
                        () -> ApiException.notFound("no project has the id or name " + identifier));
    }

    /** Also those that are being deleted: what still belongs to them says so. */
    public Map<Long, Project> byKeys(Collection<Long> keys) {
        return database.selectFrom(PROJECTS).where(PROJECTS.ID.in(keys)).stream()
                .map(ProjectReader::project)
                .collect(Collectors.toMap(Project::key, Function.identity()));
    }

    /** Of all projects, also those that are being deleted. */
    public List<Long> allKeys() {
        return database.select(PROJECTS.ID).from(PROJECTS).fetch(PROJECTS.ID);
    }

    Optional<Project> find(long key) {
        return database.selectFrom(PROJECTS)
                .where(PROJECTS.ID.eq(key), IS_THERE)
                .fetchOptional(ProjectReader::project);
    }

    public Optional<Project> findByName(String exact) {
        return database.selectFrom(PROJECTS)
                .where(PROJECTS.NAME.eq(exact), IS_THERE)
                .fetchOptional(ProjectReader::project);
    }

    /** When a project was made or changed by hand last; null without projects. */
    @Nullable Instant lastUpdate() {
        Long last =
                database.select(DSL.max(PROJECTS.UPDATED_AT_NS))
                        .from(PROJECTS)
                        .fetchOne(0, Long.class);
        return last == null ? null : Timestamps.instant(last);
    }

    int count() {
        return database.fetchCount(PROJECTS, IS_THERE);
    }

    /** Newest first, from the project with this key on. */
    Page<Project> newest(@Nullable Long from, @Nullable String nameContains, int limit) {
        Condition start = from == null ? DSL.noCondition() : PROJECTS.ID.le(from);
        var query = database.select(PROJECTS.fields()).from(PROJECTS).where(IS_THERE, start);
        return page(query.orderBy(PROJECTS.ID.desc()), nameContains, limit)
                .map(ProjectReader::project);
    }

    /** In an order of {@link #keyset}. */
    Page<Listed<Project>> list(
            Keyset<?> keyset, ConnectionRange range, @Nullable String nameContains) {
        var query =
                database.select(PROJECTS.fields())
                        .select(keyset.selected())
                        .from(PROJECTS)
                        .where(IS_THERE, keyset.between(range.after(), range.before()));
        return page(query.orderBy(keyset.of(range).order()), nameContains, range.limit())
                .map(row -> keyset.listed(row, ProjectReader::project));
    }

    /** Those whose keys fulfil a condition, oldest first. */
    public Page<Listed<Project>> where(
            Function<Field<Long>, Condition> which, ConnectionRange range) {
        var keyset = new Keyset<>(PROJECTS.ID, PROJECTS.ID, SortKey.INTEGER, false);
        var query =
                database.select(PROJECTS.fields())
                        .select(keyset.selected())
                        .from(PROJECTS)
                        .where(IS_THERE, which.apply(PROJECTS.ID))
                        .and(keyset.between(range.after(), range.before()));
        return keyset.of(range).page(query, range.limit(), ProjectReader::project);
    }

    Keyset<?> keyset(@Nullable ProjectColumn column, SortDirection direction) {
        boolean descending = direction.descending();
        return switch (column) {
            case null -> new Keyset<>(PROJECTS.ID, PROJECTS.ID, SortKey.INTEGER, descending);
            case NAME -> new Keyset<>(name, PROJECTS.ID, SortKey.STRING, descending);
            case END_TIME -> new Keyset<>(latestEnd, PROJECTS.ID, SortKey.DATETIME, descending);
        };
    }

    /** Compares names here: neither engine folds the case of every script, and projects are few. */
    private static Page<Record> page(
            SelectLimitStep<Record> query, @Nullable String nameContains, int limit) {
        if (nameContains == null) {
            return Page.of(List.copyOf(query.limit(limit + 1L).fetch()), limit);
        }
        String part = fold(nameContains);
        try (Stream<Record> rows = query.stream()) {
            return Page.of(
                    rows.filter(row -> fold(row.get(PROJECTS.NAME)).contains(part))
                            .limit(limit + 1L)
                            .toList(),
                    limit);
        }
    }

    private static String fold(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    static Project project(Record row) {
        return new Project(
                row.get(PROJECTS.ID),
                row.get(PROJECTS.NAME),
                row.get(PROJECTS.DESCRIPTION),
                row.get(PROJECTS.GRADIENT_START_COLOR),
                row.get(PROJECTS.GRADIENT_END_COLOR),
                Timestamps.instant(row.get(PROJECTS.CREATED_AT_NS)),
                Timestamps.instant(row.get(PROJECTS.UPDATED_AT_NS)));
    }
}
