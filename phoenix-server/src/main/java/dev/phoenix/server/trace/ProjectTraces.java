package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.values;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.ProjectActivity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the traces and spans of projects sum up to, for several projects at once. */
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

    Map<Long, Integer> traceCounts(Collection<Long> projectKeys, TimeRange range) {
        return database.select(TRACES.PROJECT_ID, count())
                .from(TRACES)
                .where(TRACES.PROJECT_ID.in(projectKeys), range.contains(TRACES.START_NS))
                .groupBy(TRACES.PROJECT_ID)
                .fetchMap(TRACES.PROJECT_ID, count());
    }

    Map<Long, Integer> spanCounts(Collection<Long> projectKeys, TimeRange range) {
        return database.select(SPANS.PROJECT_ID, count())
                .from(SPANS)
                .where(SPANS.PROJECT_ID.in(projectKeys), range.contains(SPANS.START_NS))
                .groupBy(SPANS.PROJECT_ID)
                .fetchMap(SPANS.PROJECT_ID, count());
    }

    /** Tokens of the LLM spans that have no LLM child: wrappers repeat what their children used. */
    Map<Long, TokenUsage> tokens(Collection<Long> projectKeys, TimeRange range) {
        var child = SPANS.as("child");
        // A derived table, not a correlated EXISTS: both engines hash it once.
        var wrappers =
                selectDistinct(child.PARENT_SPAN_ID)
                        .from(child)
                        .where(child.PROJECT_ID.in(projectKeys))
                        .and(child.SPAN_KIND.eq(inline("LLM")))
                        .and(child.PARENT_SPAN_ID.isNotNull())
                        .asTable("wrappers");
        Field<String> wrapper =
                field(name("wrappers", SPANS.PARENT_SPAN_ID.getName()), String.class);
        var prompt = sum(SPANS.PROMPT_TOKENS);
        var completion = sum(SPANS.COMPLETION_TOKENS);
        return database.select(SPANS.PROJECT_ID, prompt, completion)
                .from(SPANS)
                .leftJoin(wrappers)
                .on(wrapper.eq(SPANS.SPAN_ID))
                .where(SPANS.PROJECT_ID.in(projectKeys), range.contains(SPANS.START_NS))
                .and(SPANS.SPAN_KIND.eq(inline("LLM")))
                .and(wrapper.isNull())
                .groupBy(SPANS.PROJECT_ID)
                .fetchMap(
                        row -> row.get(SPANS.PROJECT_ID),
                        row ->
                                new TokenUsage(
                                        number(row.get(prompt)), number(row.get(completion))));
    }

    /** The latency below which this share of the traces lies, between two traces if need be. */
    Map<Long, Double> latencyMsQuantiles(
            Collection<Long> projectKeys, TimeRange range, double probability) {
        Field<Long> latency = field(name("latency"), Long.class);
        Field<Integer> rank = field(name("rank"), Integer.class);
        Field<Integer> last = field(name("last"), Integer.class);
        Field<Long> duration = TRACES.END_NS.minus(TRACES.START_NS);
        var ranked =
                select(
                                TRACES.PROJECT_ID,
                                duration.as(latency),
                                rowNumber()
                                        .over()
                                        .partitionBy(TRACES.PROJECT_ID)
                                        .orderBy(duration)
                                        .minus(1)
                                        .as(rank),
                                count().over().partitionBy(TRACES.PROJECT_ID).minus(1).as(last))
                        .from(TRACES)
                        .where(TRACES.PROJECT_ID.in(projectKeys), range.contains(TRACES.START_NS))
                        .asTable("ranked");
        Field<Double> place = last.cast(Double.class).times(probability);
        Field<Double> distance = rank.cast(Double.class).minus(place);
        Field<Long> project = field(name(TRACES.PROJECT_ID.getName()), Long.class);
        // The traces on both sides of the place, or the one that lies on it.
        Map<Long, List<Neighbour>> neighbours =
                database.select(project, latency, distance)
                        .from(ranked)
                        .where(distance.gt(-1.0).and(distance.lt(1.0)))
                        .fetchGroups(
                                row -> row.value1(),
                                row -> new Neighbour(row.value2(), row.value3()));
        return neighbours.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> Neighbour.between(entry.getValue())));
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

    private static double number(@Nullable BigDecimal sum) {
        return sum == null ? 0 : sum.doubleValue();
    }

    /** A trace next to a place between ranks. */
    private record Neighbour(long latencyNs, double distance) {

        static double between(List<Neighbour> neighbours) {
            return neighbours.stream()
                            .mapToDouble(
                                    neighbour ->
                                            neighbour.latencyNs
                                                    * (1 - Math.abs(neighbour.distance)))
                            .sum()
                    / 1e6;
        }
    }
}
