package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.values;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.ProjectActivity;
import java.util.Collection;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** When something happened in projects, for several projects at once. */
@Service
class ProjectTraces implements ProjectActivity {

    /**
     * How far back to look for the newest span; concurrent writers take keys in blocks, a little
     * out of order.
     */
    private static final int NEWEST_KEYS = 1000;

    private final DSLContext database;

    ProjectTraces(Database database) {
        this.database = database.read();
    }

    /** Start of the first and end of the last trace, in nanoseconds; null without traces. */
    record Extent(@Nullable Long startNs, @Nullable Long endNs) {}

    Map<Long, Extent> extents(Collection<Long> projectKeys) {
        var listed =
                values(projectKeys.stream().map(DSL::row).toArray(Row1[]::new)).as("listed", "id");
        Field<Long> id = listed.field("id", Long.class);
        Field<Long> start =
                field(select(min(TRACES.START_NS)).from(TRACES).where(TRACES.PROJECT_ID.eq(id)));
        Field<Long> end =
                field(select(max(TRACES.END_NS)).from(TRACES).where(TRACES.PROJECT_ID.eq(id)));
        return database.select(id, start, end)
                .from(listed)
                .fetchMap(row -> row.value1(), row -> new Extent(row.value2(), row.value3()));
    }

    @Override
    public Field<Long> latestEnd(Field<Long> projectKey) {
        Field<Long> end =
                field(
                        select(max(TRACES.END_NS))
                                .from(TRACES)
                                .where(TRACES.PROJECT_ID.eq(projectKey)));
        return coalesce(end, inline(0L));
    }

    /** When the newest spans of the project were stored; null without spans. */
    @Nullable Long newestSpanNs(long projectKey) {
        var newest =
                select(SPANS.INGESTED_AT_NS)
                        .from(SPANS)
                        .where(SPANS.PROJECT_ID.eq(projectKey))
                        .orderBy(SPANS.ID.desc())
                        .limit(NEWEST_KEYS)
                        .asTable("newest");
        return database.select(max(newest.field(SPANS.INGESTED_AT_NS)))
                .from(newest)
                .fetchOne(0, Long.class);
    }
}
