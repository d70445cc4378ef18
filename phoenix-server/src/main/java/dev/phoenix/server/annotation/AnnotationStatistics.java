package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.DOCUMENT_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.SqlSum;
import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import dev.phoenix.server.trace.Annotatable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What the annotations of a project come to by name. Time ranges are those of what is annotated.
 */
@Service
class AnnotationStatistics {

    private static final int FETCHED_AT_ONCE = 1000;
    private static final long HOUR_NS = Duration.ofHours(1).toNanos();
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    private final DSLContext database;
    private final Engine engine;
    private final Targets targets;

    AnnotationStatistics(Database database, Targets targets) {
        this.database = database.read();
        this.engine = database.engine();
        this.targets = targets;
    }

    /**
     * In the order of code points. Names are few and annotations many: each name is looked for by
     * itself, until the project has one.
     */
    List<String> names(Target target, long projectKey) {
        Field<String> column = target.column(SPAN_ANNOTATIONS.NAME);
        Field<String> name = field(name("names", "name"), String.class);
        Table<?> names = table(name("names"));
        Field<String> next = field(select(min(column)).from(target.table()).where(column.gt(name)));
        var all =
                name("names")
                        .fields("name")
                        .as(
                                select(min(column))
                                        .from(target.table())
                                        .unionAll(
                                                select(next).from(names).where(name.isNotNull())));
        return database
                .withRecursive(all)
                .select(name)
                .from(names)
                .where(name.isNotNull())
                .andExists(
                        eachAlone(
                                selectOne()
                                        .from(annotated(target))
                                        .where(column.eq(name))
                                        .and(inProject(target, projectKey, TimeRange.ALL))))
                .fetch(name)
                .stream()
                .sorted()
                .toList();
    }

    /** Names with a score or a label on something that starts in the range. */
    List<String> measuredNames(Target target, long projectKey, TimeRange range) {
        Field<String> name = target.column(SPAN_ANNOTATIONS.NAME);
        return database
                .selectDistinct(name)
                .from(annotated(target, projectKey, range))
                .where(inProject(target, projectKey, range), isMeasured(target))
                .fetch(name)
                .stream()
                .sorted()
                .toList();
    }

    SequencedMap<String, Integer> counts(Target target, long projectKey) {
        Field<String> name = target.column(SPAN_ANNOTATIONS.NAME);
        return new TreeMap<>(
                database.select(name, count())
                        .from(annotated(target, projectKey, TimeRange.ALL))
                        .where(inProject(target, projectKey, TimeRange.ALL))
                        .groupBy(name)
                        .fetchMap(name, count()));
    }

    /**
     * Null without annotations of the name.
     *
     * @param condition on what is annotated
     */
    @Nullable AnnotationSummary summary(
            Target target,
            long projectKey,
            String annotationName,
            TimeRange range,
            Condition condition) {
        AnnotationSummary.Sums sums = new AnnotationSummary.Sums();
        Field<String> label = target.column(SPAN_ANNOTATIONS.LABEL);
        Field<Double> score = target.column(SPAN_ANNOTATIONS.SCORE);
        database.select(label, count(), count(score), sum(score))
                .from(annotated(target, projectKey, range))
                .where(inProject(target, projectKey, range), condition)
                .and(target.column(SPAN_ANNOTATIONS.NAME).eq(annotationName))
                .groupBy(label)
                .forEach(
                        row ->
                                sums.add(
                                        row.value1(),
                                        row.value2(),
                                        row.value3(),
                                        SqlSum.orZero(row.value4())));
        return sums.isEmpty() ? null : sums.summary(annotationName);
    }

    /**
     * By name, for each bin of a chart.
     *
     * @param annotationName null for all names
     * @param kinds of annotators; null for all of them
     */
    List<SortedMap<String, AnnotationSummary.Sums>> series(
            Target target,
            long projectKey,
            @Nullable String annotationName,
            @Nullable Collection<AnnotatorKind> kinds,
            TimeBins bins) {
        List<SortedMap<String, AnnotationSummary.Sums>> series = bins.sums(TreeMap::new);
        Field<Long> start = rows(target).start();
        long unitNs = bins.areWholeHours() ? HOUR_NS : MINUTE_NS;
        Field<Long> unit = start.minus(start.mod(inline(unitNs)));
        Field<String> name = target.column(SPAN_ANNOTATIONS.NAME);
        Field<String> label = target.column(SPAN_ANNOTATIONS.LABEL);
        Field<Double> score = target.column(SPAN_ANNOTATIONS.SCORE);
        database.select(unit, name, label, count(), count(score), sum(score))
                .from(annotated(target, projectKey, bins.range()))
                .where(inProject(target, projectKey, bins.range()), isMeasured(target))
                .and(annotationName == null ? noCondition() : name.eq(annotationName))
                .and(kinds == null ? noCondition() : isBy(target, kinds))
                .groupBy(unit, name, label)
                .forEach(
                        row ->
                                series.get(bins.indexOf(row.value1()))
                                        .computeIfAbsent(
                                                row.value2(), _ -> new AnnotationSummary.Sums())
                                        .add(
                                                row.value3(),
                                                row.value4(),
                                                row.value5(),
                                                SqlSum.orZero(row.value6())));
        return series;
    }

    /**
     * How well retrievals found what is relevant, by the scores of one name; null without any.
     *
     * @param condition on the spans
     */
    @Nullable RetrievalSummary retrievals(
            long projectKey, String evaluation, TimeRange range, Condition condition) {
        Condition spans = inProject(Target.DOCUMENT, projectKey, range).and(condition);
        RetrievalSummary summary = new RetrievalSummary(evaluation);
        database.transaction(
                transaction -> {
                    try (var rows = documents(transaction.dsl(), evaluation, spans)) {
                        long span = 0;
                        RetrievalScores scores = null;
                        for (var row : rows) {
                            if (scores == null || span != row.value1()) {
                                summary.add(scores);
                                scores = new RetrievalScores(row.value4());
                                span = row.value1();
                            }
                            scores.put(row.value2(), row.value3());
                        }
                        summary.add(scores);
                    }
                });
        return summary.isEmpty() ? null : summary;
    }

    /** Span by span: key, position, score, and how many documents the span has. */
    private Cursor<Record4<Long, Integer, Double, Integer>> documents(
            DSLContext context, String evaluation, Condition spans) {
        Target target = Target.DOCUMENT;
        return context.select(
                        target.key(),
                        DOCUMENT_ANNOTATIONS.DOCUMENT_POSITION,
                        DOCUMENT_ANNOTATIONS.SCORE,
                        rows(target).documents())
                .from(annotated(target))
                .where(spans)
                .and(DOCUMENT_ANNOTATIONS.NAME.eq(evaluation))
                .and(DOCUMENT_ANNOTATIONS.SCORE.isNotNull())
                .orderBy(target.key(), DOCUMENT_ANNOTATIONS.ID)
                .fetchSize(FETCHED_AT_ONCE)
                .fetchLazy();
    }

    private static Condition isBy(Target target, Collection<AnnotatorKind> kinds) {
        return target.column(SPAN_ANNOTATIONS.ANNOTATOR_KIND)
                .in(kinds.stream().map(AnnotatorKind::name).toList());
    }

    /** PostgreSQL would join all names at once, with all that is annotated. */
    private Select<?> eachAlone(SelectLimitStep<?> search) {
        return engine == Engine.POSTGRESQL ? search.offset(inline(0L)) : search;
    }

    private Annotatable.Rows rows(Target target) {
        return targets.of(target).rows();
    }

    private Table<?> annotated(Target target) {
        Annotatable.Rows rows = rows(target);
        return target.table().join(rows.table()).on(rows.key().eq(target.key()));
    }

    /**
     * For {@link #inProject}. Engines would look for annotations of each span of the range, also
     * where there are fewer annotations than spans.
     */
    private Table<?> annotated(Target target, long projectKey, TimeRange range) {
        return mostAnnotations(target) <= spans(projectKey, range)
                ? target.table().crossJoin(lookedUp(target, projectKey, range))
                : annotated(target);
    }

    /** One by one; PostgreSQL joins in another way unless it must not. */
    private Table<?> lookedUp(Target target, long projectKey, TimeRange range) {
        Annotatable.Rows rows = rows(target);
        return switch (engine) {
            case SQLITE -> rows.table();
            case POSTGRESQL ->
                    lateral(
                            select(rows.table().fields())
                                    .from(rows.table())
                                    .where(inProject(target, projectKey, range))
                                    .offset(inline(0L))
                                    .asTable(rows.table()));
        };
    }

    /** Some keys may be those of annotations that are gone. */
    private long mostAnnotations(Target target) {
        Field<Long> key = target.column(SPAN_ANNOTATIONS.ID);
        Field<Long> first = field(select(min(key)).from(target.table()));
        Field<Long> last = field(select(max(key)).from(target.table()));
        Long distance = database.select(last.minus(first)).fetchSingle().value1();
        return distance == null ? 0 : distance + 1;
    }

    private long spans(long projectKey, TimeRange range) {
        var total =
                ProjectRollups.totals(database, List.of(projectKey), RollupRange.of(range))
                        .get(projectKey);
        return total == null ? 0 : total.spans();
    }

    private Condition inProject(Target target, long projectKey, TimeRange range) {
        Annotatable.Rows rows = rows(target);
        return rows.key()
                .eq(target.key())
                .and(rows.project().eq(projectKey))
                .and(range.contains(rows.start()));
    }

    private static Condition isMeasured(Target target) {
        return target.column(SPAN_ANNOTATIONS.SCORE)
                .isNotNull()
                .or(target.column(SPAN_ANNOTATIONS.LABEL).isNotNull());
    }
}
